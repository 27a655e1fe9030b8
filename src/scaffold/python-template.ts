import type { Canary } from '../repository/types.ts';

/** Versions that were tried together with this template. */
export const pythonRequirements = 'fastmcp==4.1.2\nstarlette\nuvicorn\n';

/** What proves that a server made from a template answers. */
export const templateCanary: Canary = { tool: 'greet', args: { name: 'berth' }, mustMatch: '^Hello, berth!' };

/** A FastMCP server with one tool, in the pattern's required form: an app of its own, /health before the mount. */
export function pythonTemplate(name: string, tokenKey: string | undefined): string {
  const auth = tokenKey === undefined ? '' : ', auth=auth';
  return `"""MCP server ${name}: its tools stand here; berth makes the ConfigMap from this file."""

import os

import uvicorn
from fastmcp import FastMCP
${tokenKey === undefined ? '' : 'from fastmcp.server.auth.providers.jwt import StaticTokenVerifier\n'}from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

${tokenKey === undefined ? '' : tokenCheck(tokenKey)}mcp = FastMCP("${name}"${auth})


@mcp.tool(annotations={"readOnlyHint": True})
def greet(name: str) -> str:
    """Greet somebody by name."""
    return f"Hello, {name}!"


async def health(_: Request) -> JSONResponse:
    return JSONResponse({"status": "ok"})


# Stateless: any replica can answer any request, and a restart loses no session.
mcp_app = mcp.http_app(path="/mcp", stateless_http=True)
rest_routes = [Route("/health", health)]
# The mount takes every path, so it comes last; without the lifespan every call would answer 500.
app = Starlette(
    routes=rest_routes + [Mount("/", app=mcp_app)],
    lifespan=mcp_app.lifespan,
)

if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=int(os.environ.get("PORT", "8080")))
`;
}

const tokenCheck = (key: string): string => `# Every client must send this token as "Authorization: Bearer …".
auth = StaticTokenVerifier(tokens={os.environ["${key}"]: {"client_id": "berth", "scopes": ["mcp"]}})
`;

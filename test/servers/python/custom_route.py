"""FastMCP alone, with a health route of its own and, where TOKEN is set, a bearer token."""

import os

from fastmcp import FastMCP
from fastmcp.server.auth.providers.jwt import StaticTokenVerifier
from starlette.responses import JSONResponse

token = os.environ.get("TOKEN")
auth = StaticTokenVerifier(tokens={token: {"client_id": "static", "scopes": []}}) if token else None
mcp = FastMCP("weather", version="1.0.0", auth=auth)


@mcp.tool
def forecast(city: str) -> str:
    "The temperature of a city"
    return f"temperature in {city}: 7 degrees"


@mcp.custom_route("/health", methods=["GET"])
async def health(_):
    return JSONResponse({"status": "ok"})


if __name__ == "__main__":
    transport = os.environ.get("TRANSPORT", "http")
    mcp.run(transport=transport, host="0.0.0.0", port=int(os.environ["PORT"]), show_banner=False)

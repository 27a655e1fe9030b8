"""The pattern: REST routes and MCP in one Starlette app."""

import os

import uvicorn
from fastmcp import FastMCP
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

mcp = FastMCP("weather", version="1.0.0")


@mcp.tool
def forecast(city: str) -> str:
    "The temperature of a city"
    return f"temperature in {city}: 7 degrees"


async def health(_):
    return JSONResponse({"status": "ok"})


mcp_app = mcp.http_app(stateless_http=os.environ.get("STATELESS") == "1")
app = Starlette(routes=[Route("/health", health), Mount("/", app=mcp_app)], lifespan=mcp_app.lifespan)

if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=int(os.environ["PORT"]))

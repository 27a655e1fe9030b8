"""A tool that calls another one by its decorated name: FastMCP 2 refuses, newer ones allow it."""

import os

from fastmcp import FastMCP
from starlette.responses import JSONResponse

mcp = FastMCP("weather", version="1.0.0")


@mcp.tool
def temperature(city: str) -> str:
    return f"temperature in {city}: 7 degrees"


@mcp.tool
def forecast(city: str) -> str:
    return temperature(city)


@mcp.custom_route("/health", methods=["GET"])
async def health(_):
    return JSONResponse({"status": "ok"})


if __name__ == "__main__":
    mcp.run(transport="http", host="0.0.0.0", port=int(os.environ["PORT"]), show_banner=False)

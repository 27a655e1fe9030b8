"""FastMCP's own default address."""

import os

from fastmcp import FastMCP

mcp = FastMCP("weather", version="1.0.0")


@mcp.tool
def forecast(city: str) -> str:
    return f"temperature in {city}: 7 degrees"


if __name__ == "__main__":
    mcp.run(transport="http", port=int(os.environ["PORT"]), show_banner=False)

"""Written for mcp 1.x."""

from mcp.server.fastmcp import FastMCP

mcp = FastMCP("weather")
mcp.run(transport="streamable-http")

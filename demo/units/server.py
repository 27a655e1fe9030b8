"""Converts units of everyday life: a small MCP server in one file."""

import os

import uvicorn
from fastmcp import FastMCP
from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

# Unit -> what it measures, how many base units it is, and where its zero lies.
UNITS = {
    "metre": ("length", 1.0, 0.0),
    "foot": ("length", 0.3048, 0.0),
    "mile": ("length", 1609.344, 0.0),
    "kilogram": ("mass", 1.0, 0.0),
    "pound": ("mass", 0.45359237, 0.0),
    "kelvin": ("temperature", 1.0, 0.0),
    "celsius": ("temperature", 1.0, 273.15),
    "fahrenheit": ("temperature", 5 / 9, 459.67 * 5 / 9),
}

mcp = FastMCP("units", version="1.0.0")


@mcp.tool(annotations={"readOnlyHint": True})
def units() -> list[str]:
    """List the units that can be converted."""
    return sorted(UNITS)


@mcp.tool(annotations={"readOnlyHint": True})
def convert(value: float, unit: str, to: str) -> str:
    """Convert a value from one unit to another that measures the same."""
    for name in (unit, to):
        if name not in UNITS:
            raise ValueError(f"unknown unit {name}; known: {', '.join(sorted(UNITS))}")
    (measures, factor, zero), (measures_to, factor_to, zero_to) = UNITS[unit], UNITS[to]
    if measures != measures_to:
        raise ValueError(f"{unit} measures {measures}, {to} measures {measures_to}")
    return f"{round((value * factor + zero - zero_to) / factor_to, 6):g} {to}"


async def health(_):
    return JSONResponse({"status": "ok"})


mcp_app = mcp.http_app(stateless_http=True)
app = Starlette(routes=[Route("/health", health), Mount("/", app=mcp_app)], lifespan=mcp_app.lifespan)

if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=int(os.environ.get("PORT", "8080")))

"""The ways to put an MCP app into a Starlette app that do not do what they look like."""

import os
import sys

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


async def rest_forecast(_):
    return JSONResponse({"temperature": 7})


def without_lifespan():
    return Starlette(routes=[Route("/health", health), Mount("/", app=mcp.http_app())])


def path_twice():
    inner = mcp.http_app()
    return Starlette(routes=[Route("/health", health), Mount("/mcp", app=inner)], lifespan=inner.lifespan)


def below_its_path():
    inner = mcp.http_app(path="/")
    return Starlette(routes=[Route("/health", health), Mount("/mcp", app=inner)], lifespan=inner.lifespan)


def before_other_routes():
    inner = mcp.http_app()
    return Starlette(routes=[Mount("/", app=inner), Route("/health", health)], lifespan=inner.lifespan)


def never():
    return Starlette(routes=[Route("/health", health), Route("/api/forecast", rest_forecast)])


def with_strict_hosts():
    inner = mcp.http_app(host_origin_protection=True, allowed_hosts=["weather.example.org"])
    return Starlette(routes=[Route("/health", health), Mount("/", app=inner)], lifespan=inner.lifespan)


if __name__ == "__main__":
    app = globals()[sys.argv[1]]()
    uvicorn.run(app, host="0.0.0.0", port=int(os.environ["PORT"]))

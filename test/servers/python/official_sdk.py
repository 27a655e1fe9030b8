"""The official Python SDK; with LISTEN_FOR=127.0.0.1 its default check of the Host header is armed."""

import os

import uvicorn
from mcp.server import MCPServer
from starlette.responses import JSONResponse

mcp = MCPServer("weather", version="1.0.0")


@mcp.tool()
def forecast(city: str) -> str:
    "The temperature of a city"
    return f"temperature in {city}: 7 degrees"


@mcp.custom_route("/health", methods=["GET"])
async def health(_):
    return JSONResponse({"status": "ok"})


app = mcp.streamable_http_app(
    host=os.environ.get("LISTEN_FOR", "0.0.0.0"), stateless_http=os.environ.get("STATELESS") == "1"
)

if __name__ == "__main__":
    uvicorn.run(app, host="0.0.0.0", port=int(os.environ["PORT"]))

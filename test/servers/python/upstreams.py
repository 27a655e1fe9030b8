"""Well itself; each tool asks an upstream that is not."""

import os
import subprocess

import httpx
from fastmcp import FastMCP

mcp = FastMCP("upstreams", version="1.0.0")
UPSTREAM = os.environ["UPSTREAM"]


def get(url: str) -> str:
    response = httpx.get(url, timeout=10, trust_env=False)
    response.raise_for_status()
    return response.text


@mcp.tool
def name_unknown() -> str:
    return get("http://outline.monitoring.invalid/api")


@mcp.tool
def port_closed() -> str:
    return get("http://127.0.0.1:9/api")


@mcp.tool
def scheme_wrong() -> str:
    return get(f"https://{UPSTREAM}/api")


@mcp.tool
def credential_refused() -> str:
    return get(f"http://{UPSTREAM}/status/401")


@mcp.tool
def path_unknown() -> str:
    return get(f"http://{UPSTREAM}/status/404")


@mcp.tool
def caught_and_returned() -> str:
    try:
        return get(f"http://{UPSTREAM}/status/401")
    except httpx.HTTPStatusError as error:
        return f"HTTP {error.response.status_code}: request failed"


@mcp.tool
def program_missing() -> str:
    return subprocess.run(["kubectl-of-nobody", "get", "pods"], capture_output=True, text=True, check=True).stdout


@mcp.tool
def raises(city: str) -> str:
    raise RuntimeError("the almanac is closed")


if __name__ == "__main__":
    mcp.run(transport="http", host="0.0.0.0", port=int(os.environ["PORT"]), show_banner=False)

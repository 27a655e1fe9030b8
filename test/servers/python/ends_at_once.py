"""Programs that import, and end before they serve."""

import os
import sys

from fastmcp import FastMCP


def asks_for_get_app():
    FastMCP("weather").get_app()


def gives_constructor_an_old_argument():
    FastMCP("weather", stateless_http=True)


def runs_on_stdio():
    FastMCP("weather").run()


def imports_what_is_not_installed():
    import almanac_client  # noqa: F401


def reads_what_is_not_set():
    os.environ["ALMANAC_API_KEY"]


def gives_a_service_link_as_port():
    int(os.environ["WEATHER_PORT"])


def knows_no_such_flag():
    import argparse

    argparse.ArgumentParser("weather").parse_args(["--transport-mode", "http"])


if __name__ == "__main__":
    globals()[sys.argv[1]]()

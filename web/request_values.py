"""What the request at hand asks for, as values: the only place below the views that knows of Flask's request."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import request

from web.urls import Search, read_search


def query_params() -> Mapping[str, Sequence[str]]:
    """The parameters, each name with its values in the order they came."""
    return request.args.to_dict(flat=False)


def parse_request() -> tuple[Search, tuple[str, ...]]:
    """The search asked for, and a notice of each parameter that could not be used."""
    return read_search(query_params())


def query_string() -> str:
    """The parameters as they stood in the address, with their question mark; "" where there were none."""
    text = request.query_string.decode("latin-1")
    return f"?{text}" if text else ""

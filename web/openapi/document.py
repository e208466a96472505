"""The document as a whole."""

from __future__ import annotations

from web.openapi.change_schemas import CHANGE_SCHEMAS
from web.openapi.check_schemas import CHECK_SCHEMAS
from web.openapi.operations import describe
from web.openapi.paths import list_operations
from web.openapi.release_schemas import RELEASE_SCHEMAS
from web.openapi.schemas import SCHEMAS
from web.openapi.shapes import Json

VERSION = "1.0.0"
"""Of what is promised here: names are added within a version, never changed or taken away."""

_INTRODUCTION = (
    "A searchable archive of news releases, to be read without a key unless its keeper set a password. What cannot be "
    "read in a parameter is left out, and `notices` say so. Answers have an `ETag`."
)

_SECURITY = {
    "password": {"type": "http", "scheme": "basic", "description": "A user and password, where the archive asks."},
    "token": {"type": "http", "scheme": "bearer", "description": "The token, where the archive has one."},
}


def write_document(address: str) -> Json:
    """The document, for an archive at this full address."""
    paths: dict[str, Json] = {}
    for operation in list_operations():
        paths.setdefault(operation.path, {})[operation.method] = describe(operation)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Dateline", "version": VERSION, "description": _INTRODUCTION},
        "servers": [{"url": address}],
        "paths": paths,
        "security": [{}, *({name: []} for name in _SECURITY)],
        "components": {
            "schemas": {
                **SCHEMAS,
                **RELEASE_SCHEMAS,
                **CHANGE_SCHEMAS,
                **CHECK_SCHEMAS,
                "Document": {"type": "object"},
            },
            "securitySchemes": _SECURITY,
        },
    }

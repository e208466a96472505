"""The few shapes of JSON Schema (2020-12) that the schemas are made of."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

TEXT: Json = {"type": "string"}
COUNT: Json = {"type": "integer", "minimum": 0}
FLAG: Json = {"type": "boolean"}
NUMBER: Json = {"type": "number"}
DATE: Json = {"type": "string", "pattern": "^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?)?$"}
"""A date as precise as it is known; "" for none."""

VERSION: Json = {"type": "integer", "minimum": 1}
MOMENT: Json = {"type": "string", "format": "date-time"}
RELEASE_ID: Json = {"type": "string", "pattern": "^[0-9a-z]+$"}
DIGEST: Json = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
PATH: Json = {"type": "string", "pattern": "^/"}
"""An address below the root of the archive."""

OFFSET: Json = {"type": "integer", "minimum": -1}
"""An offset into a text in code points; -1 for none."""


def strict(**names: Json) -> Json:
    """An object with exactly these names."""
    return {"type": "object", "required": list(names), "properties": names, "additionalProperties": False}


def listing(items: Json) -> Json:
    """A list of these."""
    return {"type": "array", "items": items}


def optional(schema: Json) -> Json:
    """This, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def either(*values: str) -> Json:
    """One of these words."""
    return {"type": "string", "enum": list(values)}


def named(schema: str) -> Json:
    """A schema of the document, by its name."""
    return {"$ref": f"#/components/schemas/{schema}"}

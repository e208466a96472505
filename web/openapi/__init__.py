"""The description of every address that programs read (OpenAPI 3.1), written as values: paths, parameters, schemas."""

from web.openapi.document import write_document

__all__ = ["write_document"]

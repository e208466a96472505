"""An operation of the document, and the answers that every operation has."""

from __future__ import annotations

from dataclasses import dataclass

from web.openapi.shapes import COUNT, TEXT, Json, named

PROBLEM_TYPE = "application/problem+json"

_REASONS = {
    301: "It has another address for good.",
    302: "It is at another address now.",
    304: "It is what `If-None-Match` names.",
    400: "The request is not as a browser would send it, or names a host that is not answered.",
    401: "The archive asks for a password, and none or a wrong one was sent.",
    403: "The form was not sent by a page of this archive.",
    404: "There is nothing at this address.",
    410: "It was here, and was removed or is listed no longer.",
    413: "The body is larger than 64 KB.",
    414: "The address is too long.",
    422: "The query is over a limit, which is named.",
    503: "The archive cannot be searched just now, or too much is asked at once (`Retry-After`).",
}

_ALWAYS = (304, 400, 401, 414, 503)


@dataclass(frozen=True, slots=True)
class Operation:
    """What an address gives: a media type, and for JSON a schema by its name.

    `others` are the statuses it may have beside 200 and those that every address has; `errors` the media type of
    problems. `body` is what a form sends, by the media type of forms; `headers` are numbers in the head of an answer.
    """

    path: str
    name: str
    summary: str
    media_type: str
    schema: str = ""
    parameters: tuple[Json, ...] = ()
    others: tuple[int, ...] = ()
    errors: str = PROBLEM_TYPE
    method: str = "get"
    body: Json | None = None
    headers: tuple[str, ...] = ()


def describe(operation: Operation) -> Json:
    """An operation as the document has it."""
    content = {operation.media_type: {"schema": named(operation.schema) if operation.schema else TEXT}}
    given: Json = {"description": operation.summary, "content": content}
    if operation.headers:
        given["headers"] = {name: {"required": True, "schema": COUNT} for name in operation.headers}
    described: Json = {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": list(operation.parameters),
        "responses": {
            **({"200": given} if operation.media_type else {}),
            **{str(status): _answer(operation, status) for status in sorted({*_ALWAYS, *operation.others})},
        },
    }
    if operation.body:
        form = "application/x-www-form-urlencoded"
        described["requestBody"] = {"required": True, "content": {form: {"schema": operation.body}}}
    return described


def _answer(operation: Operation, status: int) -> Json:
    if status < 400:
        return {"description": _REASONS[status]}
    # Who is not let in gets no page or problem of the archive's: those tell about it.
    media_type = "text/plain" if status == 401 else operation.errors
    schema = named("Problem") if media_type == PROBLEM_TYPE else TEXT
    return {"description": _REASONS[status], "content": {media_type: {"schema": schema}}}

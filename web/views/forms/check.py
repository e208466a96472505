"""The quotations of a draft checked: a form that takes a text, and the answers as a page, as Markdown or as JSON.

The form is sent (POST), since a text is too long for an address; nothing of it is stored.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, jsonify, make_response, render_template, request

from indexer import checking
from indexer.checking import (
    Checked,
    Sources,
    check_draft,
    checked_to_json,
    find_sources,
    read_typed_text,
    report_to_markdown,
    sources_to_json,
    sources_to_markdown,
)
from web.middleware import is_from_own_page
from web.searcher import get_searcher
from web.site import absolute_url

views = Blueprint("check", __name__)

MAX_CPU_S = 10.0
"""Seconds of processor time after which the rest of a text is not checked."""

_QUESTIONS = ("quotations", "sentences", "sources")


@views.get("/check")
def form() -> str:
    """The form."""
    return _render("", _QUESTIONS[0])


@views.post("/check")
def answer() -> Response:
    """The answers for the text in the form that one of our pages sent."""
    if not is_from_own_page():
        abort(403)
    text = request.form.get("text", "").replace("\r\n", "\n")  # forms end lines so, pages do not
    question = request.form.get("question", "")
    question = question if question in _QUESTIONS else _QUESTIONS[0]
    response = _answer(text, question, request.form.get("format", ""))
    response.headers["Cache-Control"] = "no-store"
    return response


def _answer(text: str, question: str, shape: str) -> Response:
    searcher = get_searcher()
    base = absolute_url("")
    if question == "sources":
        sources = find_sources(searcher, text, cpu_s=MAX_CPU_S)
        if shape == "md":
            return _markdown(sources_to_markdown(sources, base), "sources")
        return jsonify(sources_to_json(sources, base)) if shape == "json" else _page(text, question, sources=sources)
    with_sentences = question == "sentences"
    checked = check_draft(searcher, read_typed_text(text), with_sentences=with_sentences, cpu_s=MAX_CPU_S)
    if shape == "md":
        return _markdown(report_to_markdown(checked, base), "quotations")
    return jsonify(checked_to_json(checked, base)) if shape == "json" else _page(text, question, checked)


def _markdown(text: str, name: str) -> Response:
    response = Response(text, mimetype="text/markdown")
    response.headers["Content-Disposition"] = f"attachment; filename={name}.md"
    return response


def _page(text: str, question: str, checked: Checked | None = None, sources: Sources | None = None) -> Response:
    return make_response(_render(text, question, checked, sources))


def _render(text: str, question: str, checked: Checked | None = None, sources: Sources | None = None) -> str:
    return render_template(
        "check.html", checking=checking, text=text, question=question, checked=checked, sources=sources
    )

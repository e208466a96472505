"""Many queries at once: a form that takes a line a query, and the counts of each as a page or as CSV.

The form is sent (POST), since so many queries are too long for an address; nothing of it is stored.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, render_template, request

from indexer.export import batch_to_csv
from indexer.search import Batch
from web.middleware import is_from_own_page
from web.searcher import get_searcher

views = Blueprint("batch", __name__)

MAX_SHOWN = 200
"""Queries listed on a page; further ones, which were not searched, are counted."""


@views.get("/batch")
def form() -> str:
    """The form."""
    return render_template("batch.html", text="", batch=None)


@views.post("/batch")
def answer() -> Response:
    """The counts of the queries in the form that one of our pages sent."""
    if not is_from_own_page():
        abort(403)
    text = request.form.get("queries", "").replace("\r\n", "\n")  # forms end lines so, pages do not
    batch = get_searcher().count_batch(text)
    response = _csv(batch) if request.form.get("format") == "csv" else _page(text, batch)
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(text: str, batch: Batch) -> Response:
    return make_response(
        render_template("batch.html", text=text, batch=batch, rows=batch.rows[:MAX_SHOWN], total=len(batch.rows))
    )


def _csv(batch: Batch) -> Response:
    response = Response(batch_to_csv(batch), mimetype="text/csv")
    response.headers["Content-Disposition"] = "attachment; filename=queries.csv"
    return response

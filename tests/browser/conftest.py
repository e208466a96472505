"""A real browser, and pages in it with scripts on and off."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from live_server import CHROMIUM


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def page(request: pytest.FixtureRequest, browser: Any) -> Iterator[Any]:
    """A page in a fresh profile, with JavaScript and without; it must not ask anyone else for anything."""
    context = browser.new_context(java_script_enabled=request.param)
    opened = context.new_page()
    asked: list[str] = []
    opened.on("request", lambda each: asked.append(each.url))
    opened.on("pageerror", lambda error: pytest.fail(f"a script failed: {error}"))
    yield opened
    context.close()
    assert [url for url in asked if not url.startswith("http://127.0.0.1:")] == []

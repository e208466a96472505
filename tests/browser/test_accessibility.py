"""Pages for everyone (WCAG 2.2 AA): what axe finds, narrow windows, large letters, names, focus, the keys n and p."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from live_server import NEEDS_CHROMIUM, serve

pytestmark = NEEDS_CHROMIUM

RELEASE = "/release/rwh9czh2pf/flood-watch-for-the-lower-sallow"
FIVE = ["/", "/search?q=flood&source=Norland+Coast+Authority", f"{RELEASE}?q=flood", "/people", "/help"]
OTHERS = [
    "/search", "/search?q=zzqx+%22lighthouze+keeper%22&from=20x5", "/search?page=99", f"{RELEASE}?evidence=date",
    f"{RELEASE}?quote=flood", "/facets/person?q=the&order=az", "/people/halvard-brenn", "/sources", "/places",
    "/sources/norland-coast-authority", "/dates", "/dates/2005", "/dates/2005/06", "/dates/undated", "/latest",
    "/about", "/audit", "/audit/no-date", "/changes", "/release/0000000000",
    "/coverage", "/coverage?year=2005", "/batch", "/check", "/people/halvard-brenn?as=speaker",
]  # fmt: skip
VIEWS = {
    "light": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "light"},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 640}, "color_scheme": "light"},
}

OPEN_ALL = "document.querySelectorAll('details').forEach(each => { each.open = true })"
TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def address(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve(sample_data, tmp_path_factory.mktemp("server") / "output.txt") as url:
        yield url


@pytest.fixture(scope="module")
def paths(request: pytest.FixtureRequest) -> list[str]:
    return [*FIVE, *OTHERS] if request.config.getoption("--all-pages") else FIVE


@pytest.mark.parametrize("view", VIEWS)
def test_axe_finds_nothing(browser: Any, address: str, paths: list[str], view: str) -> None:
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not installed").Axe()
    context = browser.new_context(**VIEWS[view])
    page = context.new_page()
    for path in paths:
        page.goto(address + path)
        page.evaluate(OPEN_ALL)
        found = axe.run(page).response["violations"]
        told = [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]
        assert told == [], path
    context.close()


@pytest.mark.parametrize(("width", "letters"), [(320, "100%"), (1280, "200%"), (360, "200%")])
def test_no_page_scrolls_sideways(browser: Any, address: str, paths: list[str], width: int, letters: str) -> None:
    """At 320 px (WCAG 1.4.10), and with letters twice as large (1.4.4)."""
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    for path in paths:
        page.goto(address + path)
        page.evaluate(OPEN_ALL)
        page.evaluate(f"document.documentElement.style.fontSize = '{letters}'")
        assert page.evaluate(TOO_WIDE) <= 0, path
    context.close()


def test_a_name_begins_with_what_is_seen(browser: Any, address: str, paths: list[str]) -> None:
    """Who speaks to a machine says what is seen (WCAG 2.5.3); a sign such as × is no word."""
    context = browser.new_context()
    page = context.new_page()
    for path in paths:
        page.goto(address + path)
        page.evaluate(OPEN_ALL)
        named = page.locator("a[aria-label], button[aria-label]").evaluate_all(
            "all => all.map(e => [e.innerText.trim().toLowerCase(), e.getAttribute('aria-label').toLowerCase()])"
        )
        wrong = [pair for pair in named if any(each.isalnum() for each in pair[0]) and pair[0] not in pair[1]]
        assert wrong == [], path
    context.close()


def test_the_keys_move_the_focus_and_can_be_turned_off(browser: Any, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{address}{RELEASE}?q=flood")
    page.keyboard.press("n")
    page.wait_for_url("**#m1")
    assert page.evaluate("document.activeElement.id") == "m1"
    page.get_by_label("Keys n and p").uncheck()
    page.locator("h1").click()
    page.keyboard.press("n")
    page.reload()
    page.keyboard.press("n")
    assert page.url.endswith("#m1")
    page.get_by_label("Keys n and p").check()
    page.locator("h1").click()
    page.keyboard.press("n")
    page.wait_for_url("**#m2")
    context.close()


def test_the_second_stop_leads_to_the_first_result(page: Any, address: str) -> None:
    page.goto(f"{address}/search?q=flood")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the first result"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.card').id") == "r1"


@pytest.mark.parametrize(
    "query",
    [
        "q=flood",
        "q=“flood&source=Norland+Coast+Authority&source=National+Waterways+Survey&not_place=x&from=1990&to=20x5",
        "q=flood+OR+" + "+OR+".join(f"harbor{number}" for number in range(40)),
        "q=zzqx+flood",
        "q=flod+OR+flood",
    ],
)
@pytest.mark.parametrize("width", [1280, 360])
def test_the_first_result_stands_in_the_first_screen(browser: Any, address: str, query: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 640})
    page = context.new_page()
    page.goto(f"{address}/search?{query}")
    assert page.locator(".card").first.bounding_box()["y"] < 620
    context.close()

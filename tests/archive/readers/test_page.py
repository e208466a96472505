"""Pages: what they state, best first, and which of their blocks is the text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.readers import read
from archive.readers.html import markup_bounds
from archive.release import Record

PROSE = "The agency announced on Thursday that it will open an office in Riga next year, officials said. " * 4


def page(html: str) -> Record:
    (record,) = read(html.encode(), "a.html")
    assert isinstance(record, Record)
    return record


def said(html: str, field: str) -> list[tuple[str, str]]:
    return [(value.value, value.rule.sentence) for value in page(html).stated if value.field == field]


@pytest.mark.parametrize(
    ("html", "field", "values"),
    [
        ("<title>\n</title><h1>Head</h1>x", "title", [("Head", "h1")]),
        (
            "<title>Head | Agency</title><h1>News</h1><h1>Head</h1>x",
            "title",
            [("Head", "h1"), ("News", "h1"), ("Head | Agency", "title element")],
        ),
        (
            '<meta property="og:title" content="Head"><title>Head - A</title><h1>News</h1>x',
            "title",
            [("Head", "meta og:title"), ("News", "h1"), ("Head - A", "title element")],
        ),
        (
            '<meta name="DC.Date" content="2010"><meta property="article:published_time" content="2011-01-20">x',
            "date",
            [("2011-01-20", "meta article:published_time"), ("2010", "meta DC.Date")],
        ),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2011",'
            '"author": [{"name": "Ann"}, {"name": "Bo"}], "publisher": {"name": "Agency"}}]}</script>x',
            "byline",
            [("Ann", 'JSON-LD "author.name"'), ("Bo", 'JSON-LD "author.name"')],
        ),
        ('<script type="application/ld+json">{broken</script><h1>A</h1>x', "title", [("A", "h1")]),
        (
            '<main>x <time datetime="2011-01-20">Thursday</time></main>',
            "date",
            [("2011-01-20", "time element")],
        ),
        (
            '<main>x <span property="dc:date" content="2011">T</span></main>',
            "date",
            [("2011", "property dc:date")],
        ),
        ('<meta name="author" content="https://facebook.example/x">x', "byline", []),
        (
            '<link rel=canonical href="https://a.example/1">x',
            "url",
            [("https://a.example/1", "link canonical")],
        ),
        ('<link rel=canonical href="/1">x', "url", []),
        ('<meta name="DC.identifier" content="N-1"><title>N-1</title>x', "title", []),
        (
            '<meta name="DC.identifier" content="N-1"><title>N-1</title>x',
            "number",
            [("N-1", "meta DC.identifier")],
        ),
        ('<html lang="en"><p>x', "language", [("en", "html lang")]),
        (
            "<title>Quay Opens Again - Harbor Board</title><h1>News Releases</h1><h2>Quay Opens Again</h2>x",
            "title",
            [
                ("Quay Opens Again", "h2"),
                ("Quay Opens Again - Harbor Board", "title element"),
                ("News Releases", "h1"),
            ],
        ),
        ("<h1>News Releases</h1>x", "title", [("News Releases", "h1")]),
    ],
)
def test_what_a_page_states(html: str, field: str, values: list[tuple[str, str]]) -> None:
    assert said(html, field) == values


THING = '{"@type":"NewsArticle","headline":"Head","about":"a,}","datePublished":"2005-03-08"%s}'


@pytest.mark.parametrize(
    ("kind", "script"),
    [
        ("application/ld+json", THING % ""),
        ("application/LD+JSON; charset=utf-8", THING % ""),
        ("application/ld+json", THING % ',"description":"line one\nline two"'),
        ("application/ld+json", THING % ","),
        ("application/ld+json", THING % "" + ";"),
        ("application/ld+json", "\n//<![CDATA[\n" + THING % "" + "\n//]]>\n"),
        ("application/ld+json", "<!--\n" + THING % "" + ";\n-->"),
    ],
)
def test_json_ld_as_it_is_found(kind: str, script: str) -> None:
    html = f'<script type="{kind}">{script}</script><p>x'
    assert said(html, "date") == [("2005-03-08", 'JSON-LD "datePublished"')]
    assert said(html, "title") == [("Head", 'JSON-LD "headline"')]


def test_json_ld_that_is_no_json_states_nothing() -> None:
    assert said('<script type="application/ld+json">{"headline": "Head", ...}</script><p>x', "title") == []


@pytest.mark.parametrize(
    "around",
    [
        "<nav>OTHER</nav>{}",
        "{}<footer>OTHER</footer>",
        "{}<aside>OTHER</aside>",
        "<header><a href=/>OTHER</a></header>{}",
        "<script>OTHER</script><style>OTHER</style><noscript>OTHER</noscript>{}",
        "<div class='cookie-banner'>OTHER</div>{}",
        "<div id=doj-sharing>OTHER</div>{}",
        "<div class=breadcrumb>OTHER</div>{}",
        "<span class='element-invisible'>OTHER</span>{}",
        "<div style='display:none'>OTHER</div>{}",
        "<form><label class=skip>OTHER</label><input value=OTHER><button>OTHER</button></form>{}",
        "<div class='has-sidebar'>{}<div class='sidebar'>OTHER</div></div>",
        "<main>{}<section><h2>Related News</h2><p>OTHER</p></section></main>",
        "<main><article>{}</article><p>OTHER</p></main>",
        "<ul><li><a>OTHER</a><li><a>OTHER</a><li><a>OTHER</a><li><a>OTHER</a></ul><div>{}</div>",
        "<table><tr><td><a>OTHER</a><br><a>OTHER</a><br><a>OTHER</a><br><a>OTHER</a></td><td>{}</td></tr></table>",
        "{}<div><a href=/tag>OTHER</a></div>",
        "<div class=tools><a>PRINT</a> | <a>E-MAIL</a></div>{}",
        "<form>{}</form>",
        "<main>{}<h3>Weitere Meldungen</h3><ul><li><a>OTHER</a> 26.03.2026<li><a>OTHER</a></ul></main>",
        "<div>{}<p><strong>Related Stories</strong></p><ul><li><a>OTHER</a><li><a>OTHER</a></ul></div>",
        "<main>{}<div class=card><h3><a href=1>OTHER</a></h3><p>Short.</p></div>"
        "<div class=card><h3><a href=2>OTHER</a></h3><p>Short.</p></div></main>",
        "<!-- OTHER -->{}",
    ],
)
def test_what_stands_around_the_text_is_left_out(around: str) -> None:
    text = page("<title>T</title><body>" + around.format(f"<p>{PROSE}</p><p>{PROSE}</p>")).text
    assert text == f"{PROSE.strip()}\n\n{PROSE.strip()}"


@pytest.mark.parametrize(
    "within",
    [
        "<article><header><h1>Head</h1><p>KEPT</p></header><p>{}</p></article>",
        "<title>Head</title><div><h1>Head</h1><p>KEPT</p><div><p>{}</p></div></div>",
        "<header><h1>Head</h1><p>KEPT</p></header><div>{}</div><title>Head</title>",
        "<main class='page sidebar-second'><p>KEPT</p>{}</main>",
        "<div class=field--label-hidden>KEPT</div><p>{}</p>",
        "<p>{}</p><p><a href=x>KEPT</a></p>",
        "<div class=related><p>KEPT</p><p>{}</p></div>",
        "<main><p>{}</p><h3>More News</h3><p>KEPT</p></main>",
        "<main><p>{}</p><p><b>More news</b> KEPT is to come.</p></main>",
        "<main><p>{}</p><div><h3><a href=1>KEPT</a></h3><p>Short.</p></div></main>",
    ],
)
def test_what_belongs_to_the_text_is_kept(within: str) -> None:
    text = page(within.format(PROSE)).text
    assert "KEPT" in text
    assert PROSE.strip() in text
    assert "Head" not in text


@pytest.mark.parametrize(("said", "kept"), [(1, "all"), (11, "all"), (13, "its own"), (19, "its own")])
def test_an_article_within_is_the_text_if_it_has_most_of_the_words(said: int, kept: str) -> None:
    """Of 20 paragraphs in `main`, the article has `said`: one with less than three fifths is one of several teasers."""
    around, within = ("".join(f"<p>{word} {n} {PROSE}</p>" for n in range(10, 10 + count))
                      for word, count in (("AROUND", 20 - said), ("WITHIN", said)))  # fmt: skip
    text = page(f"<title>T</title><main>{around}<article>{within}</article></main>").text
    assert text.count("WITHIN") == said
    assert text.count("AROUND") == (20 - said if kept == "all" else 0)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>a\n b</p><p>c", "a b\n\nc"),
        ("a<br><br>b<br />c", "a\n\nb\nc"),
        ("<ol><li>a<li><p>b</p></ol>c", "a\nb\n\nc"),
        ("<table><tr><td>1<td>2<tr><td>3</table>", "1 2\n3"),
        ("<pre>WASHINGTON\n\n  The  agency\nsaid</pre>", "WASHINGTON\n\nThe agency\nsaid"),
        ("x<b>y</b>z &lt;&nbsp;&amp; &#8220;q&#8221;", "xyz < & “q”"),
        ("<div>a<div>b</div>c</div>", "a\n\nb\n\nc"),
        ("a&#0;&#xD800;b", "a\ufffd\ufffdb"),
    ],
)
def test_blocks_and_lines(html: str, text: str) -> None:
    assert page(html).text == text


@pytest.mark.parametrize(
    ("pictures", "captions"),
    [
        ("<figure><img><figcaption>Ann Roe signs.</figcaption></figure>", ["Ann Roe signs."]),
        ("<figure><img><figcaption><p>Ann Roe signs.</p><p>Photo: Bo</p></figcaption></figure>",
         ["Ann Roe signs. Photo: Bo"]),
        ("<div class=wp-caption><img><p class=wp-caption-text>Ann Roe signs.</p></div>", ["Ann Roe signs."]),
        ("<div class=gallery><p><a href=x>DOWNLOAD</a> / <a href=y>DETAILS</a></p><p>Ann Roe signs.</p><p>1 / 2</p>"
         "<p>Bo Hale waits.</p></div>", ["Ann Roe signs.", "Bo Hale waits."]),
        ("<div class=gallery><p>Ann Roe signs.</p></div><div id=carousel><p>Ann Roe signs.</p></div>",
         ["Ann Roe signs."]),
        ("<div class=carousel><h3><a href=x>Other News</a></h3><p>The minister said so.</p></div>", []),
        ("<figure><figcaption><a href=x>Other news</a></figcaption></figure>", []),
        ("<aside><figure><figcaption>Other news.</figcaption></figure></aside>", []),
        ("<div class=related><figure><figcaption>Other news.</figcaption></figure></div>", []),
    ],
)  # fmt: skip
def test_captions_are_kept_beside_the_text(pictures: str, captions: list[str]) -> None:
    for layout in (f"<p>{PROSE}</p>{pictures}<p>{PROSE}</p>", f"{pictures}<div><p>{PROSE}</p><p>{PROSE}</p></div>"):
        record = page(f"<title>T</title><body>{layout}")
        assert record.text == f"{PROSE.strip()}\n\n{PROSE.strip()}"
        assert [value.value for value in record.stated if value.field == "caption"] == captions


def test_captions_of_other_articles_are_left_out() -> None:
    caption = "<figure><img><figcaption>{}</figcaption></figure>"
    ours, theirs = caption.format("Ours."), caption.format("Theirs.")
    html = f"<article>{ours}<p>{PROSE}</p></article><article>{theirs}<p>x</p></article>"
    assert [value.value for value in page(html).stated if value.field == "caption"] == ["Ours."]


def test_a_page_of_nothing_but_a_title_is_a_record() -> None:
    record = page("<title>T</title>")
    assert record.text == ""
    assert record.media_type == "text/html"


def test_a_tag_of_too_many_attributes_is_read_without_them() -> None:
    crowd = " ".join(f"a{number}" for number in range(10_000))
    few = " ".join(f'a{number}="{"x" * 400}"' for number in range(60))
    assert page(f"<p {crowd} hidden>shown</p>").text == "shown"
    assert page(f"<main>kept</main><p {few} hidden>hidden</p>").text == "kept"


@pytest.mark.parametrize("length", range(990, 1010))
@pytest.mark.parametrize("end", [">", "", "<i>"])
def test_a_long_tag_is_looked_for_by_its_pattern_wherever_that_would_find_one(length: int, end: str) -> None:
    html = f"<b>words</b><p {'x' * length}{end}"
    assert list(markup_bounds._long_tags(html)) or not markup_bounds._LONG_TAG.search(html)


@pytest.mark.parametrize("mark", ["<p>", "<body>"])
def test_a_page_of_too_many_tags_keeps_its_words_and_its_first_tags(mark: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("archive.readers.html.giant_pages._MAX_TAGS", 5_000)
    words = [f"word{number}" for number in range(3_000)]
    read = page("<title>Head</title>" + "".join(f"{mark}<i>{word}</i> " for word in words))
    assert read.text.split() == words
    assert [value.value for value in read.stated if value.field == "title"] == ["Head"]


def test_a_page_that_nests_too_deep_keeps_its_paragraphs_apart() -> None:
    words = [f"word{number}" for number in range(3_000)]
    html = "<title>Head</title><body>" + "".join(f"<p><font>the <b>{word}</b>" for word in words)
    assert page(html).text == "\n\n".join(["Head", *(f"the {word}" for word in words)])


def test_a_giant_line_is_spaced_as_any_other() -> None:
    words = [f"word{number}" for number in range(40_000)]
    assert page("<p>" + " \n ".join(words)).text == " ".join(words)


@given(
    st.lists(
        st.sampled_from(
            ["<", "<a ", "<div ", ">", "x" * 500, "x" * 998, "x" * 1001, 'a="b" ' * 200, 'a="b" ' * 400, "é\n"]
        )
    )
)
def test_long_tags_are_found_in_leaps_as_a_pattern_finds_them(pieces: list[str]) -> None:
    html = "".join(pieces)
    assert markup_bounds._limit_attributes(html) == markup_bounds._LONG_TAG.sub(
        markup_bounds._limit_attributes_of_tag, html
    )


def test_a_raised_number_is_no_part_of_its_word_and_a_quotation_keeps_its_marks() -> None:
    read_page = page(
        "<title>x</title><h1>Tariff<sup>1</sup> Rates</h1><p>The tariff<sup><a href='#n'>1</a></sup>, CO<sub>2</sub>,"
        f" the 21<sup>st</sup> and <q>a <q>good</q> plan</q>. {PROSE}</p><p><sup>1, 2</sup> See the notes. {PROSE}</p>"
    )
    assert "The tariff¹, CO2, the 21st and “a ‘good’ plan”. " in read_page.text
    assert "¹, ² See the notes." in read_page.text
    assert ("title", "Tariff¹ Rates") in [(value.field, value.value) for value in read_page.stated]

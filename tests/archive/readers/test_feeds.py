"""The text of a feed's item is what is declared as it, and never a caption, a teaser or a summary, in any order."""

import datetime
import itertools
from base64 import b64encode

import pytest

from archive.extract import read_release
from archive.readers import read
from archive.readers.reparse import reparse_record
from archive.release import Record

TEXT = "The director of the board opened the impala quay on Tuesday. Ships came in at noon."
TEASER = "The director of the board opened the impala quay on [...]"
CAPTION = (
    "A photo from the tower shows the director with the jackal mascot in front of the new quay, as ships come in" * 2
)
SUMMARY = "In short: a quay, a director, a mascot and the many ships that waited for the gazelle all of the spring." * 2

RSS = (
    '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:media="http://search.yahoo.com/mrss/" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom"'
    ' xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
    ' xmlns:play="http://www.google.com/schemas/play-podcasts/1.0" xmlns:m="http://www.rssboard.org/media-rss">'
    "<channel><title>Harbor Board</title><item><guid>g1</guid><title>Quay news</title>{}</item></channel></rss>"
)
ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:media="http://search.yahoo.com/mrss/"><title>Harbor Board</title>'
    "<entry><id>g1</id><title>Quay news</title>{}</entry></feed>"
)


def the_record(feed: str, name: str = "f.xml") -> Record:
    (record,) = read(feed.encode(), name)
    assert isinstance(record, Record)
    return record


def values(record: Record, field: str) -> list[str]:
    return [value.value for value in record.stated if value.field == field]


# What stands beside the text and is none: each longer than the text, or shorter.
ASIDES = [
    f"<media:description>{CAPTION}</media:description>",
    f'<media:content url="https://x.example/p.jpg"><media:description>{CAPTION}</media:description></media:content>',
    f"<media:group><media:content><media:description>{CAPTION}</media:description></media:content></media:group>",
    f"<media:content><media:title>{CAPTION}</media:title></media:content>",
    f"<m:content><m:description type='plain'>{CAPTION}</m:description></m:content>",
    f"<itunes:summary>{SUMMARY}</itunes:summary>",
    f"<itunes:subtitle>{SUMMARY}</itunes:subtitle>",
    f"<play:description>{SUMMARY}</play:description>",
    f"<excerpt:encoded>{SUMMARY}</excerpt:encoded>",
    f"<description>{TEASER}</description>",
    f"<atom:summary>{SUMMARY}</atom:summary>",
    "<media:content><media:title>A jackal</media:title><media:credit>Ann Lee</media:credit></media:content>",
]
TEXTS = [
    f"<content:encoded>&lt;p&gt;{TEXT}&lt;/p&gt;</content:encoded>",
    f"<content:encoded><![CDATA[<p>{TEXT}</p>]]></content:encoded>",
    f"<xhtml:body><p>{TEXT}</p></xhtml:body>",
    f'<atom:content type="xhtml"><xhtml:div><xhtml:p>{TEXT}</xhtml:p></xhtml:div></atom:content>',
    f"<fulltext>{TEXT}</fulltext>",
]


@pytest.mark.parametrize(("text", "aside"), list(itertools.product(TEXTS, ASIDES)))
def test_what_is_declared_as_the_text_begins_it_whatever_stands_beside(text: str, aside: str) -> None:
    for order in (text + aside, aside + text):
        record = the_record(RSS.format(order))
        assert record.text.startswith(TEXT)
        assert values(record, "title") == ["Quay news"]


@pytest.mark.parametrize("aside", [each for each in ASIDES if "<description>" not in each])
def test_a_description_is_the_text_where_nothing_fuller_is(aside: str) -> None:
    for order in (f"<description>{TEXT}</description>{aside}", f"{aside}<description>{TEXT}</description>"):
        assert the_record(RSS.format(order)).text.startswith(TEXT)


def test_a_caption_stands_below_the_text_as_a_caption() -> None:
    record = the_record(RSS.format(f"<description>{TEXT}</description>{ASIDES[2]}"))
    assert record.text == TEXT
    assert values(record, "caption") == [CAPTION]
    release = read_release(record, "f.xml", datetime.date(2026, 1, 1))
    assert release.body == f"{TEXT}\n\n{CAPTION}"


def test_a_caption_that_repeats_the_text_is_not_said_twice() -> None:
    media = f"<media:description>{TEXT[:60]}</media:description>"
    record = the_record(RSS.format(f"<description>{TEXT}</description>{media}"))
    assert values(record, "caption") == []


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (f"<media:group><media:description>{CAPTION}</media:description></media:group>", CAPTION),
        (f"<itunes:summary>{SUMMARY}</itunes:summary>", SUMMARY),
        (f"<itunes:subtitle>Short.</itunes:subtitle><itunes:summary>{SUMMARY}</itunes:summary>", SUMMARY),
        (f"<description/><media:description>{CAPTION}</media:description>", CAPTION),
        (f"<content:encoded><![CDATA[<img src='x'>]]></content:encoded><description>{TEXT}</description>", TEXT),
        ("<media:content><media:text type='html'>&lt;p&gt;Words of a film.&lt;/p&gt;</media:text></media:content>",
         "Words of a film."),
        # A teaser of the one that goes on, whichever is which.
        (f"<content:encoded>{TEASER}</content:encoded><description>{TEXT}</description>", TEXT),
        (f"<content:encoded>{TEASER} Read more</content:encoded><description>{TEXT}</description>", TEXT),
        (f"<description>{TEXT[:40]}…</description><itunes:summary>{TEXT}</itunes:summary>", TEXT),
        (f"<description>{TEXT}</description><dc:description>{TEXT}</dc:description>", TEXT),
        # Neither holds the other: the longer one may be the text, and stands below.
        (f"<content:encoded>Watch the film.</content:encoded><description>{TEXT}</description>",
         f"Watch the film.\n\n{TEXT}"),
        (f"<content:encoded>{TEXT}</content:encoded><description>See you there.</description>", TEXT),
        # A text in two elements.
        (f"<content:encoded>{TEXT}</content:encoded><content:encoded>A second part.</content:encoded>",
         f"{TEXT}\n\nA second part."),
        # A picture and its caption are no text, however long.
        (f"<content:encoded><![CDATA[<figure><img><figcaption>{CAPTION}</figcaption></figure>]]></content:encoded>"
         f"<description>{TEXT}</description>", TEXT),
        (f"<content:encoded><![CDATA[<div><img><p class='wp-caption-text'>{CAPTION}</p></div>]]></content:encoded>"
         f"<description>{TEXT}</description>", TEXT),
    ],
)  # fmt: skip
def test_the_best_of_what_an_item_has(item: str, text: str) -> None:
    assert the_record(RSS.format(item)).text == text


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (f'<summary>{SUMMARY}</summary><content type="html">&lt;p&gt;{TEXT}&lt;/p&gt;</content>',
         f"{TEXT}\n\n{SUMMARY}"),
        (f'<content type="html">{TEXT}</content><summary>{TEASER}</summary>', TEXT),
        (f'<content type="text">{TEXT}</content>', TEXT),
        ('<content type="text">If x&lt;y and z&gt;w\n\nit opens.</content>', "If x<y and z>w\n\nit opens."),
        ('<content type="text">&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;</content>', "One.\n\nTwo."),
        ('<content type="text">Quay &amp;amp; lamp</content>', "Quay & lamp"),
        (f'<content type="text/html"><![CDATA[<p>{TEXT}</p>]]></content>', TEXT),
        (f'<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>{TEXT}</p></div></content>', TEXT),
        (f'<content type="application/xhtml+xml"><p>{TEXT}</p></content>', TEXT),
        (f'<content type="video/mp4" src="https://x.example/f.mp4"/><summary>{TEXT}</summary>', TEXT),
        (f'<content type="image/png">{"iVBORw0KGgo" * 99}</content><summary>{TEXT}</summary>', TEXT),
        (f'<content type="text/html" mode="base64">{b64encode(TEXT.encode()).decode()}</content>', TEXT),
        (f'<content type="text/html" mode="base64">{TEXT}</content>', TEXT),
        ('<content type="multipart/alternative"><content type="text/plain">The quay.</content>'
         '<content type="text/html" mode="escaped">&lt;p&gt;The &lt;b&gt;quay&lt;/b&gt;.&lt;/p&gt;</content></content>',
         "The quay."),
        (f"<media:group><media:title>Film</media:title><media:description>{CAPTION}</media:description></media:group>",
         CAPTION),
    ],
)  # fmt: skip
def test_the_content_of_an_atom_entry(entry: str, text: str) -> None:
    assert the_record(ATOM.format(entry), "f.atom").text == text


@pytest.mark.parametrize(
    "written",
    [
        "&lt;![CDATA[{}]]&gt;",
        "<![CDATA[<![CDATA[{}]]]]><![CDATA[>]]>",
        "&lt;![CDATA[&lt;p&gt;{}&lt;/p&gt;]]&gt;",
        "<![CDATA[{}]]>",
        "\n &lt;![CDATA[ {} ",
    ],
)
def test_a_cdata_section_that_was_escaped_as_text_hides_nothing(written: str) -> None:
    item = "<title>{}</title><description>{}</description><dc:creator>{}</dc:creator>".format(
        *(written.format(words) for words in ("Kangaroo", TEXT, "Ann Lee"))
    )
    record = the_record(
        RSS.replace("<title>Quay news</title>", "").replace("Harbor", written.format("Harbor")).format(item)
    )
    assert record.text == TEXT
    assert values(record, "title")[-1:] == ["Kangaroo"]
    assert [name.strip() for name in values(record, "byline")] in (["Ann Lee"], ["<p>Ann Lee</p>"])
    assert "CDATA" not in str(record.stated)


def test_the_title_of_a_picture_is_the_title_only_where_there_is_no_other() -> None:
    media = "<media:content><media:title>The mascot</media:title></media:content>"
    for order in (media + "<title>Quay news</title>", "<title>Quay news</title>" + media):
        record = the_record(RSS.replace("<title>Quay news</title>", "").format(order + "<description>A.</description>"))
        assert values(record, "title") == ["Quay news"]
    record = the_record(RSS.replace("<title>Quay news</title>", "<title/>").format(media))
    assert values(record, "title") == ["The mascot"]


def test_a_prefix_that_nothing_declares_is_read_by_its_usual_meaning() -> None:
    item = f"<content:encoded>{TEXT}</content:encoded><media:description>{CAPTION}</media:description>"
    item += "<dc:creator>Ann Lee</dc:creator><dc:date>2005-03-08</dc:date><itunes:author>Ada Quill</itunes:author>"
    item += "<dc:language>en</dc:language><dc:publisher>Harbor Board</dc:publisher><dc:coverage>Riga</dc:coverage>"
    record = the_record(f"<rss><channel><item><guid>g</guid><title>Quay</title>{item}</item></channel></rss>")
    assert record.text == TEXT
    assert values(record, "caption") == [CAPTION]
    assert values(record, "byline") == ["Ann Lee", "Ada Quill"]
    assert [value.rule.sentence for value in record.stated if value.field == "date"] == ["item dc:date"]
    assert (values(record, "source"), values(record, "place")) == (["Harbor Board"], ["Riga"])
    assert record.notes[0].startswith("malformed item repaired")


def test_an_item_is_read_again_as_it_was() -> None:
    for item in [*TEXTS, *(TEXTS[0] + aside for aside in ASIDES)]:
        record = the_record(RSS.format(item))
        again = reparse_record(record.original, "f.xml", record.context)
        assert isinstance(again, Record)
        assert (again.text, again.stated, again.key) == (record.text, record.stated, record.key)

"""A feed saved daily under one name: what it no longer lists stays; other files of many records let go of theirs."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from pathlib import Path

import pytest
from histories import History

from archive.ingest import parse
from archive.parsed import FolderFile
from archive.store.archive import Archive
from archive.store.writing import feeds

RSS = '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbor Board</title>{}</channel></rss>'
RSS_ITEM = "<item><guid>{0}</guid><title>Notice of the {1}</title><description>The {1} sails.</description></item>"
ATOM = '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Harbor Board</title>{}</feed>'
ATOM_ENTRY = "<entry><id>{0}</id><title>Notice of the {1}</title><content>The {1} sails.</content></entry>"
RDF = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/"><channel><title>Harbor Board</title></channel>{}</rdf:RDF>'
)
RDF_ITEM = (
    "<item><title>Notice of the {1}</title><link>https://port.example/{0}</link>"
    "<description>The {1} sails.</description></item>"
)
KINDS = {"rss": (RSS, RSS_ITEM), "atom": (ATOM, ATOM_ENTRY), "rdf": (RDF, RDF_ITEM)}


def feed(kind: str, **entries: str) -> str:
    """A feed of these entries: the word of each by its id."""
    whole, entry = KINDS[kind]
    return whole.format("".join(entry.format(*each) for each in entries.items()))


@pytest.fixture
def history(tmp_path: Path) -> History:
    return History(tmp_path)


def save(history: History, name: str, content: str | bytes) -> None:
    (history.folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    history.touch(name)
    history.add()


def live(history: History) -> dict[str, int]:
    """The words of the live works, and how many versions each has."""
    return {titles[-1].rpartition(" ")[2]: len(titles) for titles in history.live().values()}


@pytest.mark.parametrize("kind", KINDS)
class TestFeeds:
    def test_what_rolled_off_stays(self, history: History, kind: str) -> None:
        days = [
            {"e1": "ferry", "e2": "tug"},
            {"e2": "tug", "e3": "raft"},
            {"e3": "raft", "e4": "barge"},
            {"e5": "scow"},
        ]
        for day in days:
            save(history, "feed.xml", feed(kind, **day))
        assert live(history) == {"ferry": 1, "tug": 1, "raft": 1, "barge": 1, "scow": 1}

    def test_an_edited_entry_is_a_version(self, history: History, kind: str) -> None:
        save(history, "feed.xml", feed(kind, e1="ferry", e2="tug"))
        save(history, "feed.xml", feed(kind, e1="ferry", e2="raft"))
        assert live(history) == {"ferry": 1, "raft": 2}

    def test_an_edit_taken_back_is_no_new_version(self, history: History, kind: str) -> None:
        for word in ("tug", "raft", "tug"):
            save(history, "feed.xml", feed(kind, e1="ferry", e2=word))
        assert live(history) == {"ferry": 1, "tug": 2}

    def test_an_entry_that_comes_back_is_no_new_version(self, history: History, kind: str) -> None:
        for day in ({"e1": "ferry", "e2": "tug"}, {"e2": "tug"}, {"e1": "ferry"}):
            save(history, "feed.xml", feed(kind, **day))
        assert live(history) == {"ferry": 1, "tug": 1}

    def test_an_entry_that_comes_back_edited_is_the_next_version(self, history: History, kind: str) -> None:
        for day in ({"e1": "ferry", "e2": "tug"}, {"e2": "tug"}, {"e1": "raft"}):
            save(history, "feed.xml", feed(kind, **day))
        assert live(history) == {"raft": 2, "tug": 1}

    def test_deleting_the_file_withdraws_all_it_ever_held(self, history: History, kind: str) -> None:
        save(history, "feed.xml", feed(kind, e1="ferry"))
        save(history, "feed.xml", feed(kind, e2="tug"))
        (history.folder / "feed.xml").unlink()
        assert history.add().write_stats.withdrawn == 2
        assert live(history) == {}

    @pytest.mark.parametrize("broken", ["empty", "blank", "no items", "cut off", "malformed item", "in UTF-16"])
    def test_a_broken_feed_or_one_without_entries_keeps_them(self, history: History, kind: str, broken: str) -> None:
        save(history, "feed.xml", feed(kind, e1="ferry", e2="tug"))
        whole = feed(kind)
        end = whole.rindex("</")
        content: dict[str, str | bytes] = {
            "empty": b"",
            "blank": b"\n \n",
            "no items": whole,
            "cut off": whole[: whole.index("Harbor")],
            "malformed item": whole[:end] + "<item><title>" + whole[end:],
            "in UTF-16": whole.replace("?>", ' encoding="utf-16"?>', 1).encode("utf-16"),
        }
        save(history, "feed.xml", content[broken])
        assert live(history) == {"ferry": 1, "tug": 1}
        save(history, "feed.xml", feed(kind, e2="tug", e3="raft"))
        assert live(history) == {"ferry": 1, "tug": 1, "raft": 1}

    @pytest.mark.parametrize(
        "content",
        [
            "<!doctype html><html><body><h1>502 Bad Gateway</h1><p>The server did not answer.</p></body></html>",
            "Notice of the lamp\n\nThe lamp is lit.\n",
            bytes(range(256)) * 20,
        ],
        ids=["a page", "a text", "no text"],
    )
    def test_what_is_no_feed_loses_none_of_them(self, history: History, kind: str, content: str | bytes) -> None:
        """A server's error page is saved in place of its feed, and the feed again the day after."""
        save(history, "feed.xml", feed(kind, e1="ferry", e2="tug"))
        save(history, "feed.xml", content)
        assert {"ferry", "tug"} <= live(history).keys()
        save(history, "feed.xml", feed(kind, e2="tug", e3="raft"))
        assert live(history) == {"ferry": 1, "tug": 1, "raft": 1}

    def test_a_feed_in_place_of_something_else_lets_go_of_that(self, history: History, kind: str) -> None:
        save(history, "feed.xml", "Notice of the lamp\n\nThe lamp is lit.\n")
        save(history, "feed.xml", feed(kind, e1="ferry"))
        assert live(history) == {"ferry": 1}

    def test_a_moved_folder_keeps_them(self, history: History, kind: str) -> None:
        save(history, "feed.xml", feed(kind, e1="ferry", e2="tug"))
        save(history, "feed.xml", feed(kind, e2="tug"))
        report = history.add(history.folder.rename(history.folder.with_name("moved")))
        assert report.opened == 0
        assert live(history) == {"ferry": 1, "tug": 1}

    def test_its_media_type_is_one_of_those_that_tell_a_feed(self, kind: str) -> None:
        content = feed(kind, e1="ferry").encode()
        found = parse.parse_content(FolderFile("", "feed.xml", 0, 0), content, dt.date(2011, 1, 2))
        assert {each.record.media_type for each in found.records} <= set(feeds.MEDIA_TYPES)


@pytest.mark.parametrize("items", [3, 5])
def test_entries_that_share_a_key_push_each_other_on_and_none_is_lost(history: History, items: int) -> None:
    """Where all entries have one link and no id, each new one takes the key of the one before it."""
    entry = (
        "<item><title>Notice of the {0}</title><link>https://port.example/</link><description>{0}.</description></item>"
    )
    words = [f"boat{number}" for number in range(8)]
    for newest in range(items, len(words) + 1):
        save(history, "feed.xml", RSS.format("".join(map(entry.format, reversed(words[newest - items : newest])))))
    assert live(history) == dict.fromkeys(words, 1)


def rows(kind: str, *words: str) -> str:
    """A file of rows, one a word."""
    objects = [{"id": word, "title": f"Notice of the {word}", "text": f"The {word} sails."} for word in words]
    if kind == "csv":
        return "\n".join(["id,title,text", *(",".join(each.values()) for each in objects)])
    return json.dumps(objects) if kind == "json" else "\n".join(map(json.dumps, objects))


@pytest.mark.parametrize("kind", ["csv", "json", "jsonl"])
def test_a_row_that_left_a_table_is_withdrawn(history: History, kind: str) -> None:
    save(history, f"all.{kind}", rows(kind, "ferry", "tug"))
    assert set(live(history)) == {"ferry", "tug"}
    save(history, f"all.{kind}", rows(kind, "tug"))
    assert set(live(history)) == {"tug"}
    save(history, f"all.{kind}", "")
    assert live(history) == {}


def test_a_copy_of_the_feed_is_another_place(history: History) -> None:
    save(history, "feed.xml", feed("rss", e1="ferry", e2="tug"))
    shutil.copy(history.folder / "feed.xml", history.folder / "monday.xml")
    save(history, "feed.xml", feed("rss", e2="raft"))
    assert live(history) == {"ferry": 1, "tug": 1, "raft": 1}
    with Archive(history.data) as archive:
        assert len(archive.live_ids()) == 3

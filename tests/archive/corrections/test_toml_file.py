"""corrections.toml read: every slip named with its line, none of them costing another correction."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.corrections import Correction, CorrectionField, toml_file
from archive.corrections.appending import append_corrections, format_correction
from archive.corrections.checking import InvalidCorrection, parse_correction
from archive.corrections.toml_file import CorrectionsUnreadable, parse_corrections, read_corrections
from archive.release import Kind

HEAD = '[[correction]]\nrelease = "abc"\nfield = "date"\nvalue = "2011"\nby = "L"\n'


def one(text: str) -> Correction:
    found = parse_corrections(text.encode())
    assert found.problems == ()
    (correction,) = found.corrections
    return correction


def problems(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.reason) for problem in parse_corrections(text.encode()).problems]


def test_a_correction_has_what_the_file_says() -> None:
    text = '# mine\n\n[[correction]] # first\nrelease = "ABC"\nfield = "person"\nvalue = "  Jane\\tRoe "\nby = "L"\n'
    text += 'kind = "speaker"\nrole = "Mayor"\nreason = "heard"\n'
    assert one(text) == Correction(
        CorrectionField.PERSON, "Jane Roe", "L", "heard", release="abc", kind=Kind.SPEAKER, role="Mayor", line=3
    )


ONE = HEAD.replace("abc", "one")
TWO = HEAD.replace("abc", "two")
IN = HEAD.replace("abc", "inner")

BLOCKS: dict[str, tuple[str, list[str], list[tuple[int, str]]]] = {
    "two that follow each other": (ONE + TWO, ["one", "two"], []),
    "a remark that names the head": (f"{ONE}# [[correction]]\n{TWO}", ["one", "two"], []),
    "a remark with quotation marks": (f"{ONE}# \"\"\" or '''\n{TWO}# '''\n", ["one", "two"], []),
    "a remark behind the head": (ONE.replace("]]", ']] # """') + TWO, ["one", "two"], []),
    "blanks about the head": (ONE.replace("[[correction]]", "\t [[  correction ]]  ") + TWO, ["one", "two"], []),
    "the head in a text of lines": (f'{ONE}reason = """\n{IN}"""\n{TWO}', ["one", "two"], []),
    "the head in a literal of lines": (f"{ONE}reason = '''\n{IN}'''\n{TWO}", ["one", "two"], []),
    "several heads in one": (f"{ONE}reason = '''{IN}\n{IN}\n{IN}''' # so\n{TWO}", ["one", "two"], []),
    "one in each of two texts": (
        ONE.replace('"L"', f"'''\n{IN}'''") + f"reason = '''\n{IN}'''\n{TWO}",
        ["one", "two"],
        [],
    ),
    "quotes of the other kind in it": (f"{ONE}reason = '''\n\"\"\"\n{IN}'''\n{TWO}", ["one", "two"], []),
    "a quote before the closing ones": (f'{ONE}reason = """\n{IN}""""\n{TWO}', ["one", "two"], []),
    "closing quotes that are escaped": (f'{ONE}reason = """\n\\"""\n{IN}"""\n{TWO}', ["one", "two"], []),
    "the head in the text that ends the file": (f"{ONE}reason = '''\n{IN}'''", ["one"], []),
    "the head in a text of one line": (f'{ONE}reason = "[[correction]]"\n{TWO}', ["one", "two"], []),
    "a text of lines without a head": (f'{ONE}reason = """\nheard"""\n{TWO}', ["one", "two"], []),
    "a text that nothing closes": (f'{ONE}reason = """heard\n{IN}{TWO}', ["inner", "two"], [(7, "not TOML")]),
    "one that another block's text seems to close": (
        f'{ONE}reason = """heard\n{IN}{TWO}reason = """\nseen"""\n',
        ["inner", "two"],
        [(7, "not TOML")],
    ),
    "one that a text of one line seems to close": (
        f"{ONE}reason = '''heard\n{IN}{TWO}reason = '''seen'''\n",
        ["inner", "two"],
        [(7, "not TOML")],
    ),
    "a slip beside a text with the head": (
        f"{ONE}bye = 'L'\nreason = '''\n{IN}'''\n{TWO}",
        ["two"],
        [(6, "is not known")],
    ),
    "no TOML beside a text with the head": (
        f"{ONE}reason = '''\n{IN}'''\nrole = L\n{TWO}",
        ["two"],
        [(13, "not TOML")],
    ),
    "a key below a text that names it": (
        f"{ONE}reason = '''\nkind = x\n'''\nkind = 'speaker'\n{TWO}",
        ["two"],
        [(9, "belongs to the field")],
    ),
    "something behind the head": (ONE + IN.replace("]]", "]] x") + TWO, ["one", "two"], [(6, "not TOML")]),
    "a table below it": (f"{ONE}[correction.spot]\nx = 1\n{TWO}", ["two"], [(1, "is not known")]),
    "tables below it": (f"{ONE}[[correction.by]]\n[[correction.source]]\n{TWO}", ["two"], [(6, "not TOML")]),
    "a table of another name": (f"{ONE}[source]\nx = 1\n{TWO}", ["two"], [(1, "[source] is unknown")]),
    "a table of the same name": (f"{ONE}[correction]\nx = 1\n{TWO}", ["two"], [(6, "not TOML")]),
    "a string that its line does not close": (ONE.replace('"one"', '"one') + TWO, ["two"], [(2, "not TOML")]),
}


@pytest.mark.parametrize("ends", ["\n", "\r\n"], ids=["LF", "CRLF"])
@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "BOM"])
@pytest.mark.parametrize("name", BLOCKS)
def test_a_file_is_cut_where_corrections_begin(name: str, mark: str, ends: str) -> None:
    text, releases, told = BLOCKS[name]
    content = (mark + text.replace("\n", ends)).encode()
    found = parse_corrections(content)
    assert [each.release for each in found.corrections] == releases
    assert [problem.line for problem in found.problems] == [line for line, _ in told]
    for problem, (_, words) in zip(found.problems, told, strict=True):
        assert words in problem.reason
    assert toml_file.count_blocks(content) == len(releases) + len(told)
    assert toml_file.remove_corrections(content, lambda *_: False) == content
    left = toml_file.remove_corrections(content, lambda correction, _: correction is not None)
    assert parse_corrections(left).corrections == ()
    assert left.startswith(mark.encode())


VALUES = [
    '"abc"', '"a \\" b"', '"é"', "2", "'x'", '""', '"# no" # yes', "'''\n[[correction]]\n'''", '"""\n"""', "'''a'''",
    '"""[[correction]]\n[[correction]] # "\n"""', "[\"x\", '''\n[[correction]]''']", '"""\n\\"""\n[[correction]]"""',
]  # fmt: skip


@given(
    st.lists(st.dictionaries(st.sampled_from(["release", "version", "field", "value", "by"]), st.sampled_from(VALUES))),
    st.sampled_from(["\n", "\n\n", "\n# [[correction]] '''\n"]),
)
def test_the_blocks_of_a_file_are_the_tables_of_it_all(tables: list[dict[str, str]], end: str) -> None:
    text = "".join(f"[[correction]]{end}" + "".join(f"{k} = {v}{end}" for k, v in table.items()) for table in tables)
    blocks: list[object] = []

    def keep(_: object, block: bytes) -> bool:
        blocks.append(tomllib.loads(block.decode())["correction"])
        return False

    toml_file.remove_corrections(text.encode(), keep)
    assert blocks == [[table] for table in tomllib.loads(text).get("correction", [])]


def test_a_correction_may_be_of_one_version() -> None:
    text = '[[correction]]\nrelease = "abc"\nversion = {}\nfield = "place"\nvalue = "Riga"\nby = "L"\n'
    assert one(text.format(2)).version == 2
    assert (
        parse_corrections((text.format(2) + text.format(3)).encode()).problems == ()
    )  # of two versions, of two things
    for wrong in ('"2"', "0", "-1", "true", "1.5"):
        assert problems(text.format(wrong)) == [
            (3, "“version” must be a number, 1 or more, without quotes: version = 2")
        ]
    person = text.replace('release = "abc"', 'person = "jon"').replace('"place"', '"name"').format(2)
    assert problems(person)[0][1].startswith("“version” belongs to a release")


@pytest.mark.parametrize(
    ("value", "date"),
    [
        ('"2011-01-20"', "2011-01-20"),
        ("2011-01-20", "2011-01-20"),
        ("2011-01-20T10:00:00Z", "2011-01-20"),
        ("2011", "2011"),
        ('"2011-01"', "2011-01"),
        ('""', ""),
    ],
)
def test_a_date_may_be_written_in_several_ways(value: str, date: str) -> None:
    assert one(HEAD.replace('"2011"', value)).value == date


@pytest.mark.parametrize(
    ("change", "line", "words"),
    [
        (('"2011"', '"2011-13-01"'), 4, "is not a date"),
        (('"2011"', "true"), 4, "give a date"),
        (('"2011"', "10:00:00"), 4, "give a date"),
        (('"2011"', "[2011]"), 4, "give a date"),
        (('value = "2011"\n', ""), 1, "give a date"),
        (('"date"', '"dat"'), 3, "is not a field of a release: title, date"),
        (('"date"', "7"), 3, "must be a text in quotes, not a number"),
        (('"date"', '"same-as"'), 3, "is not a field of a release"),
        (('by = "L"\n', ""), 1, "say who corrects it"),
        (('by = "L"', 'by = " "'), 5, "say who corrects it"),
        (('by = "L"', "by = L"), 5, "not TOML"),
        (('by = "L"', 'bye = "L"'), 5, "is not known; is it “by”?"),
        (('release = "abc"\n', ""), 1, "say what it corrects"),
        (('release = "abc"', 'release = "abc"\nperson = "x"'), 2, "say what it corrects"),
        (('release = "abc"', 'release = "abc"\nkind = "speaker"'), 3, "belongs to the field “person” only"),
        (('by = "L"', 'by = "L\\u0007"'), 5, "control character"),
        (('by = "L"', f'by = "{"L" * 1001}"'), 5, "longer than 1000 characters"),
        (('by = "L"', 'by = "L"\nby = "M"'), 6, "not TOML"),
        (('by = "L"', 'by = "L"\n[other]\nx = 1'), 1, "[other] is unknown"),
        (('by = "L"', 'by = """L'), 6, "not TOML"),
        (('"date"', '"url"'), 4, "is not a web address"),
    ],
)
def test_a_slip_is_named_with_its_line_and_costs_no_other(change: tuple[str, str], line: int, words: str) -> None:
    text = HEAD.replace(*change)
    other = HEAD.replace("abc", "other")
    for content, shift in ((text + other, 0), (other + text, 5)):
        found = parse_corrections(content.encode())
        assert [each.release for each in found.corrections] == ["other"]
        (problem,) = found.problems
        assert words in problem.reason
        if "5000" not in words and "[" * 99 not in text:
            assert problem.line == line + shift


def test_a_value_nested_without_end_is_not_toml() -> None:
    found = parse_corrections((HEAD.replace('"2011"', "[" * 5000) + HEAD).encode())
    assert len(found.corrections) == 1
    assert found.problems[0].reason.startswith("not TOML")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('person = "a-b"\nfield = "same-as"\nvalue = "A B"', "is already the same person"),
        ('person = "a-b"\nfield = "another"\nvalue = "C D"', "say which mentions are the other person"),
        ('person = "a-b"\nfield = "another"\nvalue = "A B"\nspelling = "A B"', "has the same slug"),
        ('person = "a-b"\nfield = "another"\nvalue = "C D"\nreleases = "x"', "must be a list of ids"),
        ('person = "a-b"\nfield = "name"\nvalue = "42"', "is not a name"),
        ('release = "a"\nfield = "person"\nvalue = "Jane"\nkind = "boss"', "is not a kind"),
        ('release = "a"\nfield = "place"', "give the place"),
        ('release = "a"\nfield = "title"\nvalue = ""', "give it a value"),
    ],
)
def test_what_makes_no_sense_is_refused(text: str, words: str) -> None:
    ((_, reason),) = problems(f'[[correction]]\n{text}\nby = "L"\n')
    assert words in reason


def test_the_later_of_two_holds_and_the_earlier_is_remarked_on() -> None:
    found = parse_corrections((HEAD + HEAD.replace('"2011"', '"2012"')).encode())
    assert [each.value for each in found.corrections] == ["2012"]
    (remark,) = found.problems
    assert remark.remark
    assert (remark.line, "line 6" in remark.reason, "“2012”" in remark.reason) == (1, True, True)
    assert "repeated at line 6" in problems(HEAD + HEAD)[0][1]


def test_hiding_and_adding_one_person_are_of_the_same_thing() -> None:
    add = '[[correction]]\nrelease = "a"\nfield = "person"\nvalue = "Jane Roe"\nby = "L"\n'
    hide = add.replace('"person"', '"not-person"').replace("Jane Roe", "jane-roe")
    assert [each.field for each in parse_corrections((add + hide).encode()).corrections] == [CorrectionField.NOT_PERSON]
    assert len(parse_corrections((add + hide.replace("jane", "john")).encode()).corrections) == 2


def test_what_stands_before_the_first_correction_is_said() -> None:
    assert problems('# fine\nfield = "date"\n' + HEAD) == [
        (2, '“field = "date"” comes before the first [[correction]] and was not read')
    ]
    assert problems('[[corrections]]\nrelease = "a"\n')[0][0] == 1


def test_bytes_that_are_not_utf_8_spoil_their_own_correction_only() -> None:
    found = parse_corrections(HEAD.replace("L", "L\xe9").encode("latin-1") + HEAD.replace("abc", "other").encode())
    assert [each.release for each in found.corrections] == ["other"]
    assert (found.problems[0].line, "UTF-8" in found.problems[0].reason) == (5, True)


def test_line_ends_and_a_mark_of_other_systems_are_read() -> None:
    assert one("\ufeff" + HEAD.replace("\n", "\r\n")).value == "2011"


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_bytes_are_an_error(content: bytes) -> None:
    parse_corrections(content)
    parse_corrections(HEAD.encode() + content)


def test_a_file_that_is_not_there_has_no_corrections_and_one_that_cannot_be_opened_says_so(tmp_path: Path) -> None:
    assert read_corrections(tmp_path / "none.toml").corrections == ()
    with pytest.raises(CorrectionsUnreadable, match="cannot be read"):
        read_corrections(tmp_path)


def test_a_link_to_nothing_and_a_file_far_too_large_take_nothing_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    link = tmp_path / "corrections.toml"
    link.symlink_to(tmp_path / "gone.toml")
    with pytest.raises(CorrectionsUnreadable, match="is a link to a missing file"):
        read_corrections(link)
    (tmp_path / "gone.toml").write_text(HEAD)
    assert len(read_corrections(link).corrections) == 1
    monkeypatch.setattr(toml_file, "MAX_FILE_BYTES", 10)
    with pytest.raises(CorrectionsUnreadable, match="is larger than"):
        read_corrections(link)


@given(
    value=st.text(max_size=60),
    by=st.text(max_size=20),
    reason=st.text(max_size=60),
    role=st.text(max_size=20),
)
def test_what_is_written_is_read_back(value: str, by: str, reason: str, role: str) -> None:
    said = {"release": "abc", "field": "person", "value": value, "by": by, "reason": reason, "role": role}
    try:
        correction = parse_correction(said, 1)
    except InvalidCorrection:
        return
    assert one(format_correction(correction)) == correction


def test_appending_keeps_every_other_byte_and_a_link_a_link(tmp_path: Path) -> None:
    kept, link = tmp_path / "kept.toml", tmp_path / "corrections.toml"
    kept.write_text("# my remarks   \n\n" + HEAD.rstrip("\n"), "utf-8")
    kept.chmod(0o640)
    link.symlink_to(kept)
    before = kept.read_bytes()
    append_corrections(link, Correction(CorrectionField.DATE, "2012", "L", release="other"))
    assert link.is_symlink()
    assert kept.read_bytes().startswith(before + b"\n\n[[correction]]\n")
    assert os.stat(kept).st_mode & 0o777 == 0o640
    assert [each.release for each in read_corrections(link).corrections] == ["abc", "other"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["corrections.toml", "kept.toml"]


def test_a_correction_ends_or_begins_a_file_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "corrections.toml"
    append_corrections(path, Correction(CorrectionField.DATE, "", "L", release="abc"))
    append_corrections(path, Correction(CorrectionField.NOT_PERSON, "", "L", person="jane-roe"))
    assert [each.target[:3] for each in read_corrections(path).corrections] == [
        ("abc", "", "date"),
        ("", "jane-roe", "not-person"),
    ]
    assert read_corrections(path).problems == ()

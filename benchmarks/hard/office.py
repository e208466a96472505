"""Hard PDF files and Word documents."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO

from benchmarks.hard.texts import paragraphs, prose

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
    'ContentType="application/xml"/><Default Extension="bin" ContentType="application/octet-stream"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.'
    'document.main+xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="word/document.xml"/></Relationships>'
)


def docx(body: str, *, before: str = "", others: dict[str, bytes] | None = None, packed: bool = True) -> bytes:
    """A Word document with this body; `before` stands before its root, `others` are parts beside it."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED, compresslevel=1) as parts:
        parts.writestr("[Content_Types].xml", _TYPES)
        parts.writestr("_rels/.rels", _RELATIONS)
        parts.writestr("word/document.xml", f"{before}<w:document {_W}><w:body>{body}</w:body></w:document>")
        for name, content in (others or {}).items():
            parts.writestr(name, content)
    return out.getvalue()


def _paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def _document(size: int) -> str:
    return prose(size, "", _paragraph)


def _laughs() -> str:
    declared = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE d [<!ENTITY e0 "lol">{declared}]>'


def _nested(size: int) -> bytes:
    """Archives in archives, each of which unpacks to a hundred times as much."""
    inner = docx(" " * size)
    for _ in range(3):
        inner = docx("", others={f"word/embeddings/{n}.bin": inner for n in range(16)})
    return inner


def _lying(size: int) -> bytes:
    """A document whose directory says that its text is small."""
    content = docx(_document(size))
    name = b"word/document.xml"
    at = content.rindex(name) - 46
    return content[: at + 24] + (1000).to_bytes(4, "little") + content[at + 28 :]


def pdf(objects: list[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    places, pieces, written = [], [b"%PDF-1.5\n"], 9
    for number, body in enumerate(objects, 1):
        places.append(written)
        pieces.append(b"%d 0 obj\n%s\nendobj\n" % (number, body))
        written += len(pieces[-1])
    pieces.append(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    pieces += [b"%010d 00000 n \n" % place for place in places]
    end = b"trailer << /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n"
    return b"".join([*pieces, end % (len(objects) + 1, trailer, written)])


def stream(content: bytes, entries: bytes = b"", *, packed: bool = False) -> bytes:
    """A stream object."""
    if packed:
        content, entries = zlib.compress(content, 1), entries + b" /Filter /FlateDecode"
    return b"<< /Length %d %s >> stream\n%s\nendstream" % (len(content), entries, content)


def pages(drawn: list[bytes], *, packed: bool = False, more: bytes = b"", others: list[bytes] | None = None) -> bytes:
    """A PDF of pages with these drawing commands; `others` are the objects from 4 on, which `more` may name."""
    spare = others or []
    first = 4 + len(spare)
    kids = b" ".join(b"%d 0 R" % number for number in range(first, first + 2 * len(drawn), 2))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, len(drawn)),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *spare,
    ]
    for number, commands in zip(range(first, first + 2 * len(drawn), 2), drawn, strict=True):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 3 0 R "
            b">> %s >> >>" % (number + 1, more)
        )
        objects.append(stream(commands, packed=packed))
    return pdf(objects)


def _lines(size: int) -> Iterator[bytes]:
    """Drawing commands for lines of text, about so many bytes."""
    written = 0
    for paragraph in paragraphs():
        for line in (paragraph[:80], paragraph[80:160], paragraph[160:240], paragraph[240:]):
            drawn = b"(%s) Tj 0 -14 Td " % line.replace("(", "").replace(")", "").encode("cp1252")
            yield drawn
            written += len(drawn)
        if written >= size:
            return


def _page(size: int) -> bytes:
    return b"BT /F1 12 Tf 72 720 Td " + b"".join(_lines(size)) + b"ET"


def _pictures(size: int) -> bytes:
    """A release of two pages with a picture: what a PDF of 50 MB really is."""
    picture = stream(bytes(range(256)) * (size // 256), b"/Type /XObject /Subtype /Image /Width 1 /Height 1")
    return pages([_page(4000), _page(4000)], more=b"/XObject << /I 4 0 R >>", others=[picture])


def _forms(depth: int) -> bytes:
    """Forms that each draw the next one ten times."""
    forms = [
        stream(
            b"/X Do " * 10,
            b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            b"/Resources << /Font << /F1 3 0 R >> /XObject << /X %d 0 R >> >>" % (number + 1),
        )
        for number in range(4, 4 + depth)
    ]
    last = stream(b"BT /F1 9 Tf (lol) Tj ET", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]")
    return pages([b"/X Do " * 10], more=b"/XObject << /X 4 0 R >>", others=[*forms, last])


def _object_streams(size: int) -> bytes:
    """Objects packed into streams that unpack to a great deal (7.5.7)."""
    numbers = b" ".join(b"%d 0" % number for number in range(10, 20_010))
    packed = stream(numbers + b" " + b" " * size, b"/Type /ObjStm /N 20000 /First %d" % len(numbers), packed=True)
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>", packed])


def _widths(size: int) -> bytes:
    """A font whose table of characters (ToUnicode) is long."""
    count = size // 21
    rows = b"".join(b"<%04x> <%04x> <0041>\n" % (n % 65536, n % 65536) for n in range(count))
    head = b"begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n%d beginbfrange\n" % count
    font = (
        b"<< /Type /Font /Subtype /Type0 /BaseFont /A /Encoding /Identity-H /ToUnicode 4 0 R "
        b"/DescendantFonts [<< /Type /Font /Subtype /CIDFontType2 >>] >>"
    )
    content = pages([b"BT /F2 9 Tf <00410042> Tj ET"], others=[stream(head + rows + b"endbfrange", packed=True), font])
    return content.replace(b"/F1 3 0 R", b"/F2 5 0 R")


def _loop() -> bytes:
    return pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 >>",
                b"<< /Type /Pages /Parent 2 0 R /Kids [2 0 R] /Count 1 >>"])  # fmt: skip


OFFICE: dict[str, Callable[[int], bytes]] = {
    "one release.docx": lambda size: docx(_document(size), packed=False),
    "as large as is read.docx": lambda size: docx(_document(19_900_000)),
    "pictures.docx": lambda size: docx(
        _document(20_000), others={"word/media/a.bin": bytes(range(256)) * (size // 256)}, packed=False
    ),
    "bomb.docx": lambda size: docx(" " * 40 * size),
    "bomb beside the text.docx": lambda size: docx(_paragraph("x"), others={"word/media/a.bin": bytes(20 * size)}),
    "nested bombs.docx": _nested,
    "lying directory.docx": _lying,
    "many parts.docx": lambda size: docx("", others={f"word/{number}.xml": b"<x/>" for number in range(size // 400)}),
    "deep.docx": lambda size: docx("<w:sdt>" * (size // 100) + _paragraph("x") + "</w:sdt>" * (size // 100)),
    "deep tables.docx": lambda size: docx(
        "<w:tbl><w:tr><w:tc>" * 80 + _paragraph("x") * 200_000 + "</w:tc></w:tr></w:tbl>" * 80
    ),
    "entities.docx": lambda size: docx(_paragraph("&e9;") * 1000, before=_laughs()),
    "one release.pdf": lambda size: pages([_page(size // 200)] * 200),
    "as large as is read.pdf": lambda size: pages([_page(19_900_000 // 300)] * 300, packed=True),
    "pictures.pdf": _pictures,
    "one page.pdf": lambda size: pages([_page(size)]),
    "bomb.pdf": lambda size: pages([b"0 0 m " * (4 * size)], packed=True),
    "many bombs.pdf": lambda size: pages([b"0 0 m " * 5_000_000] * 100, packed=True),
    "numbers.pdf": lambda size: pages([b"1 " * 990_000] * 20, packed=True),
    "brackets.pdf": lambda size: pages([b"[" * 1_900_000] * 10, packed=True),
    "forms.pdf": lambda size: _forms(12),
    "object streams.pdf": lambda size: _object_streams(20 * size),
    "table of characters.pdf": _widths,
    "loop.pdf": lambda size: _loop(),
    "no table.pdf": lambda size: pages([_page(size // 200)] * 200).rpartition(b"xref\n0")[0],
    "nothing.pdf": lambda size: b"%PDF-1.5\n" + b"x" * size,
    "objects.pdf": lambda size: b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n" % n for n in range(size // 12)),
    "deep.pdf": lambda size: pdf([b"<< /Type /Catalog /Pages 2 0 R /A %s >>" % (b"[" * size)]),
}
"""Name of a file -> what makes its bytes, about so many where its size is what is hard."""

"""Markdown: the text as it stands; its marks, front matter, pictures and link targets are set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sides.documents.content import Content, Format, FoundDate, said
from sides.documents.dating import parse_date
from sides.documents.decode import decode
from sides.model.document import Aside, AsideReason

FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(?P<rows>.{0,5000}?\r?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S)
ROW = re.compile(r"""^(?P<key>[A-Za-z_-]+):[ \t]*["']?(?P<value>[^\r\n]*?)["']?[ \t]*$""", re.M)
TITLE = re.compile(r"^#[ \t]+(?P<title>[^\r\n]+?)[ \t#]*$|^(?P<underlined>[^\r\n]+)\r?\n=+[ \t]*$", re.M)
# What a reader of the page does not see, each with nothing lost to the eye.
MARKS = re.compile(
    r"""(?P<comment><!--.*?-->)
    |(?P<fence>^(?:```|~~~)[^\r\n]*\n.*?^(?:```|~~~)[ \t]*$)
    |(?P<picture>!\[[^\]\r\n]*\]\([^)\r\n]*\))
    |(?P<target>(?<=\])\((?:https?:|mailto:|/|\#|\.)[^)\r\n]*\))
    |(?P<definition>^[ \t]{0,3}\[[^\]\r\n]+\]:[ \t]*\S+[^\r\n]*$)
    |(?P<heading>^\#{1,6}[ \t]+)
    |(?P<quote>^[ \t]*>[ \t]?)
    |(?P<underline>^(?:=+|-{3,}|\*{3,}|_{3,})[ \t]*\r?$)
    |(?P<strong>\*\*|__(?=\w)|(?<=\w)__)
    |(?P<emphasis>(?<![\w*])\*(?=[^\s*])|(?<=[^\s*])\*(?![\w*])|(?<!\w)_(?=\w)|(?<=\w)_(?!\w))
    """, re.X | re.M | re.S)


def read(name: str, content: bytes, *, charset: str | None = None) -> Iterator[Content]:
    """The text of a Markdown file, with what its front matter says. Raises `BinaryInput` if it is no text.

    >>> [found] = read("a.md", b"---\\ntitle: A truce\\ndate: 2021-06-15\\n---\\nIt **holds**.")
    >>> found.title, str(found.dates[0].date), [found.text[a.begin_char:a.end_char] for a in found.asides][1:]
    ('A truce', '2021-06-15', ['**', '**'])
    """
    text = decode(name, content, charset)
    asides: list[Aside] = []
    rows: dict[str, str] = {}
    begin = 0
    front = FRONT_MATTER.match(text)
    if front:
        rows = {row["key"].lower(): row["value"] for row in ROW.finditer(front["rows"])}
        asides.append(Aside(0, front.end(), AsideReason.BOILERPLATE))
        begin = front.end()
    asides += [Aside(*mark.span(), AsideReason.BOILERPLATE) for mark in MARKS.finditer(text, begin)]
    title = TITLE.search(text, begin)
    written = rows.get("date") or rows.get("published") or ""
    date = parse_date(written) or parse_date(written[:10])
    yield Content(
        name=name, format=Format.MARKDOWN, text=text, asides=tuple(asides),
        title=said(rows.get("title")) or (said(title["title"] or title["underlined"]) if title else None),
        author=said(rows.get("author")), outlet=said(rows.get("source") or rows.get("outlet")),
        language=said(rows.get("lang") or rows.get("language")), url=said(rows.get("url") or rows.get("canonical")),
        dates=(FoundDate(date, "meta"),) if date else ())

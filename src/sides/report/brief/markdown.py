"""A brief as Markdown, in which words of documents stand for themselves and never for markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sides.report.brief.values import Brief, Statement, in_sentence, place
from sides.report.quotes import attribution
from sides.ties.evidence import Evidence

MARKUP = re.compile(r"([\\`*_{}\[\]#|~!$])")
TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # what makes the rest of a line run the other way
NUMBERED = re.compile(r"^(\d+)([.)])")


def markdown(brief: Brief) -> str:
    """The brief as Markdown."""
    text = "\n".join(_lines(brief)) + "\n"
    return text.encode("utf-8", "replace").decode()


def _lines(brief: Brief) -> Iterator[str]:
    yield f"# {plain(brief.title)}: {plain(brief.state)}"
    for section in brief.sections:
        yield f"\n## {plain(section.heading)}\n"
        yield from (f"*{plain(note)}*\n" for note in section.notes)
        yield from (f"- {_statement(one)}" for one in section.statements)
    yield "\n## Sources\n"
    for number, one in enumerate(brief.sources, 1):
        yield f"- [{number}] {_quote(one)} {plain(attribution(one))}. {plain(place(one))}"
    yield "\n---\n"
    yield from (f"{plain(line)}\n" for line in brief.foot)


def _statement(one: Statement) -> str:
    quote = f" {_quote(one.quoted)} {plain(attribution(one.quoted))}" if one.quoted else ""
    return f"{plain(one.text)}{quote} {' '.join(f'[{number}]' for number in one.sources)}"


def _quote(one: Evidence) -> str:
    """The quote in its sentence, the quote itself in bold."""
    before, quote, after = (plain(words) for words in in_sentence(one))
    inner = quote.strip()
    return f"“{before}{quote.replace(inner, f'**{inner}**', 1) if inner else quote}{after}”"


def plain(words: str) -> str:
    """Words on one line, with whatever Markdown or HTML would read in them written so that it does not.

    >>> plain("<b>*so*</b>\\n# [it](is)")
    '&lt;b&gt;\\\\*so\\\\*&lt;/b&gt; \\\\# \\\\[it\\\\](is)'
    """
    flat = re.sub(r"\s+", " ", words).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    visible = TURNING.sub(lambda turning: f"U+{ord(turning[0]):04X}", MARKUP.sub(r"\\\1", flat))
    return NUMBERED.sub(r"\1\\\2", visible)

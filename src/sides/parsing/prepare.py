"""The text as the language pipeline should see it: same length, same offsets, fewer stumbling blocks.

Measured traps (docs/reading.md): footnote marks and editorial brackets break sentences, headlines without a full stop
run into the next line, typographic quotes are tagged as nouns. Every replacement here is one character for one
character, so that an offset into the prepared text is an offset into the document.
"""

from __future__ import annotations

import re

from sides.model.document import Document

NOT_NEWLINE = re.compile(r"[^\n]")
LONE_SURROGATE = re.compile("[\ud800-\udfff]")  # what no encoding, and no language pipeline, takes
FOOTNOTE = re.compile(r"\[\d{1,3}\]")
BRACKET = re.compile(r"[\[\]]")
RULED_LINE = re.compile(r"(?:[^\w\s]|_){40,}")  # it says nothing, and takes the tokenizer time that grows squared
SINGLE_NEWLINE = re.compile(r"(?<!\n)\n(?!\n)")
SAME_LENGTH = str.maketrans({
    "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"',
    "‘": "'", "’": "'", "‛": "'", "`": "'", "´": "'", "ʼ": "'", "ʿ": "'", "ʾ": "'",
    "\u00a0": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ", "\u2007": " ", "\u200b": " ", "\ufeff": " ",
    "\t": " ", "\r": " ", "\x0b": " ", "\x0c": "\n", "\u2028": "\n", "\u2029": "\n", "\x85": "\n",
    "‐": "-", "‑": "-", "\x00": " ", "\ufffd": " ",
})
# A hard-wrapped text has no line longer than this, and its full lines come near its longest one.
WRAP_WIDTH_CHARS = 100
WRAP_FULLNESS = 0.72


def prepared(document: Document) -> str:
    """The document's text for parsing: asides blanked, marks normalized, hard-wrapped lines joined.

    Always exactly as long as `document.text`.
    """
    text = LONE_SURROGATE.sub(" ", document.text.translate(SAME_LENGTH))
    pieces, done = [], 0
    for aside in sorted(document.asides, key=lambda one: (one.begin_char, one.end_char)):
        begin = max(done, aside.begin_char)
        pieces += [text[done:begin], NOT_NEWLINE.sub(" ", text[begin:aside.end_char])]
        done = max(done, aside.end_char)
    text = "".join([*pieces, text[done:]])
    text = FOOTNOTE.sub(blank, text)
    text = RULED_LINE.sub(blank, text)
    text = BRACKET.sub(" ", text)
    if is_hard_wrapped(text):
        text = SINGLE_NEWLINE.sub(" ", text)
    assert len(text) == len(document.text)
    return text


def blank(match: re.Match[str]) -> str:
    """As many spaces as what was found has characters.

    >>> re.sub("-+", blank, "a--b")
    'a  b'
    """
    return " " * len(match.group())


def is_hard_wrapped(text: str) -> bool:
    """Whether single line breaks are only a matter of width, as in old plain-text files."""
    blocks = [block.split("\n") for block in re.split(r"\n\s*\n", text.strip("\n"))]
    inner = [line for block in blocks for line in block[:-1] if line.strip()]
    if len(inner) < 3:
        return False
    width = max(len(line.rstrip()) for block in blocks for line in block)
    if width > WRAP_WIDTH_CHARS:
        return False
    full = sum(len(line.rstrip()) >= WRAP_FULLNESS * width for line in inner)
    return full >= 0.7 * len(inner)

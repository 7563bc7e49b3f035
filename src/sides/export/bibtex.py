"""Documents, and what is quoted of them, as a bibliography in BibTeX."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import BinaryIO

from sides.export.characters import Characters
from sides.export.evidence import evidence_fields
from sides.export.exporter import Ledger, Wanted, Written
from sides.ledger.event_blocks import FORMAT as EVENTS_FORMAT
from sides.ledger.values import StoredDocument
from sides.ties.evidence import Evidence

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ESCAPES = {"&": "\\&", "%": "\\%", "$": "\\$", "#": "\\#", "_": "\\_", "\\": "\\textbackslash",
           "~": "\\textasciitilde", "^": "\\textasciicircum"}
# TeX has commands for braces, but readers of BibTeX that are no TeX fail on them, and on the whole file with them.
BRACES = str.maketrans("{}", "()")
# Two signs that TeX would draw as one.
LIGATURES = {"--", "''", "``", "!`", "?`", ",,", "<<", ">>"}
APART = "\0"
NOTHING = "\u200b"  # after a command that ends a word: readers lose what follows `{}` there, or fail


def key(document: StoredDocument) -> str:
    """The key of a document, the same in every export: its outlet, its year, its id.

    It is ASCII, in small letters: readers may not tell others apart.
    """
    outlet = unicodedata.normalize("NFKD", document.outlets[0] if document.outlets else "document")
    letters = re.sub("[^a-z0-9]", "", outlet.encode("ascii", "ignore").decode().lower())
    return f"{letters or 'document'}{document.published.year}-{document.id}"


def tex(text: str, *, is_title: bool = False) -> str:
    """A text as TeX writes it; in a title, words with capitals keep them.

    Each run of white space becomes one space, and braces become parentheses.

    >>> tex("R&D -- 5%")
    'R\\\\&D -{}- 5\\\\%'
    >>> tex("A film of Zoë", is_title=True)
    '{A} film of {Zoë}'
    """
    words = []
    for word in text.translate(BRACES).split():
        keeps = is_title and word != word.lower()
        escaped = _word(word)
        words.append("{" + escaped.replace(APART, "}{") + "}" if keeps else escaped.replace(APART, "{}"))
    return " ".join(words)


def _word(word: str) -> str:
    parts = []
    for char, after in pairwise([*word, ""]):
        escape = ESCAPES.get(char, char)
        if len(escape) > 2:  # a command of letters, that goes on until something else comes
            escape += NOTHING if not after or char + after in LIGATURES else " " if after.isalpha() else ""
        parts.append(escape + (APART if char + after in LIGATURES else ""))
    return "".join(parts)


def quoted(one: Evidence, names: Mapping[str, str]) -> str:
    """A quote with where it stands, what it was read as, whose word it is, and when that happened.

    White space in it is told as single spaces.
    """
    fields = evidence_fields(one, names)
    third = f", {fields['third_name']}" if fields["third"] else ""
    return (f"“{' '.join(one.quote.split())}” (characters {fields['begin_char']} to {fields['end_char']}; "
            f"{fields['source_name']} {fields['type']} {fields['target_name']}{third}; {fields['modality']}; "
            f"said by {fields['speaker_name']}; happened {fields['happened']}; claim {fields['claim']})")


@dataclass(frozen=True, slots=True)
class BibTeX:
    """Writes one entry a document; of evidence, with the quotes in its annotation."""

    name: str = "bibtex"
    suffix: str = ".bib"
    subjects: tuple[str, ...] = ("evidence", "documents")

    def write(self, ledger: Ledger, file: BinaryIO, wanted: Wanted) -> Written:
        """One document after another; of evidence those that have some."""
        names = {actor.id: actor.name for actor in ledger.actors()}
        characters, count, braces = Characters(), 0, 0
        for document, evidence in ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact):
            told = evidence if wanted.subject == "evidence" else ()
            if told or wanted.subject == "documents":
                quotes = [quoted(one, names) for one in told]
                braces += sum(map(_braces, (document.author, document.title or document.name, *document.outlets,
                                            *quotes)))
                file.write(characters.legal(_entry(document, quotes)).encode())
                count += 1
        told_of = (f"{braces} braces became parentheses: many readers of BibTeX fail on others.",) if braces else ()
        return Written(count, "entries", characters.notes("BibTeX") + told_of)


def _braces(text: str | None) -> int:
    return sum((text or "").count(brace) for brace in "{}")


def _entry(document: StoredDocument, quotes: Sequence[str]) -> str:
    published = document.published
    month = MONTHS[published.month - 1] if published.month else ""
    day = f' # "~{published.day}"' if published.day else ""
    fields = {
        "author": f"{{{{{tex(document.author)}}}}}" if document.author else "",
        "title": f"{{{tex(document.title or document.name, is_title=True)}}}",
        "journal": f"{{{tex('; '.join(document.outlets))}}}" if document.outlets else "",
        "year": str(published.year), "month": f"{month}{day}", "date": f"{{{published}}}",
        "url": f"{{{_address(document.url)}}}" if document.url else "",
        "language": f"{{{tex(document.language)}}}",
        "annote": f"{{{tex(' '.join(quotes))}}}" if quotes else "",
    }
    kind = "misc" if document.format == EVENTS_FORMAT or not document.outlets else "article"
    said = ",\n".join(f"  {name} = {value}" for name, value in fields.items() if value)
    return f"@{kind}{{{key(document)},\n{said}\n}}\n\n"


def _address(url: str) -> str:
    """An address as `\\url` takes it: as it is, without what would end it."""
    return re.sub(r"[\s{}\\]", lambda found: "".join(f"%{byte:02X}" for byte in found.group().encode()), url)


BIBTEX = BibTeX()

"""A distribution as somebody else would make it: one plug-in of each kind."""

from __future__ import annotations

import re
from itertools import pairwise

from sides.documents.extractor import Extracted
from sides.export.exporter import Written
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType
from sides.model.dates import PartialDate
from sides.model.errors import MalformedInput


class TinyReader:
    """Reads that one actor thanked another."""

    name = "tiny"
    version = "1"

    def read(self, parsed, resolution):
        text = parsed.document.text
        claims = {}
        for one, other in pairwise(resolution.mentions):
            if text[one.end_char:other.begin_char] == " thanked " and one.actor != other.actor:
                claim = Claim(
                    document=parsed.document.id, begin_char=one.begin_char, end_char=other.end_char,
                    quote=text[one.begin_char:other.end_char], source=one.actor, target=other.actor,
                    type=ClaimType.SUPPORT, sign=1, layer=ClaimType.SUPPORT.meaning.layer, confidence=0.9,
                    reader=self.name, reader_version=self.version, trigger="thanked", source_text=one.text,
                    target_text=other.text)
                claims[claim.id] = claim
        return sorted(claims.values(), key=lambda claim: (claim.begin_char, claim.id))


class TinyWatch:
    """A dataset of incidents."""

    name = "tiny-watch"
    version = "1"

    def mapping(self):
        return '''
            [dataset]
            name = "tiny-watch"
            [table]
            files = ["tiny-*.csv"]
            columns = ["nr", "day", "who", "whom", "what"]
            [event]
            id = ["nr"]
            start = { column = "day" }
            [[claim]]
            source = { name = "who" }
            target = { name = "whom" }
            type = { column = "what", values = { shelling = "ASSAULT", talks = "CONSULT" } }
            '''


class Note:
    """Notes: a line of marks, a title, a date, and the text."""

    name = "note"
    version = "1"

    def extract(self, name, content):
        found = re.fullmatch(rb"%NOTE\n(.*)\n(\d{4}-\d\d-\d\d)\n(.+)\n%END\n", content, re.S)
        if not found:
            raise MalformedInput(name, "is no note, or a part of one", "Save it again.")
        title, day, text = (part.decode("utf-8", "replace") for part in found.groups())
        return Extracted(text=text, title=title, published=PartialDate.parse(day))


class TinyList:
    """A line a claim: who, to whom, and the quote."""

    name = "tiny-list"
    suffix = ".list"
    subjects = ("claims",)

    def write(self, ledger, file, wanted):
        count = 0
        for _, evidence in ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact):
            for one in evidence:
                line = f"{one.claim.source} -> {one.claim.target}: {' '.join(one.quote.split())}\n"
                file.write(line.encode("utf-8", "surrogatepass"))
                count += 1
        return Written(count, "claims")

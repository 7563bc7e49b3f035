"""Evidence as plain values: the one shape in which a quote, where it stands and whose word it is leave the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sides.report.tie import evidence_record
from sides.ties.evidence import Evidence


def evidence_fields(one: Evidence, names: Mapping[str, str]) -> dict[str, Any]:
    """A piece of evidence as plain values, with the sentence around its quote, and both its dates.

    `names`: for the id of an actor, the name by which it goes. Offsets are characters of the document's stored text.
    """
    before, _, after = one.sentence
    claim, document = one.claim, one.document
    return {**evidence_record(one), "before": before, "after": after,
            "fields": [{"name": name, "value": value} for name, value in one.fields], "title": document.title,
            "author": document.author, "url": document.url, "language": document.language, "format": document.format,
            "is_undated": one.is_undated, "layer": claim.layer.value,
            "source_name": names.get(claim.source, claim.source), "target_name": names.get(claim.target, claim.target),
            "third_name": names.get(claim.third, claim.third) if claim.third else None,
            "reader": claim.reader, "reader_version": claim.reader_version, "trigger": claim.trigger}

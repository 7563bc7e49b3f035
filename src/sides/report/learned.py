"""The encoder at work: what it finds likely in a sentence, the training claims most like that, and what it drops."""

from __future__ import annotations

from typing import Any

from sides.claims.learned.explain import Dropped, Likely
from sides.report.quotes import shortened


def likely_lines(likely: Likely) -> list[str]:
    """A likely claim, what its confidence is weighed from, a line for each training claim that it is most like."""
    third = f" (with {likely.third})" if likely.third else ""
    too = "the grammar reads it too" if likely.is_read_by_grammar else "the grammar does not read it"
    end = f"no claim of its own: {likely.why}" if likely.why else f"confidence {likely.confidence:.2f}"
    return [f"likely: {likely.source} {likely.type} {likely.target}{third}, {likely.share:.2f}, "
            f"by “{likely.trigger}”; {too}; {end}",
            f"weighed: {', '.join(likely.reasons) or 'nothing speaks for or against it'}",
            *(f"like {one.key} ({one.likeness:.2f}): {one.source} {one.type} {one.target}, “{one.trigger}” in "
              f"“{shortened(one.text)}”" for one in likely.precedents)]


def dropped_line(dropped: Dropped) -> str:
    """A reading of the grammar that no claim comes of, and why."""
    third = f" (with {dropped.third})" if dropped.third else ""
    share = f" ({dropped.share:.2f})" if dropped.share is not None else ""
    return (f"dropped: {dropped.source} {dropped.type} {dropped.target}{third}, by “{dropped.trigger}”, "
            f"{dropped.confidence:.2f} by the grammar: {dropped.why}{share}")


def likely_record(likely: Likely) -> dict[str, Any]:
    """A likely claim as plain values for JSON."""
    return {"source": likely.source, "type": likely.type.value, "target": likely.target, "third": likely.third,
            "share": round(likely.share, 4), "trigger": likely.trigger,
            "is_read_by_grammar": likely.is_read_by_grammar, "confidence": likely.confidence,
            "reasons": list(likely.reasons), "claim": likely.claim.id if likely.claim else None, "why": likely.why,
            "nearest": [{"key": one.key, "likeness": one.likeness, "source": one.source, "type": one.type,
                         "target": one.target, "trigger": one.trigger, "text": one.text}
                        for one in likely.precedents]}


def dropped_record(dropped: Dropped) -> dict[str, Any]:
    """A dropped reading as plain values for JSON."""
    return {"begin_char": dropped.begin_char, "trigger": dropped.trigger, "source": dropped.source,
            "type": dropped.type.value, "target": dropped.target, "third": dropped.third,
            "confidence": dropped.confidence,
            "share": None if dropped.share is None else round(dropped.share, 4), "why": dropped.why}

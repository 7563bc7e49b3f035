"""Which of the readers that need no network reads."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """The grammar alone, the encoder alone, or the grammar's readings weighed and added to by the encoder."""

    GRAMMAR = "grammar"
    LEARNED = "learned"
    BOTH = "both"


# Names under which claims are read already, also by what is no mode: no plug-in may take one.
TAKEN = (*(mode.value for mode in Mode), "llm", "events", "imported")

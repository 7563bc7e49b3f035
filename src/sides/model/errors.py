"""What can go wrong, as one tree.

```
SidesError
├── InputError               an input is left out; the rest is read
│   ├── MissingInput         no such file, folder or address
│   ├── UnreachableInput     a URL or feed did not answer with a document
│   ├── UnknownFormat        not a format that is read
│   ├── BinaryInput          says it is text, but is not
│   ├── EmptyInput           no text in it
│   ├── TooLargeInput        past the size that one document may have
│   ├── MalformedInput       a damaged file of a known format
│   ├── UnsupportedLanguage  a language that no reader reads
│   ├── UndatedDocument      no date that can be trusted
│   ├── UnreadableDocument   a reader failed on it
│   └── UnaskedDocument      a language model was not asked about all of it
├── DateError                not a date
├── LanguageModelError       the language pipeline is missing, altered or of another version
├── RegistryError            a registry or overlay row that makes no sense
├── LexiconError             a lexicon row that makes no sense
├── UnknownActor             a name that no actor of the ledger bears
├── AmbiguousActor           a name that several actors bear
├── LensError                not a choice of voices
├── FrameError               no such table, or no polars to make a data frame with
├── ExportError              no such format, or one that does not write what is wanted
├── MappingError             a mapping of an event table that makes no sense
├── ModelError               numbers of the model of ties that make no sense, or cannot be fitted
├── NetworkError             a signed network, or a question about it, that makes no sense
├── ForecastError            events, a question about them or a back-test that makes no sense
├── DecisionError            a judgement of an actor that makes no sense
├── EndpointError            a language model cannot be asked: no client, a refused key, an unknown model
├── PluginError              what another distribution adds cannot be loaded, or failed
├── EngineError              what should have run the work cannot be started, or gave up
├── NoEvidence               nothing that counts is told of what is asked
├── MissingExtra             a part of `sides` that is installed by itself is not
├── BrowserError             no browser to print with, or one that prints nothing
└── LedgerError
    ├── NotALedger           the folder holds something else, or nothing
    ├── UnknownVersion       the ledger has no such version
    ├── UnknownClaim         the ledger has no such claim
    ├── IncompatibleLedger   written under a newer schema than this one
    └── LedgerBusy           another writer got in the way, and waiting did not help
```
"""

from __future__ import annotations

from collections.abc import Sequence


class SidesError(Exception):
    """Anything that `sides` raises on purpose."""


class InputError(SidesError):
    """One input cannot be read: which, why, and what to do about it."""

    def __init__(self, name: str, reason: str, remedy: str) -> None:
        self.name, self.reason, self.remedy = name, reason, remedy
        super().__init__(f"{name!r} {reason}. {remedy}")

    def __reduce__(self) -> tuple[type[InputError], tuple[str, str, str]]:
        return (type(self), (self.name, self.reason, self.remedy))


class MissingInput(InputError):
    """There is no such file, folder or address."""


class UnreachableInput(InputError):
    """A URL or feed did not answer with a document."""


class UnknownFormat(InputError):
    """Not a format that is read."""


class BinaryInput(InputError):
    """Its name or place says text, its bytes do not."""


class EmptyInput(InputError):
    """There is no text in it."""


class TooLargeInput(InputError):
    """Longer than one document may be."""


class MalformedInput(InputError):
    """A damaged file of a known format."""


class UnsupportedLanguage(InputError):
    """A language that no reader reads."""


class UndatedDocument(InputError):
    """No date could be trusted and none was given."""


class UnreadableDocument(InputError):
    """A reader failed on it: a fault of ours, that costs this document alone."""


class UnaskedDocument(InputError):
    """A language model was not asked about all of it: the budget was used up, or the endpoint gave no answer."""


class DateError(SidesError, ValueError):
    """A text that should be a date is none."""


class LanguageModelError(SidesError):
    """The language pipeline is missing, altered, or of another version."""


class RegistryError(SidesError):
    """A row of the actor registry or of an overlay makes no sense."""


class LexiconError(SidesError):
    """A row of the lexicon makes no sense."""


class UnknownActor(SidesError):
    """No actor of the ledger bears this name."""

    def __init__(self, name: str, similar: Sequence[str] = ()) -> None:
        self.name, self.similar = name, tuple(similar)
        hint = f" Near it: {', '.join(self.similar)}." if self.similar else ""
        super().__init__(f"No actor here is called {name!r}.{hint} `sides who` lists the actors of a ledger.")


class AmbiguousActor(SidesError):
    """Several actors of the ledger bear this name."""

    def __init__(self, name: str, candidates: Sequence[str]) -> None:
        self.name, self.candidates = name, tuple(candidates)
        super().__init__(f"{name!r} may be {', '.join(self.candidates)}. Use one of these ids.")


class LensError(SidesError, ValueError):
    """Not a choice of voices."""


class FrameError(SidesError):
    """A data frame cannot be made: there is no such table, or polars is not installed."""


class ExportError(SidesError):
    """Something cannot be exported so: there is no such format, or it does not write what is wanted."""


class MappingError(SidesError):
    """A mapping of an event table makes no sense: which file, where, why."""


class ModelError(SidesError, ValueError):
    """Numbers of the model of ties make no sense, or cannot be fitted."""


class NetworkError(SidesError):
    """A signed network, or a question about it, makes no sense: what, and what to give instead."""


class ForecastError(SidesError, ValueError):
    """Events, a question about what is to come, or a back-test makes no sense: what, and what to give instead."""


class DecisionError(SidesError, ValueError):
    """A judgement of who an actor is makes no sense."""


class EndpointError(SidesError):
    """A language model cannot be asked: no client, no address, a refused key, an unknown model; and what to do."""


class PluginError(SidesError):
    """What another distribution adds cannot be loaded, or failed: which, whose, and why."""


class PluginWarning(UserWarning):
    """What another distribution adds is passed over: which, whose, and why. The rest goes on."""


class EngineError(SidesError):
    """What should have run the work cannot be started, or gave up: which engine, why, and what to do."""


class NoEvidence(SidesError):
    """Nothing that counts is told of what is asked: by which clocks and voices, and what to ask instead."""


class MissingExtra(SidesError):
    """A part of `sides` that is installed by itself is not: which, and how it is."""


class BrowserError(SidesError):
    """There is no browser to print a page with, or it prints nothing: which was tried, and what to do."""


class LedgerError(SidesError):
    """A ledger cannot be opened, read or written."""


class NotALedger(LedgerError):
    """The folder holds something else than a ledger, or nothing."""


class UnknownVersion(LedgerError):
    """The ledger has no such version."""


class UnknownClaim(LedgerError):
    """The ledger has no such claim."""


class IncompatibleLedger(LedgerError):
    """The ledger was written under a newer schema than this release knows."""


class LedgerBusy(LedgerError):
    """Another writer got in the way, and waiting did not help."""


def is_interrupt(error: BaseException) -> bool:
    """Whether the user interrupted; where DuckDB was at work then, it makes a `RuntimeError` of that."""
    return isinstance(error, KeyboardInterrupt) or str(error) == "Query interrupted"

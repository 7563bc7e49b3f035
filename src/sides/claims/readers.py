"""The readers by their names: those that need no network, by mode; and those of plug-ins."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.grammar.reader import GrammarReader
from sides.claims.guest import Guest
from sides.claims.learned.reader import LearnedReader
from sides.claims.mode import Mode


def reader_of(mode: Mode, own: Sequence[Path | LexiconFile] = ()) -> GrammarReader | LearnedReader:
    """The reader of a mode, with own files of entries laid over the lexicon.

    Raises `LexiconError` if a row of a file makes no sense, `LanguageModelError` if the encoder cannot be loaded.
    """
    return GrammarReader.load(own) if mode is Mode.GRAMMAR else LearnedReader.load(mode, own)


def reader_named(name: str, own: Sequence[Path | LexiconFile] = ()) -> GrammarReader | LearnedReader | Guest:
    """The reader of a mode, or the plug-in of this name, which reads with nothing but its own.

    Raises as `reader_of` does, and `PluginError` if no reader has this name or it cannot be loaded.
    """
    return reader_of(Mode(name), own) if name in list(Mode) else Guest.load(name)

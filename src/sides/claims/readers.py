"""The readers that need no network, by mode."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.grammar.reader import GrammarReader
from sides.claims.learned.reader import LearnedReader
from sides.claims.mode import Mode


def reader_of(mode: Mode, own: Sequence[Path | LexiconFile] = ()) -> GrammarReader | LearnedReader:
    """The reader of a mode, with own files of entries laid over the lexicon.

    Raises `LexiconError` if a row of a file makes no sense, `LanguageModelError` if the encoder cannot be loaded.
    """
    return GrammarReader.load(own) if mode is Mode.GRAMMAR else LearnedReader.load(mode, own)

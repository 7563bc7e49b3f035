"""The language that a text is written in, told by its commonest words and its script."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache

from sides.documents.tables import table

WORD = re.compile(r"[^\W\d_]+")
MAX_WORDS = 1200  # enough to tell, and no burden in a long text
ASCII_LETTER = re.compile(r"[A-Za-z]+")
# Below this, too few function words stand in a text to tell: it has the benefit of the doubt.
MIN_WORDS = 25
# In running English about 40 words in 100 are on its list, in headlines and tables of names 15 to 25; texts of other
# languages reach up to 6 in 100 by chance and quotation. Watched by tests/documents/test_language.py.
MIN_ENGLISH = 0.09
# A language on the list must explain this share of the words, and more of them than English does.
MIN_OTHER = 0.08
MIN_SCRIPT = 0.5  # share of letters in another script from which a text is not in English
UNDETERMINED = "und"


def detect(text: str) -> str | None:
    """The ISO 639-1 code of a text's language, `und` if it is surely not English but unknown, None if too short.

    >>> detect("Il a dit que les négociations entre le gouvernement et les rebelles avaient échoué dans la nuit, et "
    ...        "que le président ne voulait plus parler avec eux avant la fin de la semaine.")
    'fr'
    >>> detect("Ceasefire!") is None
    True
    """
    sample = text[:MAX_WORDS * 10]
    words = [word.casefold() for word in WORD.findall(sample)[:MAX_WORDS]]
    script = _script(sample)
    if script is not None:
        by_words = _best(words, script)
        return by_words or script
    if len(words) < MIN_WORDS:
        return None
    shares = _shares(words)
    other, share = max(((code, share) for code, share in shares.items() if code != "en"),
                       key=lambda pair: (pair[1], pair[0]))
    if share >= MIN_OTHER and share > shares["en"]:
        return other
    return "en" if shares["en"] >= MIN_ENGLISH else UNDETERMINED


def name_of(code: str) -> str:
    """What a language is called in English.

    >>> name_of("fr"), name_of("xx")
    ('French', 'xx')
    """
    name: str = table("languages")["names"].get(code.partition("-")[0].lower(), code)
    return name


def _shares(words: list[str]) -> dict[str, float]:
    """The share of words that are function words of each language."""
    known = _function_words()
    counts = Counter(code for word in words for code in known.get(word, ()))
    return {code: counts[code] / len(words) for code in table("languages")["words"]}


def _best(words: list[str], script: str) -> str | None:
    """The language whose words are commonest, among those that share the script of `script`."""
    if len(words) < MIN_WORDS:
        return None
    shares = _shares(words)
    other, share = max(((code, share) for code, share in shares.items() if code != "en"),
                       key=lambda pair: (pair[1], pair[0]))
    return other if share >= MIN_OTHER else None


@cache
def _function_words() -> Mapping[str, tuple[str, ...]]:
    """The languages in which each word is a function word."""
    found: dict[str, list[str]] = {}
    for code, words in sorted(table("languages")["words"].items()):
        for word in sorted(set(words.split())):
            found.setdefault(word, []).append(code)
    return {word: tuple(codes) for word, codes in found.items()}


@cache
def _scripts() -> Mapping[str, re.Pattern[str]]:
    patterns = {}
    for code, ranges in table("languages")["scripts"].items():
        bounds = [tuple(chr(int(bound, 16)) for bound in written.split("-")) for written in ranges]
        patterns[code] = re.compile("[" + "".join(f"{first}-{last}" for first, last in bounds) + "]")
    return patterns


def _script(text: str) -> str | None:
    """The language that stands for a script in which most letters are, if that is not the Latin one."""
    latin = sum(map(len, ASCII_LETTER.findall(text)))
    if latin > MIN_SCRIPT * len(text):
        return None
    letters = sum(character.isalpha() for character in text)
    if letters < 10:
        return None
    counts = {code: len(pattern.findall(text)) for code, pattern in _scripts().items()}
    if sum(counts.values()) < MIN_SCRIPT * letters:
        return None
    if counts["ja"] > 0.1 * counts["zh"] and counts["ja"] > 0:
        return "ja"
    return max(sorted(counts), key=lambda code: counts[code])

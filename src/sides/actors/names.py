"""Names as keys: one folded form for every way of typing a name, and a test for spellings of one person's name.

Arabic, Persian, Slavic and Turkic names reach English in many spellings. Two full names may be one if the consonants of
their first and last parts agree after known equivalences (kh, gh, q, g and k; sh and s; dh and d) and the vowels
between them do not contradict each other. The second half matters: without it Jamal is Jamil and Salman is Soleimani.
"""

from __future__ import annotations

import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product

APOSTROPHES = "'’‘ʼʻʿʾ`´′ʹ＇"
POSSESSIVE = re.compile(rf"(?<=\w)[{APOSTROPHES}][sS](?!\w)")
APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
NOT_WORD = re.compile(r"[\W_]+")
# Letters that Unicode does not take apart into a letter and an accent.
WHOLE_LETTERS = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "ı": "i", "ß": "ss", "æ": "ae", "œ": "oe", "þ": "th", "ə": "a", "ħ": "h",
})
PARTICLES = frozenset((
    "al", "el", "ad", "as", "ar", "an", "at", "ash", "ed", "es", "er", "en", "et", "az", "ul", "il",
    "de", "da", "do", "dos", "la", "le", "van", "von", "der", "den", "di", "du",
))
FILIATION = frozenset(["bin", "ibn", "ben", "bint"])
HONORIFICS = frozenset((
    "sheikh", "shaikh", "shaykh", "sayyid", "sayed", "sayyed", "seyyed",
    "imam", "mullah", "mulla", "maulvi", "ayatollah",
))
SUFFIXES = frozenset(["jr", "sr", "i", "ii", "iii", "iv", "v"])
VOWELS = frozenset("aeiouy")
# Family names that the romanizations of Korean write with other consonants; they stand first, before two syllables.
KOREAN_SURNAMES = {
    "lee": "yi", "rhee": "yi", "ri": "yi", "park": "pak", "rim": "im", "lim": "im", "roh": "no", "noh": "no",
    "ryu": "yu", "yoo": "yu", "jeon": "chon", "chun": "chon", "jung": "chong", "jeong": "chong", "chung": "chong",
    "jo": "cho", "jang": "chang", "joo": "chu", "ju": "chu", "moon": "mun",
}
KOREAN_PARTS = 3
# Longest first; each is one sound as transliterations write it. "C" is the ch of church.
SOUNDS = (
    ("shch", "C"), ("sch", "s"), ("tch", "C"), ("kh", "k"), ("gh", "k"), ("sh", "s"), ("ch", "C"), ("th", "t"),
    ("dh", "d"), ("zh", "j"), ("dj", "j"), ("dzh", "j"), ("ph", "f"), ("ck", "k"), ("q", "k"), ("x", "ks"),
)
# The least likeness of two whole names whose sounds agree; below it they share too few letters to be spellings of one.
LEAST_LIKENESS = 0.6

Sounds = tuple[str, tuple[str, ...]]  # consonants, and the vowels before, between and after them


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """One key for all ways of typing a name: small letters, no accents, apostrophes, possessives or punctuation.

    >>> fold("Bashar Al-Assad’s")
    'bashar al assad'
    >>> fold("Mash'al"), fold("Erdoğan"), fold("U.S.")
    ('mashal', 'erdogan', 'u s')
    """
    if text.isascii():
        if text.isalnum():
            return text.lower()
        if "'" not in text and "`" not in text:
            return NOT_WORD.sub(" ", text).strip().lower()
        plain = text
    else:
        parts = unicodedata.normalize("NFKD", text.lower().translate(WHOLE_LETTERS))
        plain = "".join(letter for letter in parts if not unicodedata.combining(letter))
    plain = APOSTROPHE.sub("", POSSESSIVE.sub("", plain))
    return NOT_WORD.sub(" ", plain).strip().lower()


def skeleton(name: str) -> str:
    """The consonants of a person's name under the equivalences of transliteration, particles left out.

    Two spellings of a name nearly always share it, and so do many different names: it finds candidates, and
    `is_same_person_name` decides.

    >>> skeleton("Muammar al-Gaddafi"), skeleton("Moammar Qadhafi")
    ('mmr kdf', 'mmr kdf')
    """
    return " ".join(_sounds(part)[0][0] for part in _parts(fold(name)))


def ends(name: str) -> str:
    """How many consonants the first part of a full name has, and those of its last part but the first: what all
    spellings that we link share, g and j apart. Empty for a lone name.

    >>> ends("Muammar al-Gaddafi") == ends("Moammar Qadhafi"), ends("Madonna")
    (True, '')
    """
    parts = _parts(fold(name))
    return f"{len(_sounds(parts[0])[0][0])} {_sounds(parts[-1])[0][0][1:]}" if len(parts) > 1 else ""


def is_same_person_name(a: str, b: str) -> bool:
    """Whether two full names may be spellings of one name.

    Needs at least two parts in each: a lone surname is nobody's. First and last parts must agree in sound; parts
    between them must agree where both names have them.

    >>> is_same_person_name("Khaled Meshaal", "Khalid Mash'al")
    True
    >>> is_same_person_name("Jamal Mazhar", "Jamil Mazhar")
    False
    """
    folded_a, folded_b = fold(a), fold(b)
    if folded_a == folded_b:
        return len(folded_a.split()) > 1
    parts_a, parts_b = _parts(folded_a), _parts(folded_b)
    if _suffix(folded_a) != _suffix(folded_b) or min(len(parts_a), len(parts_b)) < 2:
        return False
    if not (_is_same_part(parts_a[0], parts_b[0]) and _is_same_part(parts_a[-1], parts_b[-1])):
        return False
    middle_a, middle_b = parts_a[1:-1], parts_b[1:-1]
    if middle_a and middle_b:
        if len(middle_a) != len(middle_b) or not all(map(_is_same_part, middle_a, middle_b)):
            return False
    elif any(len(part) == 1 for part in middle_a + middle_b):
        return False  # an initial tells two bearers of one name apart
    return _likeness(" ".join((parts_a[0], parts_a[-1])), " ".join((parts_b[0], parts_b[-1]))) >= LEAST_LIKENESS


def _suffix(folded: str) -> str:
    last = folded.rsplit(" ", 1)[-1]
    return last if last in SUFFIXES else ""


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


@lru_cache(maxsize=65536)
def _parts(folded: str) -> tuple[str, ...]:
    """The parts of a name that count: no titles, articles or "son of"; "Abu X" and "Abd al-X" are one part."""
    words = [word for word in folded.split() if word not in HONORIFICS]
    if words and words[-1] in SUFFIXES and len(words) > 2:
        words.pop()
    parts: list[str] = []
    joined = ""
    for place, word in enumerate(words):
        if word in ("abu", "abou", "abo", "abd", "abdul", "abdel", "abdal", "abdol") and place + 1 < len(words):
            joined = "abu" if word in ("abu", "abou", "abo") else "abd"
        elif (word in PARTICLES and place + 1 < len(words)) or (word in FILIATION and place > 0):
            continue
        else:
            parts.append(joined + word if joined else _servant(word))
            joined = ""
    if len(parts) == KOREAN_PARTS and parts[0] in KOREAN_SURNAMES:
        parts[0] = KOREAN_SURNAMES[parts[0]]
    return tuple(parts)


def _servant(word: str) -> str:
    """Abdelaziz, Abdulaziz and Abd al-Aziz, Abdurrahman and Abd al-Rahman alike."""
    found = re.fullmatch(r"abd[aeiou](?:l(?!lah?$)|([rszdnt])(?=\1))(\w{3,})", word)
    return "abd" + found.group(2) if found else word


def _is_same_part(a: str, b: str) -> bool:
    if a == b:
        return True
    if len(a) == 1 or len(b) == 1:
        return False
    return any(one[0] == other[0] and _vowels_agree(one[1], other[1]) for one, other in product(_sounds(a), _sounds(b)))


@lru_cache(maxsize=65536)
def _sounds(part: str) -> tuple[Sounds, ...]:
    """The ways to hear one part of a name: g as k or j, w as v or as a vowel."""
    word = re.sub(r"[aou]ll?ah?$", "alah", part) if len(part) > 5 and re.search(r"[aou]llah?$", part) else part
    word = re.sub(r"o(?:v|ff)$|ow$", "ev", word) if len(word) > 4 else word
    word = re.sub(r"(?:iy|yy|ij|yi)$", "y", word)
    word = re.sub(r"(?<=[aeiou])j$|(?<=e)hi$", "i", word)  # Alexej; Khamenehi
    for written, sound in SOUNDS:
        word = word.replace(written, sound)
    word = re.sub(r"c$", "C", word) if word.endswith("ic") and len(word) > 4 else word
    word = re.sub(r"c(?=[eiy])", "s", word).replace("c", "k")
    hearings = [word.replace("g", "k")]
    if "g" in word:
        hearings.append(word.replace("g", "j"))
    if "w" in word:
        hearings += [hearing.replace("w", "v") for hearing in hearings]
    return tuple(dict.fromkeys(_split(hearing) for hearing in hearings))


def _split(word: str) -> Sounds:
    """Consonants and the vowel classes around them: "soleimani" is slmn with u, i, a, i."""
    if word.endswith("h") and len(word) > 2 and word[-2] in VOWELS:
        word = word[:-1]
    consonants: list[str] = []
    vowels = [""]
    for letter in word:
        if letter in VOWELS or letter == "w":
            vowels[-1] += letter
        elif consonants and consonants[-1] == letter and not vowels[-1]:
            continue
        else:
            consonants.append(letter)
            vowels.append("")
    return "".join(consonants), tuple(vowels)


def _vowels_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    inner = [place for place in range(1, len(a) - 1) if a[place] or b[place]]
    last_inner = inner[-1] if inner else 0
    for place, (one, other) in enumerate(zip(a, b, strict=True)):
        if one == other:
            continue
        is_weak = 0 < place < len(a) - 1 and len(one) <= 1 and len(other) <= 1
        if place == last_inner:  # weak only where it may drop out before a last vowel: Zawahiri, Zawahri
            is_weak = is_weak and bool(a[-1] and b[-1]) and "" in (one, other)
        if not _vowel_agrees(_class(one), _class(other), is_weak):
            return False
    return True


def _class(vowels: str) -> str:
    if any(letter in "ouw" for letter in vowels):
        return "u"
    if "ee" in vowels or any(letter in "iy" for letter in vowels):
        return "i"
    return "e" if "e" in vowels and "ea" not in vowels else vowels[:1]


def _vowel_agrees(one: str, other: str, is_weak: bool) -> bool:
    """`is_weak`: a short vowel before the last syllable, where spellings differ most (Mishal, Mashal; Sleiman)."""
    if one == other or {one, other} in ({"e", "a"}, {"e", "i"}):
        return True
    return is_weak and ("u" not in (one, other) or "" in (one, other))

import re
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from sides.claims.grammar.lexicon import FILES, Lexicon, lists_digest, words
from sides.model.claim_type import ClaimType
from sides.model.errors import LexiconError

PLACE = files("sides") / "data" / "lexicon"


def copied(tmp_path: Path) -> Path:
    for name in FILES:
        (tmp_path / name).write_bytes((PLACE / name).read_bytes())
    return tmp_path


def test_the_lexicon_is_large_enough_for_texts_on_any_conflict() -> None:
    size = Lexicon.load().size
    assert size["verbs"] >= 500 + 100
    assert size["directed"] + size["mutual"] + size["agents"] >= 250
    assert size["adjectives"] >= 80
    classes = tomllib.loads((PLACE / "idioms.toml").read_text(encoding="utf-8"))["class"]
    assert len({phrase for row in classes for phrase in words(row["idioms"])}) >= 100


def test_every_type_of_event_and_tie_can_be_said() -> None:
    lexicon = Lexicon.load()
    said = {entry.type for part in (lexicon.verbs, lexicon.directed, lexicon.mutual, lexicon.agents, lexicon.adjectives)
            for rows in part.values() for entry in rows} | set(lexicon.aspects["verbs"].values())
    said |= {office.relation for rows in lexicon.offices.values() for office in rows}
    assert said >= set(ClaimType)


def test_what_an_entry_needs_is_listed() -> None:
    lexicon = Lexicon.load()
    needs = {entry.needs for rows in lexicon.verbs.values() for entry in rows} - {None, "infinitive", "plain", "pledge"}
    assert needs <= set(lexicon.objects)


def test_lemmas_are_lower_case_and_free_of_stray_marks() -> None:
    for name in FILES:
        for listing in re.findall(r'(?:lemmas|idioms|nouns|adjectives|verbs|heads|implied) = (?:"""(.*?)"""|"(.*?)")',
                                  (PLACE / name).read_text(encoding="utf-8"), re.DOTALL):
            for phrase in words("".join(listing)):
                assert re.fullmatch(r"[\w'’ *éêôçè-]+", phrase), (name, phrase)


@pytest.mark.parametrize(("name", "old", "new"), [
    ("verbs.toml", 'type = "ACCUSE"', 'type = "SCOLD"'),
    ("verbs.toml", 'target = "obj"', 'aim = "obj"'),
    ("offices.toml", 'kinds = "person"', 'kinds = "robot"'),
    ("aspects.toml", "[STRAINED]", "[FRAYED]"),
    ("nouns.toml", "\n[[directed]]", "\n[[directed"),
    ("idioms.toml", 'type = "SUPPORT"', 'type = "SUPPORT"\nsign = 7'),
    ("adjectives.toml", 'type = "HOSTILE"', 'type = "HOSTILE"\nlayer = "cake"'),
])
def test_a_row_that_makes_no_sense_is_named(tmp_path: Path, name: str, old: str, new: str) -> None:
    file = copied(tmp_path) / name
    file.write_text(file.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LexiconError, match=re.escape(name.removesuffix(".toml"))):
        Lexicon.load(tmp_path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    (copied(tmp_path) / "nouns.toml").unlink()
    with pytest.raises(LexiconError, match="nouns"):
        Lexicon.load(tmp_path)


def test_another_word_is_another_lexicon(tmp_path: Path) -> None:
    file = copied(tmp_path) / "verbs.toml"
    before = Lexicon.load(tmp_path)
    more = '\n[[class]]\ntype = "ASSAULT"\nlemmas = "zap"\n'
    file.write_text(file.read_text(encoding="utf-8") + more, encoding="utf-8")
    after = Lexicon.load(tmp_path)
    assert before.digest != after.digest
    assert "zap" in after.verbs and "zap" not in before.verbs


@pytest.mark.parametrize("name", ["reasons.toml", "amounts.toml", "frames.toml", "modality.toml", "verbs.toml"])
def test_a_word_more_in_any_list_gives_another_digest(tmp_path: Path, name: str) -> None:
    for file in PLACE.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    assert lists_digest(tmp_path) == lists_digest()
    with (tmp_path / name).open("a", encoding="utf-8") as listing:
        listing.write("\n# Another word.\n")
    assert lists_digest(tmp_path) != lists_digest()

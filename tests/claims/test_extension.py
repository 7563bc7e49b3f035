import re
from pathlib import Path

import pytest

from sides.claims.grammar.extension import extended
from sides.claims.grammar.lexicon import Lexicon
from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.grammar.reader import GrammarReader
from sides.model.errors import LexiconError

from .grammar_reading import parsed, resolved

OWN = """
[[class]]
type = "SUPPORT"
target = "obj"
lemmas = "cradle"
[[class]]
type = "STRAINED"
idioms = "build wall before"
[[class]]
type = "FRIENDLY"
target = "with"
adjectives = "blue"
[[directed]]
type = "ACCUSE"
target = "at"
nouns = "philippic"
[[mutual]]
type = "CONSULT"
nouns = "palaver"
[[agent]]
type = "FRIENDLY"
nouns = "lodger"
[[office]]
relation = "LEADS"
kinds = "person"
of = "state|organization"
preps = "of"
nouns = "helmsman"
"""


def own(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    return file


@pytest.mark.parametrize(("text", "claim"), [
    ("Turkey cradled Syria for years.", "turkey SUPPORT syria"),
    ("Hungary built a wall before Poland.", "hungary STRAINED poland"),
    ("Syria is blue with Turkey.", "syria FRIENDLY turkey"),
    ("Iran's philippic at Israel was long.", "iran ACCUSE israel"),
    ("The palaver between China and Japan went on.", "china CONSULT japan"),
    ("Poland, a lodger of Germany, paid.", "poland FRIENDLY germany"),
    ("Khaled Meshaal, the helmsman of Hamas, spoke.", "khaled-meshaal LEADS hamas"),
    ("Russia attacked Ukraine.", "russia ASSAULT ukraine"),
])
def test_own_entries_are_read_beside_those_of_the_lexicon(tmp_path: Path, text: str, claim: str) -> None:
    reader, read = GrammarReader.load([own(tmp_path, OWN)]), parsed(text)
    assert [f"{one.source} {one.type} {one.target}" for one in reader.read(read, resolved(read))] == [claim]


def test_an_own_entry_comes_before_one_of_the_lexicon_and_makes_another_version(tmp_path: Path) -> None:
    file = own(tmp_path, '[[class]]\ntype = "FRIENDLY"\ntarget = "obj"\nlemmas = "attack"\n')
    reader, read = GrammarReader.load([file]), parsed("Russia attacked Ukraine.")
    assert [claim.type.value for claim in reader.read(read, resolved(read))] == ["FRIENDLY"]
    assert reader.version != GrammarReader.load().version


def test_an_empty_file_changes_no_entry(tmp_path: Path) -> None:
    plain = Lexicon.load()
    more = extended(plain, [own(tmp_path, "# nothing yet\n")])
    for part in ("verbs", "directed", "mutual", "agents", "adjectives", "compounds", "offices", "ends"):
        assert getattr(more, part) == getattr(plain, part)


@pytest.mark.parametrize(("text", "fault"), [
    ('[[class]]\ntype = "SCOLD"\nlemmas = "zap"', "own.toml line 1, [[class]] 1: 'SCOLD' is not a type of claim"),
    ('[[class]]\ntype = "ACCUSE"\nlemmas = "zap"\n[[class]]\ntype = "ACCUSE"\nlemmas = "zip"\naim = "obj"',
     "own.toml line 4, [[class]] 2: a class must have"),
    ('[[class]]\ntype = "ACCUSE"',
     "own.toml line 1, [[class]] 1: one of lemmas, idioms, adjectives must list its words"),
    ('[[class]]\nlemmas = "zap"', "own.toml line 1, [[class]] 1: a class must have a type"),
    ('[[class]]\ntype = "ACCUSE"\nlemmas = "Zap"',
     "own.toml line 1, [[class]] 1: lemmas must list lemmas in lower case"),
    ('[[class]]\ntype = "ACCUSE"\nlemmas = ["zap"]', "own.toml line 1, [[class]] 1: lemmas is ['zap']"),
    ('[[class]]\ntype = "ACCUSE"\nlemmas = "zap"\ntarget = "objct"',
     "own.toml line 1, [[class]] 1: 'objct' is no place"),
    ('[[class]]\ntype = "ACCUSE"\nlemmas = "zap"\nneeds = "cake"',
     "own.toml line 1, [[class]] 1: there is no list 'cake'"),
    ('[[class]]\ntype = "ACCUSE"\nlemmas = "zap"\nkinds = "robot"', "own.toml line 1, [[class]] 1: 'robot'"),
    ('[[class]]\ntype = "TIE"\nlemmas = "zap"', "own.toml line 1, [[class]] 1: only a class of [[mutual]]"),
    ('[[directed]]\ntype = "ACCUSE"\nsign = 4\nnouns = "zap"', "own.toml line 1, [[directed]] 1: the sign"),
    ('[[office]]\nnouns = "helmsman"', "own.toml line 1, [[office]] 1: an office makes no sense"),
    ('[verb]\ntype = "ACCUSE"', "own.toml line 1: there is no class 'verb'"),
    ('[class]\ntype = "ACCUSE"', "own.toml line 1: class is to be written as [[class]]"),
    ("[[class", "own.toml' cannot be read as TOML"),
])
def test_what_makes_no_sense_is_named_with_file_and_class(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(LexiconError, match=re.escape(fault)):
        extended(Lexicon.load(), [own(tmp_path, text)])


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"absent\.toml"):
        extended(Lexicon.load(), [tmp_path / "absent.toml"])


def test_what_makes_no_sense_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match=r"Types: AGREE, .*Correct this class or take it out, then try it"):
        extended(Lexicon.load(), [own(tmp_path, '[[class]]\ntype = "SCOLD"\nlemmas = "zap"')])


def test_a_file_that_is_no_text_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(LexiconError, match=r"own\.toml' is not UTF-8 text\. Save it as UTF-8"):
        extended(Lexicon.load(), [tmp_path / "own.toml"])


def test_a_file_kept_with_its_content_reads_as_the_file_did(tmp_path: Path) -> None:
    file = own(tmp_path, OWN)
    kept = LexiconFile.read(file)
    by_path = GrammarReader.load([file]).version
    file.unlink()
    assert GrammarReader.load([kept]).version == by_path
    assert GrammarReader.load([LexiconFile("own.toml", b"\xef\xbb\xbf" + OWN.encode())]).lexicon.verbs["cradle"]

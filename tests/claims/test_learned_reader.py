"""The learned reader: what it makes of verdicts, by mode, and what it promises whatever the weights say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from sides.claims.grammar.own_lexicon import LexiconFile
from sides.claims.grammar.reader import GrammarReader
from sides.claims.learned import model, thresholds
from sides.claims.learned.grammar_says import GRAMMAR_FEATURES
from sides.claims.learned.model import MOST_PAIRS, NETWORK, Network
from sides.claims.learned.reader import LearnedReader
from sides.claims.learned.thresholds import Thresholds
from sides.claims.mode import Mode
from sides.claims.readers import reader_of
from sides.model.claim import Claim
from sides.model.claim_type import ClaimType
from sides.model.errors import LanguageModelError

from .grammar_reading import claims as grammar_claims
from .grammar_reading import parsed, reader, resolved
from .learned_reading import ALL, BY_SHARE, NONE, learned, marked, network, scripted, windows

T = ClaimType
RAID = "Turkey attacked Syria. Poland thanked Germany."
TEXTS = [RAID, "Turkey did not accuse Israel of attacking Syria, but Iran and Iraq met in Qatar in 2013.",
         "Egypt brokered talks between Fatah and Hamas, Syrian President Bashar Assad said on Monday.",
         "“Iran's Quds Force will attack Israel if it strikes Syria,” a Russian envoy told Turkey because of the raid."]


def read(text: str, with_: LearnedReader) -> list[Claim]:
    found = parsed(text)
    return list(with_.read(found, resolved(found)))


def told(text: str, with_: LearnedReader) -> list[tuple[str, str, str, str]]:
    return [(one.source, one.type.value, one.target, one.reader) for one in read(text, with_)]


def token(text: str, word: str) -> int:
    return next(token.i for token in parsed(text).doc if token.text == word)


def test_what_both_read_is_the_grammars_claim_with_the_confidence_of_the_encoder() -> None:
    (by_grammar,) = grammar_claims("Turkey attacked Syria.")
    with_ = scripted({("turkey", "syria"): {T.ASSAULT: 0.8}})
    (claim,) = read("Turkey attacked Syria.", with_)
    assert (claim.id, claim.trigger, claim.quote) == (by_grammar.id, "attacked", "Turkey attacked Syria")
    assert (claim.reader, claim.reader_version, claim.confidence) == ("both", with_.version, 0.8)
    assert by_grammar.reader == "grammar"


def test_what_only_the_encoder_finds_is_added_in_its_own_name() -> None:
    text = "Turkey cradled Syria."
    assert grammar_claims(text) == []
    with_ = scripted({("syria", "turkey"): {T.FRIENDLY: 0.7}}, looks={token(text, "cradled"): 0.9})
    (claim,) = read(text, with_)
    assert (claim.source, claim.type, claim.target, claim.sign) == ("syria", T.FRIENDLY, "turkey", 1)
    assert (claim.reader, claim.trigger, claim.quote) == ("learned", "cradled", "Turkey cradled Syria")
    assert (claim.source_text, claim.target_text) == ("Syria", "Turkey")


def test_what_the_encoder_finds_unlikely_is_dropped() -> None:
    assert told(RAID, scripted({("turkey", "syria"): {T.ASSAULT: 0.8}})) == [("turkey", "ASSAULT", "syria", "both")]


def test_what_is_weighed_too_unsure_is_dropped() -> None:
    said = {("turkey", "syria"): {T.ASSAULT: 0.6}}
    for least, count in ((0.6, 1), (0.61, 0)):
        bars = Thresholds(0.4, 0.3, least, 0.45, BY_SHARE, "test")
        assert len(told("Turkey attacked Syria.", scripted(said, thresholds=bars))) == count


def test_all_that_is_weighed_is_told_with_its_signs() -> None:
    found = parsed("Turkey attacked Syria.")
    with_ = scripted({("turkey", "syria"): {T.ASSAULT: 0.6}}, thresholds=replace(ALL, pair=0.4, least=0.9))
    ((claim, signs),) = with_.considered(found, resolved(found))
    assert (claim.type, claim.confidence) == (T.ASSAULT, 0.6)
    assert signs["read by the grammar"] == 1


def test_the_encoder_may_read_another_type_than_the_grammar() -> None:
    assert told("Turkey attacked Syria.", scripted({("turkey", "syria"): {T.ACCUSE: 0.8}})) == [
        ("turkey", "ACCUSE", "syria", "learned")]


def test_what_runs_both_ways_is_the_grammars_claim_either_way_round() -> None:
    (claim,) = read("Iran met Iraq.", scripted({("iraq", "iran"): {T.CONSULT: 0.8}}))
    assert (claim.source, claim.target, claim.reader) == ("iran", "iraq", "both")


def test_a_mediation_that_the_grammar_reads_too_keeps_its_three() -> None:
    text = "Egypt brokered talks between Fatah and Hamas."
    said = {("egypt", "fatah"): {T.MEDIATE: 0.8}, ("egypt", "hamas"): {T.MEDIATE: 0.8}}
    (claim,) = read(text, scripted(said))
    assert (claim.source, claim.third, claim.target, claim.reader) == ("egypt", "fatah", "hamas", "both")
    (alone,) = read(text, scripted(said, Mode.LEARNED))
    assert (alone.source, alone.third, alone.target, alone.reader) == ("egypt", "fatah", "hamas", "learned")


def test_a_reading_whose_actors_the_encoder_cannot_see_stands_by_its_own_confidence() -> None:
    text = "Talks between Fatah and Hamas failed. Egypt brokered the truce."
    (mediation,) = [one for one in grammar_claims(text) if one.inferred]
    for least, is_kept in ((mediation.confidence, True), (mediation.confidence + 0.01, False)):
        kept = read(text, scripted({}, thresholds=Thresholds(0.4, 0.3, 0.0, least, {}, "test")))
        assert (mediation.id in {one.id for one in kept}) is is_kept
        assert all(one.reader == "grammar" and one.confidence >= least for one in kept)


def test_alone_the_encoder_is_not_told_what_the_grammar_reads() -> None:
    alone, both = scripted({}, Mode.LEARNED), scripted({}, Mode.BOTH)
    read("Turkey attacked Syria.", alone)
    read("Turkey attacked Syria.", both)
    assert [one.max() for one in alone._network.heard] == [0]
    assert [one.max() > 0.5 for one in both._network.heard] == [True]


def test_alone_nothing_bears_the_grammars_name_and_nothing_is_incomplete() -> None:
    found = parsed("Rebels attacked Syria. Turkey attacked Syria.")
    claims, incomplete = learned(Mode.LEARNED).read_all(found, resolved(found))
    assert {one.reader for one in claims} == {"learned"}
    assert list(incomplete) == []
    _, of_both = learned(Mode.BOTH).read_all(found, resolved(found))
    assert of_both


@pytest.mark.parametrize("mode", [Mode.LEARNED, Mode.BOTH])
@pytest.mark.parametrize("text", TEXTS)
def test_every_claim_has_its_quote_and_two_resolved_actors(text: str, mode: Mode) -> None:
    found = parsed(text)
    resolution = resolved(found)
    known = {mention.actor for mention in resolution.mentions}
    claims = learned(mode).read(found, resolution)
    assert claims
    for claim in claims:
        assert claim.quote == text[claim.begin_char:claim.end_char] != ""
        assert {claim.source, claim.target} <= known
        assert claim.source != claim.target
        assert claim.source_text in text
        assert claim.target_text in text
        assert claim.trigger
        assert claim.reader in ("learned", "both", "grammar")
        assert all(part.text == text[part.begin_char:part.end_char] for part in claim.parts)
    assert list(claims) == sorted(claims, key=lambda one: one.begin_char)


def test_an_actor_that_only_a_guess_names_is_quoted_where_it_is_guessed() -> None:
    text = "[[Iran|iran]] scolded [[them|hamas]] again."
    found, resolution = marked(text, guessed=("them",))
    (claim,) = scripted({("iran", "hamas"): {T.ACCUSE: 0.9}}).read(found, resolution)
    assert (claim.target, claim.target_text, claim.quote) == ("hamas", "them", "Iran scolded them")


def test_the_trigger_is_a_word_that_can_carry_a_claim() -> None:
    text = "The Turkey, and the Syria."
    found = read(text, scripted({("turkey", "syria"): {T.HOSTILE: 0.9}}, looks={token(text, ","): 0.9}))
    assert [one.trigger for one in found] == [","]  # where no word can, what is looked at most
    text = "Turkey, cradled Syria."
    found = read(text, scripted({("turkey", "syria"): {T.HOSTILE: 0.9}}, looks={token(text, ","): 0.9}))
    assert [one.trigger for one in found] == ["cradled"]


def test_speaker_modality_and_date_are_read_for_what_the_encoder_finds() -> None:
    text = "Qatar said that Turkey would not cradle Syria in 2013."
    (claim,) = read(text, scripted({("turkey", "syria"): {T.FRIENDLY: 0.9}}, looks={token(text, "cradle"): 1.0}))
    assert (claim.speaker, claim.modality.value, str(claim.start)) == ("qatar", "negated", "2013")


@pytest.mark.parametrize("text", TEXTS)
def test_no_likely_pair_leaves_nothing_and_reading_again_changes_nothing(text: str) -> None:
    assert read(text, learned(thresholds=NONE)) == []
    assert read(text, learned()) == read(text, learned()) != []


def test_a_document_is_read_alike_whatever_was_read_before_it() -> None:
    with_ = LearnedReader(reader(), network(), ALL, Mode.BOTH)
    first = [read(text, with_) for text in TEXTS]
    assert [read(text, with_) for text in reversed(TEXTS)] == first[::-1]


def test_many_pairs_are_judged_in_portions_as_all_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    (found,) = windows().of(*marked("[[Iran|iran]], [[Iraq|iraq]], [[Syria|syria]] and [[Qatar|qatar]] met."))
    says = np.zeros((len(found.pairs), GRAMMAR_FEATURES), np.float32)
    assert len(found.pairs) < MOST_PAIRS
    whole = network().judge(found, says)
    monkeypatch.setattr(model, "MOST_PAIRS", 5)
    parts = network().judge(found, says)
    assert parts.vectors.shape == whole.vectors.shape
    for name in ("shares", "looks"):  # the weights are of eight bits: how they are scaled differs a little by portion
        assert getattr(parts, name) == pytest.approx(getattr(whole, name), abs=0.02), name


def test_probabilities_are_what_they_claim_to_be() -> None:
    for text in TEXTS:
        found = parsed(text)
        for window in windows().of(found, resolved(found)):
            judged = network().judge(window, np.zeros((len(window.pairs), GRAMMAR_FEATURES), np.float32))
            assert judged.shares.sum(1) == pytest.approx(1, abs=0.01)
            assert judged.looks.shape == (len(window.pairs), len(window.pieces))
            assert judged.vectors.shape == (len(window.pairs), 256)


def test_each_mode_has_its_reader_and_its_version() -> None:
    readers = {mode: reader_of(mode) for mode in Mode}
    assert isinstance(readers[Mode.GRAMMAR], GrammarReader)
    assert [one.name for one in readers.values()] == ["grammar", "learned", "both"]
    assert len({one.version for one in readers.values()}) == 3
    own = LexiconFile("own.toml", b'[[class]]\ntype = "SUPPORT"\ntarget = "obj"\nlemmas = "cradle"\n')
    assert reader_of(Mode.BOTH, [own]).version != readers[Mode.BOTH].version
    assert LearnedReader(reader(), network(), ALL, Mode.BOTH).version != readers[Mode.BOTH].version


@pytest.mark.parametrize("name", ["NETWORK", "VOCABULARY"])
def test_missing_weights_are_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr(model, name, "absent.bin")
    with pytest.raises(LanguageModelError, match=r"absent.bin.*Reinstall sides.*--reader grammar"):
        LearnedReader.load()
    assert reader_of(Mode.GRAMMAR).name == "grammar"


def test_missing_thresholds_are_named_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(thresholds, "FILE", "absent.toml")
    with pytest.raises(LanguageModelError, match=r"absent.toml.*--reader grammar"):
        LearnedReader.load()


@pytest.mark.parametrize("content", [b"", b"version https://git-lfs.github.com/spec/v1\n", b"\x08\x08 half a network"])
def test_weights_that_are_none_are_named_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    (tmp_path / NETWORK).write_bytes(content)
    with pytest.raises(LanguageModelError, match="--reader grammar"):
        Network.load(tmp_path / NETWORK)


def test_the_command_says_what_to_do_without_weights(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys) -> None:
    from sides.cli import main

    monkeypatch.setattr(model, "NETWORK", "absent.onnx")
    assert main(["lexicon", "try", "Iran attacked Israel."]) == 2
    assert "--reader grammar" in " ".join(capsys.readouterr().err.split())
    assert main(["lexicon", "try", "Iran attacked Israel.", "--reader", "grammar"]) == 0

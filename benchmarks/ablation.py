"""What each part of the grammar reader adds: the whole, and the reader without each part in turn.

    python benchmarks/ablation.py SHARED [--set-aside] [--corpus corpus/mentions]

Reads the articles that `benchmarks/claims.py` calls "seeds", "developed on" and "own" once for each row, with the same
parses, and prints precision, recall and F1 of the two actors, and of these with the sign, pooled over all articles;
of the pairs matched, the shares with the right speaker (author or not) and modality.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from unittest.mock import patch

from claims import Reader, chosen, parts, recorded
from scorer import Scorer, Verdict
from sides.actors.resolution import Resolution
from sides.claims.grammar.confidence import Confidence
from sides.claims.grammar.discourse import Discourse
from sides.claims.grammar.lexicon import Lexicon, entries
from sides.claims.grammar.places import Places
from sides.claims.grammar.proposals import Proposal
from sides.claims.grammar.reader import GrammarReader
from sides.claims.modality import Modalities
from sides.claims.mode import Mode
from sides.claims.speakers import Voices
from sides.model.actor import Form
from sides.model.claim import AUTHOR
from sides.model.claim_type import Modality
from sides.parsing.pipeline import Parsed

PRONOUNS, NOUNS = frozenset((Form.PRONOUN,)), frozenset((Form.NOMINAL, Form.COLLECTIVE))
Folder = tuple[Path, set[str], list[tuple[Parsed, Resolution]]]


@dataclass(frozen=True, slots=True)
class Variant:
    """The reader without one of its parts."""

    label: str
    lexicon: Callable[[Lexicon], Lexicon] = lambda whole: whole
    patches: tuple[tuple[str, object], ...] = ()  # what stands in for a part that is code
    forms: frozenset[Form] = frozenset()  # mentions of these forms are left out


def nothing(*_: object) -> Iterator[Proposal]:
    """No proposals."""
    return iter(())


def idioms() -> frozenset[str]:
    """The phrases of `idioms.toml`."""
    table = tomllib.loads((files("sides") / "data/lexicon/idioms.toml").read_text(encoding="utf-8"))
    return frozenset(entry.phrase for entry in entries("idioms.toml", table["class"], "idioms"))


def with_verbs(whole: Lexicon, *, of_idioms: bool) -> Lexicon:
    """The lexicon with only idioms for verbs, or with all others."""
    listed = idioms()
    return replace(whole, verbs={word: tuple(entry for entry in found if (entry.phrase in listed) is of_idioms)
                                 for word, found in whole.verbs.items()})


def variants() -> list[Variant]:
    """The whole reader, then the reader without each part."""
    discourse = tuple((f"{Discourse.__module__}.Discourse.{name}", nothing) for name in ("tie", "mediation"))
    return [
        Variant("whole"),
        Variant("verbs", lambda whole: with_verbs(whole, of_idioms=True)),
        Variant("idioms", lambda whole: with_verbs(whole, of_idioms=False)),
        Variant("nouns", lambda whole: replace(whole, directed={}, mutual={})),
        Variant("carriers", lambda whole: replace(
            whole, carriers=dict.fromkeys(whole.carriers, frozenset()), stops={}, denied={})),
        Variant("adjectives", lambda whole: replace(whole, adjectives={}, compounds={}, prefixes={})),
        Variant("agents, structure", lambda whole: replace(whole, agents={}, offices={}, ends=frozenset()),
                ((f"{Places.__module__}.Places.read", nothing),)),
        Variant("discourse", patches=discourse),
        Variant("coreference", forms=PRONOUNS | NOUNS),
        Variant("  of pronouns", forms=PRONOUNS),
        Variant("  of bare nouns", forms=NOUNS),
        Variant("modality", patches=((f"{Modalities.__module__}.Modalities.of", lambda *_: Modality.ASSERTED),)),
        Variant("speakers", patches=((f"{Voices.__module__}.Voices.at", lambda *_: AUTHOR),))]


def main() -> None:
    """Read with each variant, score and print."""
    options = chosen(__doc__)
    reader, scorer = Reader(Mode.GRAMMAR), Scorer(options.shared)
    folders = [(gold, keys, list(reader.documents(texts, keys)))
               for _, texts, gold, keys in parts(options.shared, options.corpus, is_aside=options.set_aside)]
    print(f"{'without':20}{'said':>6}{'pair P / R / F1':>22}{'signed P / R / F1':>22}   speaker modality")
    for variant in variants():
        print(line(variant.label, read(variant, Lexicon.load(), scorer, folders)))


def read(variant: Variant, lexicon: Lexicon, scorer: Scorer, folders: list[Folder]) -> list[Verdict]:
    """The verdicts on what a variant reads, one a folder."""
    verdicts = []
    with ExitStack() as stack:
        for place, substitute in variant.patches:
            stack.enter_context(patch(place, substitute))
        grammar = GrammarReader(variant.lexicon(lexicon), Modalities.load(), Confidence.load())
        for gold, keys, documents in folders:
            records = [record for parsed, resolution in documents for record in recorded(
                grammar.read(parsed, without(resolution, variant.forms)), parsed, resolution)]
            verdicts.append(scorer.judge(records, gold, keys))
    return verdicts


def without(resolution: Resolution, forms: frozenset[Form]) -> Resolution:
    """The resolution with the mentions of some forms left out."""
    heads = {token: tuple(mention for mention in found if mention.form not in forms)
             for token, found in resolution.heads.items()}
    return Resolution(tuple(mention for mention in resolution.mentions if mention.form not in forms),
                      resolution.actors, {token: found for token, found in heads.items() if found})


def line(label: str, verdicts: list[Verdict]) -> str:
    """One row, pooled over folders."""
    gold, said = sum(one.gold for one in verdicts), sum(len(one.has_pair) for one in verdicts)
    pairs = sum(sum(one.has_pair) for one in verdicts)
    cells = [f"{right / max(1, said):.3f} {right / gold:.3f} {2 * right / (said + gold):.3f}"
             for right in (pairs, sum(sum(one.has_sign) for one in verdicts))]
    shares = [sum(counts) / max(1, pairs) for counts in (
        [one.speakers for one in verdicts], [one.modalities for one in verdicts])]
    return f"{label:20}{said:6}" + "".join(f"{cell:>22}" for cell in cells) + f"   {shares[0]:.3f}   {shares[1]:.3f}"


if __name__ == "__main__":
    main()

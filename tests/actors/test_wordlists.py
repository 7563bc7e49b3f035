"""The word lists of resolution."""

from pathlib import Path

import pytest

from sides.actors import wordlists
from sides.actors.wordlists import Wordlists, columns, digest, table
from sides.model.actor import ActorKind
from sides.model.errors import LexiconError


def test_every_list_is_read():
    lists = Wordlists.load()
    assert lists.pronouns["its"].use == "possessive"
    assert lists.titles["mr"].gender == "male"
    assert lists.longest_title >= 3
    assert lists.counts["both"] == 2


def test_organization_nouns_name_kinds_of_actors():
    assert set(columns("organization_nouns").values()) <= {kind.value for kind in ActorKind}


def test_the_rows_of_every_table_are_sorted_and_differ():
    for name in ("titles", "nominals", "not_actors", "organization_nouns", "steps", "particles"):
        keys = [row[0] for row in table(name)]
        assert len(set(keys)) == len(keys), name


def test_the_digest_tells_one_state_of_the_lists():
    assert digest() == digest()
    assert len(digest()) == 16


def test_every_step_has_its_row_in_the_docs():
    page = (Path(__file__).parents[2] / "docs" / "resolution.md").read_text(encoding="utf-8")
    assert not [step for step in Wordlists.load().steps if f"`{step}`" not in page]


def test_a_row_of_another_width_is_named(monkeypatch, tmp_path):
    folder = tmp_path / wordlists.FOLDER
    folder.mkdir(parents=True)
    (folder / "broken.tsv").write_text("a\tb\nonly one\n", encoding="utf-8")
    monkeypatch.setattr(wordlists, "files", lambda package: tmp_path)
    with pytest.raises(LexiconError, match="line 2"):
        table("broken")

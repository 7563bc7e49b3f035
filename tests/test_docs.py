"""The docs are a contract: every command, option and column stands in them, and their examples run."""

from __future__ import annotations

import argparse
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

from sides.cli import COMMANDS, main
from sides.export import graphml
from sides.export.tables import TABLES
from tests.conftest import DISPATCHES

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```", re.M | re.S)


def section(command: str) -> str:
    text = (DOCS / "commands.md").read_text(encoding="utf-8")
    found = re.search(rf"^## sides {command}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"docs/commands.md has no heading for sides {command}"
    return found.group(1)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_and_option_is_in_the_docs(command):
    parser = argparse.ArgumentParser(add_help=False)
    import_module(f"sides.cli.{command}").add_arguments(parser)
    text = section(command)
    parsers = [parser, *(one for action in parser._actions if isinstance(action, argparse._SubParsersAction)
                         for one in action.choices.values())]
    options = {option for one in parsers for action in one._actions for option in action.option_strings
               if option.startswith("--") and option != "--help"}
    assert not {option for option in options if not re.search(rf"`{option}\b", text)}
    named = {name for action in parser._actions if isinstance(action, argparse._SubParsersAction)
             for name in action.choices}
    assert not {name for name in named if not re.search(rf"`{name}\b", text)}


def test_every_column_of_a_record_is_in_the_docs():
    rows = "\n".join(line.split("|")[1] for line in (DOCS / "export.md").read_text(encoding="utf-8").splitlines()
                     if line.startswith("| `"))
    columns = {column for table in TABLES.values() for column in table.columns}
    columns |= {*graphml.NODE_KEYS, *graphml.STATE_KEYS, *graphml.EDGE_KEYS}
    assert not [column for column in columns if f"`{column}`" not in rows]


def test_every_page_is_in_the_navigation():
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    assert not [page.name for page in DOCS.glob("*.md") if f": {page.name}" not in navigation]


@pytest.fixture
def workplace(tmp_path, monkeypatch, digest):
    """A folder as the examples assume it: articles in it, a ledger that has read them, and a signed edge list."""
    import shutil

    monkeypatch.chdir(tmp_path)
    shutil.copytree(DISPATCHES, tmp_path / "articles")
    shutil.copytree(digest, tmp_path / "levant.sides")
    (tmp_path / "relations.csv").write_text(blocks(DOCS / "balance.md", "csv")[0], encoding="utf-8")
    return tmp_path


def blocks(page: Path, language: str) -> list[str]:
    return [body for kind, body in BLOCK.findall(page.read_text(encoding="utf-8")) if kind == language]


PAGES = [*sorted(DOCS.glob("*.md")), ROOT / "README.md"]


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "python")], ids=lambda page: page.name)
def test_python_examples_run(page, workplace):
    names: dict[str, object] = {"__name__": "an_example"}
    for body in blocks(page, "python"):
        exec(compile(body, str(page), "exec"), names)


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "sh")], ids=lambda page: page.name)
def test_command_examples_run(page, workplace, capsys):
    ran = 0
    for body in blocks(page, "sh"):
        for line in body.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["sides"]:
                assert main(words[1:]) == 0, line
                ran += 1
    assert ran or page.name != "commands.md"

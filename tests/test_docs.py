"""The docs are a contract: every command, option and column stands in them, and their examples run."""

from __future__ import annotations

import argparse
import inspect
import json
import re
import shlex
from importlib import import_module
from pathlib import Path

import pytest

import sides
from sides import conformance, plots
from sides.actors.followthemoney import vocabulary
from sides.cli import COMMANDS, main
from sides.export import graphml
from sides.export.frames import TABLES as FRAMES
from sides.export.tables import TABLES
from sides.ledger.tables import TABLES as STORED
from sides.mcp.server import TOOLS
from sides.model import errors
from sides.plugins import Point
from sides.web.openapi import description
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


def rows(page: str, heading: str) -> list[str]:
    """The names in the first column of the tables under a heading, without what stands in brackets."""
    found = (DOCS / page).read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([\w.]+)(?:\([^`]*\))?` \|", found, re.M)


def test_every_name_of_the_library_and_every_method_of_a_ledger_is_in_the_docs_and_no_other():
    methods = [name for name in dir(sides.Ledger) if not name.startswith("_")]
    assert rows("python.md", "All that there is") == [*sides.__all__, *methods], "docs/python.md, All that there is"


def test_every_table_of_frames_and_every_plot_is_in_the_docs():
    assert rows("python.md", "Data frames") == list(FRAMES)
    text = (DOCS / "python.md").read_text(encoding="utf-8")
    made = [name for name, one in vars(plots).items() if inspect.isfunction(one) and not name.startswith("_")]
    assert made and not [name for name in made if f"plots.{name}(" not in text]


def test_every_plugin_point_has_its_row_its_section_and_its_check():
    text = (DOCS / "plugins.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(sides\.\w+)` \|", text, re.M)) == {point.group for point in Point}
    assert not [point for point in Point if not re.search(rf"^## An? {point.one}$", text, re.M)]
    checks = {name for name in conformance.__all__ if name.startswith("check_")}
    assert set(rows("plugins.md", "The suite")) == checks and len(checks) == len(Point)


def test_every_path_of_the_api_is_in_the_docs():
    text = (DOCS / "api.md").read_text(encoding="utf-8")
    paths = json.loads(description())["paths"]
    assert paths and not [f"{method.upper()} {path}" for path, methods in paths.items() for method in methods
                          if f"## `{method.upper()} {path}`" not in text]


def test_every_tool_of_agents_is_in_the_docs():
    text = (DOCS / "agents.md").read_text(encoding="utf-8")
    assert not [tool for tool in TOOLS if not re.search(rf"^### {tool}$", text, re.M)]


def test_every_column_of_the_ledger_is_in_the_docs():
    text = (DOCS / "ledger.md").read_text(encoding="utf-8")
    assert not [(table.name, column.name) for table in STORED for column in table.columns
                if f"| `{column.name}` |" not in text]


def test_every_kind_of_entity_and_link_that_is_taken_is_in_the_docs():
    text = (DOCS / "importing.md").read_text(encoding="utf-8")
    words = vocabulary()
    named = [*words["links"], *(schema for schemata in words["kinds"].values() for schema in schemata),
             *(name for names in words["properties"].values() for name in names)]
    assert not [name for name in named if f"`{name}`" not in text]


def test_every_error_stands_in_the_tree_that_their_module_draws():
    drawn = errors.__doc__ or ""
    assert not [name for name, one in vars(errors).items()
                if inspect.isclass(one) and issubclass(one, errors.SidesError) and name not in drawn]

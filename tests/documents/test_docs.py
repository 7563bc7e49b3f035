import ast
from pathlib import Path

import pytest

from sides.documents.tables import table
from sides.model import errors
from sides.model.document import AsideReason

ROOT = Path(__file__).parents[2]
DOCS = " ".join((ROOT / "docs" / "documents.md").read_text("utf-8").split())


def messages() -> list[tuple[str, str]]:
    """The reasons that the code gives for leaving something out, as far as they are fixed words."""
    kinds = {name for name, value in vars(errors).items()
             if isinstance(value, type) and issubclass(value, errors.InputError)}
    found = set()
    for path in (ROOT / "src" / "sides" / "documents").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in kinds:
                words = [part.value for part in ast.walk(node.args[1])
                         if isinstance(part, ast.Constant) and isinstance(part.value, str)]
                found.add((node.func.id, max(words, key=len).strip(" (:;)")))
    return sorted(found)


@pytest.mark.parametrize(("kind", "words"), messages())
def test_every_message_for_what_is_left_out_is_in_the_documentation(kind: str, words: str) -> None:
    assert f"`{kind}`" in DOCS
    shown = words.removesuffix("bytes").removesuffix(" entries were found").replace("a second time", "").strip(" (:;)")
    assert shown in DOCS or shown in ("", "is in", "is an", "page")


@pytest.mark.parametrize("reason", [reason.value for reason in AsideReason])
def test_every_reason_for_setting_aside_is_in_the_documentation(reason: str) -> None:
    assert f"| `{reason}` |" in DOCS


@pytest.mark.parametrize("how", ["option", "sidecar", "meta", "feed", "url", "name", "text", "modified"])
def test_every_way_of_finding_a_date_is_in_the_documentation(how: str) -> None:
    assert f"| `{how}` |" in DOCS


def test_the_documentation_counts_the_languages_right() -> None:
    assert f"commonest words of {len(table('languages')['words'])} languages" in DOCS

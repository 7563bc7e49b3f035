"""What a user installs, and what it costs to start."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions, requires
from pathlib import Path

import sides

# Each package here was weighed in docs/dependencies.md. Raise the budget only with a row there.
BASE_PACKAGES_BUDGET = 76


def base_packages() -> set[str]:
    """Every distribution that a plain `pip install sides` brings, by walking the installed requirements."""
    from packaging.markers import default_environment
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    environment = {key: str(value) for key, value in default_environment().items()} | {"extra": ""}
    seen: set[str] = set()
    waiting = ["sides"]
    while waiting:
        name = canonicalize_name(waiting.pop())
        if name in seen:
            continue
        seen.add(name)
        for line in requires(name) or []:
            wanted = Requirement(line)
            if wanted.marker is None or wanted.marker.evaluate(environment):
                waiting.append(wanted.name)
    return seen - {"sides"}


def test_the_base_install_stays_within_its_budget():
    packages = base_packages()
    assert {"spacy", "duckdb", "deltalake"} <= packages
    assert len(packages) <= BASE_PACKAGES_BUDGET, sorted(packages)


def test_every_direct_dependency_is_weighed_in_the_docs():
    weighed = (Path(__file__).parents[1] / "docs" / "dependencies.md").read_text(encoding="utf-8")
    direct = {re.split(r"[<>=!~\[; ]", line)[0] for line in requires("sides") or [] if "extra ==" not in line}
    assert direct
    assert not {name for name in direct if f"`{name}`" not in weighed}


# setuptools comes with thinc; its line keeps the old distutils importable and does nothing else.
KNOWN_START_UP_CODE = {"distutils-precedence.pth"}


def test_no_installed_package_runs_code_at_every_start():
    """A `.pth` file with an import line runs in every Python process: a known way to smuggle code in."""
    for name in sorted(base_packages()):
        try:
            files = distribution(name).files or []
        except PackageNotFoundError:
            continue
        for file in files:
            if file.suffix == ".pth" and file.name not in KNOWN_START_UP_CODE:
                lines = Path(str(file.locate())).read_text(encoding="utf-8").splitlines()
                assert not [line for line in lines if line.startswith(("import ", "import\t"))], f"{name}: {file}"


def test_the_public_face_is_what_it_was():
    assert sides.__all__ == sorted(sides.__all__)
    assert sides.__all__ == [
        "Actor", "Budget", "Case", "Claim", "ClaimType", "Decision", "Document", "Endpoint", "Evidence", "Incomplete",
        "InputError", "Interval", "Ledger", "LedgerError", "Lens", "Modality", "Network", "PartialDate", "Profile",
        "ReadReport", "SidesError", "State", "Step", "Tie", "Turn", "open", "panel",
    ]
    assert all(getattr(sides, name) is not None for name in sides.__all__)


def test_help_loads_nothing_that_help_does_not_need():
    code = ("import sys; from sides.cli import main; main(['--help']); "
            "print(sorted({'spacy', 'duckdb', 'deltalake', 'rich', 'numpy', 'fastapi', 'argparse', 'typing'} "
            "& set(sys.modules)))")
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert out.splitlines()[-1] == "[]"


def test_every_package_that_is_imported_is_a_declared_dependency():
    """What only comes along with another package may leave with it."""
    import ast

    source = Path(sides.__file__).parent
    imported = {name.split(".")[0] for path in sorted(source.rglob("*.py"))
                for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
                for name in ([alias.name for alias in node.names] if isinstance(node, ast.Import)
                             else [node.module or ""] if isinstance(node, ast.ImportFrom) else [])}
    outside = imported - set(sys.stdlib_module_names) - {"sides", ""}
    declared = {re.split(r"[<>=!~\[; ]", line)[0].lower() for line in requires("sides") or []}
    homes = {name: {owner.lower().replace("_", "-") for owner in packages_distributions().get(name, ())}
             for name in outside}
    assert {"spacy", "numpy"} <= outside
    assert not {name for name, owners in homes.items() if not owners & declared}, homes

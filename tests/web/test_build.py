"""The built app goes into the package, and a package without it is not made by oversight."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
STATIC = "src/sides/web/static"
NPM = """#!/bin/sh
[ "$1" = ci ] && exit 0
mkdir -p ../src/sides/web/static && echo built by npm > ../src/sides/web/static/index.html
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with our packaging, one module and no built app."""
    project = tmp_path / "project"
    (project / "src/sides/web").mkdir(parents=True)
    (project / "src/sides/__init__.py").write_text("")
    for name in ("pyproject.toml", "hatch_build.py", ".gitignore", "README.md", "LICENSE", "NOTICE"):
        shutil.copy(ROOT / name, project / name)
    (project / "web").mkdir()
    (project / "web/package.json").write_text("{}")
    return project


def app(project: Path) -> None:
    (project / STATIC / "assets").mkdir(parents=True)
    (project / STATIC / "index.html").write_text("<!doctype html>")
    (project / STATIC / "assets/app.js").write_text("0")


def pack(project: Path, target: str, tmp_path: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if name not in ("PIP_BUILD_TRACKER", "SIDES_WITHOUT_APP")}
    return subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(tmp_path / "dist")],
                          cwd=project, env={**kept, "PATH": "", **environment}, capture_output=True, text=True)


def packed(tmp_path: Path) -> set[str]:
    (package,) = (tmp_path / "dist").iterdir()
    if package.suffix == ".whl":
        with ZipFile(package) as archive:
            return set(archive.namelist())
    with tarfile.open(package) as archive:
        return {name.partition("/")[2] for name in archive.getnames()}


def test_a_wheel_carries_the_built_app(project, tmp_path):
    app(project)
    assert pack(project, "wheel", tmp_path).returncode == 0
    assert {"sides/web/static/index.html", "sides/web/static/assets/app.js"} <= packed(tmp_path)


def test_a_wheel_from_a_source_package_needs_no_node(project, tmp_path):
    app(project)
    assert pack(project, "sdist", tmp_path).returncode == 0
    assert {f"{STATIC}/index.html", "web/package.json", "hatch_build.py"} <= packed(tmp_path)
    (package,) = (tmp_path / "dist").iterdir()
    with tarfile.open(package) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    package.unlink()
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    assert pack(unpacked, "wheel", tmp_path).returncode == 0
    assert "sides/web/static/index.html" in packed(tmp_path)


@pytest.mark.parametrize("target", ["wheel", "sdist"])
def test_packing_fails_without_the_app_and_without_npm_and_says_what_to_do(target, project, tmp_path):
    done = pack(project, target, tmp_path)
    assert done.returncode != 0
    assert "npm" in done.stderr and "sh scripts/app" in done.stderr and "SIDES_WITHOUT_APP=1" in done.stderr
    assert not list((tmp_path / "dist").glob("*")), "nothing half made is left"


@pytest.mark.parametrize("name", ["PIP_BUILD_TRACKER", "SIDES_WITHOUT_APP"])
def test_an_install_from_a_source_tree_works_without_node(name, project, tmp_path):
    done = pack(project, "wheel", tmp_path, **{name: "1"})
    assert done.returncode == 0, done.stderr
    assert "without the web app" in done.stderr
    assert "sides/__init__.py" in packed(tmp_path)


def with_npm(tmp_path: Path, script: str = NPM) -> str:
    folder = tmp_path / "bin"
    folder.mkdir()
    (folder / "npm").write_text(script)
    (folder / "npm").chmod(0o755)
    return f"{folder}:/usr/bin:/bin"


def test_the_app_is_built_where_npm_is_there(project, tmp_path):
    assert pack(project, "wheel", tmp_path, PATH=with_npm(tmp_path)).returncode == 0
    assert "sides/web/static/index.html" in packed(tmp_path)


def test_a_build_that_fails_is_no_package(project, tmp_path):
    done = pack(project, "wheel", tmp_path, PATH=with_npm(tmp_path, "#!/bin/sh\nexit 3\n"))
    assert done.returncode != 0
    assert "failed with code 3" in done.stderr


def test_an_app_older_than_its_source_is_built_anew(project, tmp_path):
    app(project)
    os.utime(project / STATIC / "index.html", (1, 1))
    assert pack(project, "wheel", tmp_path, PATH=with_npm(tmp_path)).returncode == 0
    assert (project / STATIC / "index.html").read_text() == "built by npm\n"


def test_modules_of_npm_are_not_packed(project, tmp_path):
    app(project)
    (project / "web/node_modules").mkdir()
    (project / "web/node_modules/theirs.js").write_text("0")
    assert pack(project, "sdist", tmp_path).returncode == 0
    assert "web/package.json" in packed(tmp_path)
    assert not [name for name in packed(tmp_path) if "node_modules" in name]

"""The web app goes into the package: `web/`, built by npm into `src/sides/web/static`.

    python hatch_build.py        # build the app unless the built one is newer than its source

Hatchling calls `AppHook` before it packs. A package without the app would look whole and show nothing, so packing fails
when the app is neither there nor can be built. What goes on without it: an editable install, an installer that builds
from a source tree (pip), and whoever sets `SIDES_WITHOUT_APP=1`; `sides serve` then says how to get it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE, BUILT = "web", "src/sides/web/static"
NOT_SOURCE = {"node_modules", "test-results"}
WITHOUT_APP = "SIDES_WITHOUT_APP"
REMEDY = (f"Install Node 20.19 or newer and run `sh scripts/app`, or set {WITHOUT_APP}=1 to go on without the app "
          "(all but `sides serve` and `sides publish` works).")


class CannotBuild(Exception):
    """The app cannot be built here: why."""


class AppHook(BuildHookInterface[Any]):
    """Sees to it that the built app is there before a package is packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the app where it is lacking or out of date. `version` is "standard" or "editable"."""
        root = Path(self.root)
        if version == "editable" or is_current(root):
            return
        try:
            build(root)
        except CannotBuild as error:
            if is_built(root):
                self.app.display_warning(f"The web app is older than its source and was not built anew: {error}")
            elif os.environ.get(WITHOUT_APP) == "1" or "PIP_BUILD_TRACKER" in os.environ:
                self.app.display_warning(f"Going on without the web app: {error} {REMEDY}")
            else:
                self.app.abort(f"The web app ({BUILT}/index.html) is not built: {error} {REMEDY}")


def is_built(root: Path) -> bool:
    """Whether there is a built app."""
    return (root / BUILT / "index.html").is_file()


def is_current(root: Path) -> bool:
    """Whether there is a built app and nothing of its source is newer."""
    if not is_built(root):
        return False
    built = (root / BUILT / "index.html").stat().st_mtime
    return all(path.stat().st_mtime <= built for path in sources(root / SOURCE))


def sources(folder: Path) -> Iterator[Path]:
    """The files that the app is built from."""
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if path.is_dir() and path.name not in NOT_SOURCE:
            yield from sources(path)
        elif path.is_file():
            yield path


def build(root: Path) -> None:
    """Build the app with npm. Raises `CannotBuild`."""
    npm = shutil.which("npm")
    if not (root / SOURCE / "package.json").is_file():
        raise CannotBuild(f"its source, {SOURCE}/package.json, is not there.")
    if npm is None:
        raise CannotBuild("npm, which comes with Node, was not found.")
    for command in (["ci", "--no-audit", "--no-fund"], ["run", "build"]):
        done = subprocess.run([npm, *command], cwd=root / SOURCE, stdout=sys.stderr)
        if done.returncode:
            raise CannotBuild(f"`npm {command[0]}` in {SOURCE} failed with code {done.returncode}; see above.")
    if not is_built(root):
        raise CannotBuild(f"`npm run build` left no {BUILT}/index.html.")


if __name__ == "__main__":
    here = Path(__file__).parent
    try:
        if not is_current(here):
            build(here)
    except CannotBuild as error:
        sys.exit(f"The web app was not built: {error}")

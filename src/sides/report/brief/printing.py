"""Briefs as files; a page as PDF, printed by a browser that the machine has."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from sides.model.errors import BrowserError, SidesError
from sides.report.brief.values import Brief

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
            "msedge", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
SECONDS = 90
SUFFIXES = (".md", ".html", ".pdf")


def write(brief: Brief, path: Path, browser: str | None = None) -> None:
    """Write a brief as what the file's suffix says. Raises `SidesError`."""
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise SidesError(f"{path.name!r} is no file of a brief. Name one that ends in {', '.join(SUFFIXES)}.")
    if suffix == ".pdf":
        path.write_bytes(brief.pdf(browser))
    else:
        path.write_text(brief.markdown() if suffix == ".md" else brief.html(), encoding="utf-8", newline="\n")


def printed(html: str, browser: str | None = None) -> bytes:
    """A page as PDF. `browser`: the name or path of one like Chromium. Raises `BrowserError`."""
    program = found(browser)
    with TemporaryDirectory(prefix="sides-brief-") as folder:
        page, result = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        page.write_text(html, encoding="utf-8")
        # As root Chromium does not start in its sandbox. The page runs nothing and loads nothing, by its own policy.
        alone = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        call = [program, "--headless", "--disable-gpu", *alone, f"--user-data-dir={folder}/profile", "--no-first-run",
                "--no-pdf-header-footer", f"--print-to-pdf={result}", page.as_uri()]
        try:
            done = subprocess.run(call, capture_output=True, timeout=SECONDS, check=False)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise BrowserError(f"The browser {program!r} did not print the page: {error}. Name another with --browser, "
                               "or write .html and print that.") from error
        if not result.exists():
            last = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2] or f"exit code {done.returncode}"
            raise BrowserError(f"The browser {program!r} printed nothing: {last}. Name another with --browser, or "
                               "write .html and print that.")
        return result.read_bytes()


def found(browser: str | None) -> str:
    """The path of the browser that was named, else of one that the machine has. Raises `BrowserError`."""
    if browser is not None:
        program = shutil.which(browser)
        if program is None:
            raise BrowserError(f"There is no program {browser!r}. Give --browser the name or path of Chromium, Chrome "
                               "or Edge.")
        return program
    for name in BROWSERS:
        program = shutil.which(name)
        if program is not None:
            return program
    raise BrowserError("A PDF is printed by a browser, and none was found. Install Chromium or Chrome, name one with "
                       "--browser PATH, or write .html and print that.")

"""The demo ledger on a real server, and Chromium to look at it with."""

from __future__ import annotations

import shutil
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from sides.web.app import create_app
from sides.web.server import server as server_of
from sides.web.settings import Settings

# Where screenshots are kept; git ignores it.
PICTURES = Path(__file__).parents[2] / "build/screenshots"
CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
# A machine that does other work besides draws late; what never comes fails all the same.
expect.set_options(timeout=30_000)


@dataclass(frozen=True)
class Served:
    """A running server."""

    url: str
    ledger: Path


@contextmanager
def serving(settings: Settings) -> Iterator[Served]:
    """A server on a free port of the loopback, until the block ends."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = server_of(create_app(settings))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                thread.join(0.01)
                assert thread.is_alive(), "the server has not started"
            yield Served(f"http://127.0.0.1:{listener.getsockname()[1]}", settings.ledger)
        finally:
            server.should_exit = True
            thread.join(10)


@pytest.fixture(scope="session")
def demo(digest: Path) -> Iterator[Served]:
    """The bundled example, served; for tests that only look."""
    with serving(Settings(ledger=digest)) as served:
        yield served


@pytest.fixture
def own_demo(digest: Path, tmp_path: Path) -> Iterator[Served]:
    """A copy of it, served; for tests that write."""
    copy = shutil.copytree(digest, tmp_path / "own.sides")
    with serving(Settings(ledger=copy)) as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The browser."""
    if not CHROMIUM:
        pytest.skip("there is no Chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page of 1280 by 800 pixels that fails the test on any error in the console, or any request beyond loopback."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    found = context.new_page()
    faults: list[str] = []
    found.on("pageerror", lambda error: faults.append(str(error)))
    found.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    found.on("request", lambda request: faults.append(f"request to {request.url}") if not request.url.startswith(
        ("http://127.0.0.1:", "data:", "blob:", "file:")) else None)
    yield found
    context.close()
    assert not faults


def picture(page: Page, name: str) -> None:
    """Keep a screenshot of what a page shows."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURES / f"{name}.png")

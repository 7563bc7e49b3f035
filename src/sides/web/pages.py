"""The built app: its files, and its first page under every address of a screen."""

from __future__ import annotations

from importlib.resources import files
from mimetypes import guess_type
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Header
from starlette.responses import FileResponse, HTMLResponse, Response

from sides.web.asked import ServingHere

BUILT = str(files("sides.web") / "static")
SCREENS = ("network", "dyad", "actor", "sources", "balance", "outlook", "forecasts", "documents", "document", "review",
           "reads")
VERSION = 'name="sides-version" content=""'  # where the page names the ledger's newest version
CODINGS = {"br": ".br", "gzip": ".gz"}  # in which the build has compressed the files, the smallest first
NOT_BUILT = """<!doctype html><html lang="en"><title>sides</title><h1>The app is not built</h1>
<p>The API answers, but this installation has no pages. From a clone, with Node 20.19 or newer, run
<code>sh scripts/app</code>; or install a released wheel, which carries them.</p></html>"""


def is_built(folder: str) -> bool:
    """Whether the pages are there."""
    return Path(folder, "index.html").is_file()


def add_pages(app: FastAPI, folder: str) -> None:
    """Serve the built files, and the first page under the address of every screen."""
    def page(serving: ServingHere) -> Response:
        path = Path(folder, "index.html")
        if not path.is_file():
            return HTMLResponse(NOT_BUILT, 503)
        named = VERSION.replace('""', f'"{serving.latest()}"')
        return HTMLResponse(path.read_text("utf-8").replace(VERSION, named), headers={"cache-control": "no-cache"})

    app.get("/", include_in_schema=False)(page)
    for screen in SCREENS:
        app.get(f"/{screen}", include_in_schema=False)(page)
        app.get(f"/{screen}/{{rest:path}}", include_in_schema=False)(page)

    @app.get("/assets/{name}", include_in_schema=False)
    def asset(name: str, accept_encoding: Annotated[str, Header()] = "") -> Response:
        listed = {path.name: path for path in Path(folder, "assets").glob("*") if path.is_file()}
        if name not in listed:
            return Response("There is no such file.", 404, media_type="text/plain")
        headers = {"cache-control": "max-age=31536000, immutable", "vary": "accept-encoding"}  # names hold hashes
        for coding, suffix in CODINGS.items():
            if name + suffix in listed and coding in accept_encoding:
                headers["content-encoding"] = coding
                return FileResponse(listed[name + suffix], media_type=guess_type(name)[0], headers=headers)
        return FileResponse(listed[name], headers=headers)

"""A bundle of evidence: claims with their quotes, documents by their hashes, and a page that checks them by itself.

It is a folder or a zip file. The page (`index.html`) opens without a server and asks no network. A page that is opened
from a file may load nothing but scripts, so data lie in scripts: JSON lines, between a first line and a last one that
hold them as a comment. `SHA256SUMS` and `manifest.js` tell the hash of every file.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO, Protocol
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from sides.export.everyone import everyone
from sides.export.evidence import evidence_fields
from sides.export.exporter import Ledger, Wanted
from sides.model.errors import ExportError

FORMAT = "sides-bundle-1"
PAGES = ("index.html", "viewer.css", "viewer.js", "checks.js")
NO_EARLIER = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can tell
README = """Evidence, as `sides bundle` wrote it.

Open index.html in a browser: it shows the claims and checks them. By hand:

    sha256sum --check SHA256SUMS          every file is the one that was written
    sha256sum manifest.js                 the fingerprint of the whole: compare it with the one you were given
    sed '1d;$d' data/claims.js            the claims as JSON lines (a slash after a star is written \\/)

The id of a claim is the first 16 digits of the SHA-256 of: document_id, begin_char, end_char, source, target, third (or
nothing) and type, joined by the character 1F. The id of a document is the first 16 digits of that of its text in UTF-8.
Places are counted in Unicode characters from the beginning of that text.
"""


@dataclass(frozen=True, slots=True)
class Bundled:
    """What was written, and its fingerprint: the SHA-256 of its list of hashes."""

    claims: int
    documents: int
    texts: int
    fingerprint: str


class Sink(Protocol):
    """Where files go."""

    def file(self, name: str) -> Any:
        """A file to write to, as a context."""
        ...


class Hashed:
    """A file that tells the hash and the size of what was written to it."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self.size_bytes = 0

    def write(self, data: bytes) -> None:
        """Write, and count."""
        self._file.write(data)
        self._hash.update(data)
        self.size_bytes += len(data)

    @property
    def sha256(self) -> str:
        """Of all that was written."""
        return self._hash.hexdigest()


def bundle(ledger: Ledger, path: Path, wanted: Wanted, *, version: int, with_texts: bool = False) -> Bundled:
    """Write a bundle to a `.zip` file or a new folder. `version`: of the ledger. Raises `ExportError`."""
    if path.suffix == ".zip":
        part = path.with_name(f".{path.name}.part")
        try:
            with ZipFile(part, "w", ZIP_DEFLATED, compresslevel=6) as archive:
                written = _Writing(Zipped(archive), ledger, wanted, version).done(with_texts=with_texts)
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
        return written
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise ExportError(f"There is something at '{path}' already. Name a new folder, or a .zip file.")
    return _Writing(Folder(path), ledger, wanted, version).done(with_texts=with_texts)


class Folder:
    """Files in a folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @contextmanager
    def file(self, name: str) -> Iterator[BinaryIO]:
        """See `Sink`."""
        target = self._path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as file:
            yield file


class Zipped:
    """Files in a zip file, all of one time and one kind, so that the same files make the same bytes."""

    def __init__(self, archive: ZipFile) -> None:
        self._archive = archive

    @contextmanager
    def file(self, name: str) -> Iterator[Any]:
        """See `Sink`."""
        info = ZipInfo(f"evidence/{name}", NO_EARLIER)
        info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, 3, 0o644 << 16
        with self._archive.open(info, "w", force_zip64=True) as file:
            yield file


class _Writing:
    """A bundle as it is written."""

    def __init__(self, sink: Sink, ledger: Ledger, wanted: Wanted, version: int) -> None:
        self._sink, self._ledger, self._wanted, self._version = sink, ledger, wanted, version
        self._files: dict[str, dict[str, Any]] = {}
        self._told_of: set[str] = set()
        self._claims = self._documents = self._texts = 0

    def done(self, *, with_texts: bool) -> Bundled:
        """Write all of it, the hashes last."""
        for name in PAGES:
            self._write(name, [(files("sides") / "data/bundle" / name).read_bytes()])
        self._write("README.txt", [README.encode()])
        for name, records in (("claims", self._claim_records()), ("ties", self._tie_records()),
                              ("documents", self._document_records()), ("actors", self._actor_records()),
                              ("texts", self._text_records() if with_texts else ())):
            self._write(f"data/{name}.js", script(f"data/{name}.js", records))
        known = self._wanted.known
        self._write("manifest.js", script("manifest.js", [{
            "format": FORMAT, "ledger_version": self._version, "about": list(self._wanted.about),
            "known": str(known) if known else None, "exact": self._wanted.exact, "with_texts": with_texts,
            "claims": self._claims, "documents": self._documents, "files": dict(sorted(self._files.items()))}]))
        fingerprint = str(self._files["manifest.js"]["sha256"])
        sums = "".join(f"{one['sha256']}  {name}\n" for name, one in sorted(self._files.items()))
        self._write("SHA256SUMS", [sums.encode()])
        return Bundled(self._claims, self._documents, self._texts, fingerprint)

    def _write(self, name: str, pieces: Iterable[bytes]) -> None:
        with self._sink.file(name) as file:
            hashed = Hashed(file)
            for piece in pieces:
                hashed.write(piece)
        self._files[name] = {"sha256": hashed.sha256, "size_bytes": hashed.size_bytes}

    def _by_document(self) -> Iterator[Any]:
        wanted = self._wanted
        return self._ledger.by_document(*wanted.about, known=wanted.known, exact=wanted.exact)

    def _claim_records(self) -> Iterator[Mapping[str, Any]]:
        names = {actor.id: actor.name for actor in self._ledger.actors()}
        for _, evidence in self._by_document():
            for one in evidence:
                claim = one.claim
                self._told_of |= {claim.source, claim.target, claim.third or claim.source}
                self._claims += 1
                # A decision shows a claim as one about another actor, under the id that it had.
                yield evidence_fields(one, names) | {"is_decided": claim.kept_id is not None}

    def _tie_records(self) -> Iterator[Mapping[str, Any]]:
        wanted = self._wanted
        for tie in self._ledger.told_ties(*wanted.about, known=wanted.known, exact=wanted.exact, engine=wanted.engine):
            self._told_of |= {tie.left, tie.right}
            yield {"left": tie.left, "right": tie.right, "claims": [one.claim.id for one in tie.evidence],
                   "stretches": [{
                       "since": str(one.since), "end": str(one.end) if one.end else None,
                       "state": one.state.value if one.state else None, "certainty": one.certainty,
                       "marks": list(one.marks)} for one in tie.stretches]}

    def _document_records(self) -> Iterator[Mapping[str, Any]]:
        for one, evidence in self._by_document():
            self._documents += 1
            digest = hashlib.sha256(one.text.encode("utf-8", "surrogatepass")).hexdigest()
            yield {"document_id": one.id, "sha256": digest, "characters": len(one.text),
                   "document": one.name, "title": one.title, "author": one.author, "outlets": list(one.outlets),
                   "url": one.url, "language": one.language, "format": one.format, "published": str(one.published),
                   "published_from": one.published_from, "claims": len(evidence)}

    def _actor_records(self) -> Iterator[Mapping[str, Any]]:
        for one in everyone(self._ledger, self._told_of, self._wanted):
            yield {"id": one.id, "name": one.name, "names": list(one.names), "kind": one.kind.value,
                   "description": one.description, "country": one.country, "parent": one.parent,
                   "wikidata": one.wikidata}

    def _text_records(self) -> Iterator[Mapping[str, Any]]:
        for one, _ in self._by_document():
            self._texts += 1
            yield {"document_id": one.id, "text": one.text}


def script(name: str, records: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    """Records as a script in ASCII: JSON lines, with a line before them and one after.

    >>> print(b"".join(script("a.js", [{"quote": "2 */ 3 é"}])).decode(), end="")
    sidesBundle("a.js", function () {/*
    {"quote": "2 *\\/ 3 \\u00e9"}
    */});
    """
    yield f"sidesBundle({json.dumps(name)}, function () {{/*\n".encode()
    for record in records:
        yield f"{json.dumps(record)}\n".replace("*/", "*\\/").encode()
    yield b"*/});\n"

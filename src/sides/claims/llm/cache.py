"""Answers kept by what was asked, so that asking the same again is free, exact, and needs no server.

A folder of JSON files, each written beside its place and moved there in one step: a kill leaves whole files or none.
Neither the text that was sent nor the key of an endpoint stands in them; quotes from the text do.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sides.model.errors import EndpointError


@dataclass(frozen=True, slots=True)
class Reply:
    """What a model answered to one request."""

    text: str
    finish: str  # "stop", or "length" where it was cut off
    prompt_tokens: int  # as the endpoint counts them, else as estimated
    answer_tokens: int
    form: str  # the rung of the ladder on which it came


class Answers:
    """The folder of kept answers."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, identifier: str) -> Reply | None:
        """The answer to a request, or none; one that cannot be read counts as none."""
        row = self._read(self._path(identifier))
        try:
            return Reply(**row) if row is not None else None
        except TypeError:
            return None

    def put(self, identifier: str, reply: Reply) -> None:
        """Keep an answer. Raises `EndpointError` where the folder cannot be written to: an answer has its price."""
        self._write(self._path(identifier), asdict(reply))

    def remembered(self, endpoint: str, model: str) -> dict[str, Any] | None:
        """What is remembered of how a model there may be asked."""
        return self._read(self._place(endpoint, model))

    def remember(self, endpoint: str, model: str, how: Mapping[str, Any]) -> None:
        """Remember how a model there may be asked."""
        self._write(self._place(endpoint, model), how)

    def _path(self, identifier: str) -> Path:
        return self.folder / identifier[:2] / f"{identifier}.json"

    def _place(self, endpoint: str, model: str) -> Path:
        return self.folder / "endpoints" / f"{content_hash([endpoint, model])[:32]}.json"

    def _read(self, path: Path) -> dict[str, Any] | None:
        try:
            row = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return row if isinstance(row, dict) else None

    def _write(self, path: Path, row: Mapping[str, Any]) -> None:
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with beside.open("w", encoding="utf-8") as file:
                json.dump(row, file, ensure_ascii=True, sort_keys=True, indent=1)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        except OSError as error:
            raise EndpointError(f"An answer cannot be kept in {str(self.folder)!r} ({error}). Name another folder with "
                                "--answers.") from error


def request_id(messages: Sequence[Mapping[str, str]], schema: Mapping[str, Any], model: str,
               parameters: Mapping[str, Any]) -> str:
    """The hash of all that an answer depends on."""
    return content_hash([list(messages), schema, model, parameters])


def content_hash(value: Any) -> str:
    """SHA-256 of a value as JSON, in hexadecimal digits."""
    return hashlib.sha256(json.dumps(value, sort_keys=True, ensure_ascii=True).encode()).hexdigest()

"""How a ledger is served."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a server shows, to whom, and what it lets them do."""

    ledger: Path
    host: str = "127.0.0.1"
    port: int = 8420
    token: str | None = None  # who comes without it is turned away; None: whoever reaches the server may ask
    read_only: bool = False  # no judgements, no documents
    max_upload_bytes: int = 64 * MEBIBYTE  # of one request

    @property
    def is_loopback(self) -> bool:
        """Whether only this machine reaches the server."""
        return self.host in ("127.0.0.1", "::1", "localhost")

    @property
    def address(self) -> str:
        """Where a browser finds the server, with the token that it asks for.

        >>> Settings(ledger=Path("a.sides"), host="0.0.0.0", token="open-sesame-1234").address
        'http://localhost:8420/?token=open-sesame-1234'
        """
        host = "localhost" if self.host in ("0.0.0.0", "::") else f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}/{f'?token={self.token}' if self.token else ''}"

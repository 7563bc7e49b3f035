"""Which model is asked, where, and how: all that a user chooses. No key stands in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import urlsplit

from sides.claims.llm.prompt import prompt_version
from sides.claims.llm.schema import schema_version
from sides.model.errors import EndpointError

KEYS = ("SIDES_API_KEY", "OPENAI_API_KEY")
# A server of one's own asks for none, but the client always sends one.
NO_KEY = "none"
# Further samples differ from each other only if they are drawn with some warmth.
VOTING_TEMPERATURE = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """A model behind an OpenAI-compatible endpoint, and how it is asked.

    >>> Endpoint(base_url="http://127.0.0.1:8080/v1", model="a-model").samples
    ((0.0, 0),)
    """

    base_url: str  # up to and with the version: "http://127.0.0.1:8080/v1"
    model: str  # as the endpoint calls it
    votes: int = 1  # how often each passage is asked about; a claim must come in more than half of the answers
    most_answer_tokens: int = 1024  # of one answer
    timeout_seconds: float = 120.0  # for one whole answer, however slowly it trickles in
    tries: int = 4  # of one request that fails
    at_once: int = 4  # requests under way together

    def __post_init__(self) -> None:
        """Raise `EndpointError` for what makes no sense."""
        parts = urlsplit(self.base_url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise EndpointError(f"{self.base_url!r} is no address of an endpoint. Give one such as "
                                "http://127.0.0.1:8080/v1")
        if parts.username or parts.password:
            raise EndpointError(f"The address of the endpoint holds a name or password. Give the key in the variable "
                                f"{KEYS[0]} instead.")
        if not self.model:
            raise EndpointError("Which model? Name one, as the endpoint calls it.")
        for name in ("votes", "most_answer_tokens", "timeout_seconds", "tries", "at_once"):
            if not getattr(self, name) > 0:
                raise EndpointError(f"{name} is to be more than 0, not {getattr(self, name)!r}.")

    @property
    def samples(self) -> tuple[tuple[float, int], ...]:
        """Temperature and seed of each sample: the first without chance."""
        return tuple((VOTING_TEMPERATURE if seed else 0.0, seed) for seed in range(self.votes))

    @property
    def says(self) -> str:
        """What its claims bear as the version of their reader: the model, prompts and schema."""
        return f"{self.model} prompt {prompt_version()} schema {schema_version()}"

    @property
    def is_here(self) -> bool:
        """Whether the text stays on this machine."""
        host = urlsplit(self.base_url).hostname or ""
        try:
            return host == "localhost" or ip_address(host).is_loopback
        except ValueError:
            return False


def key() -> str:
    """The key of the environment, or a word that stands for none."""
    return next((os.environ[name] for name in KEYS if os.environ.get(name)), NO_KEY)

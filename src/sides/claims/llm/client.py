"""One request to an OpenAI-compatible endpoint: the ladder of answer forms, retries, time limits."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from email.utils import parsedate_to_datetime
from enum import StrEnum
from types import ModuleType
from typing import Any

from sides.claims.llm.budget import estimated_tokens
from sides.claims.llm.cache import Answers, Reply
from sides.claims.llm.endpoint import NO_KEY, Endpoint, key
from sides.claims.llm.prompt import Messages
from sides.claims.llm.schema import schema
from sides.model.errors import EndpointError

FIRST_WAIT_SECONDS = 1.0  # before the second try; each further one waits twice as long
LONGEST_WAIT_SECONDS = 120.0  # that an endpoint may ask for; past it the run should be repeated later
MOST_BYTES = 400_000  # of an answer; none of a thousand tokens comes near it
PASSING = (408, 409, 429)  # refusals that may pass by themselves
OF_FORM = (400, 415, 422, 500, 501)  # what endpoints say to a form of answer that they do not know
PRESENT_CHARACTERS = 300  # of what an endpoint says of a failure that is told


class Form(StrEnum):
    """How an answer is asked for, the strictest first."""

    JSON_SCHEMA = "json_schema"
    JSON_OBJECT_WITH_SCHEMA = "json_object with schema"
    JSON_OBJECT = "json_object"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class Manner:
    """How a model at an endpoint may be asked: what is remembered of it."""

    form: str = Form.JSON_SCHEMA
    limit: str = "max_tokens"  # what the endpoint calls the bound of an answer; newer models know only the other name
    without: tuple[str, ...] = ()  # parameters that it refuses


class Unanswered(Exception):
    """One request came to nothing, after all tries: why."""


class Client:
    """Asks an endpoint. May be used from several threads once one answer has come."""

    def __init__(self, endpoint: Endpoint, answers: Answers, sleep: Callable[[float], None] = time.sleep) -> None:
        self._endpoint, self._answers, self._sleep = endpoint, answers, sleep
        self._openai = library()
        self._key = key()
        # The text goes where the user said and nowhere else: by no redirection, and from this machine to itself by no
        # proxy of the environment.
        transport = self._openai.DefaultHttpxClient(follow_redirects=False, trust_env=not endpoint.is_here)
        self._client = self._openai.OpenAI(base_url=endpoint.base_url, api_key=self._key, max_retries=0,
                                           timeout=endpoint.timeout_seconds, http_client=transport)
        row = answers.remembered(endpoint.base_url, endpoint.model)
        self._manner = _manner(row)
        self.is_known = self._manner is not None  # whether an answer has come, now or earlier
        self._lock = threading.Lock()

    @property
    def form(self) -> str:
        """The form in which answers are asked for now."""
        return (self._manner or Manner()).form

    def close(self) -> None:
        """Break off what is under way."""
        self._client.close()

    def ask(self, messages: Messages, temperature: float, seed: int) -> Reply:
        """The answer to some messages.

        Raises `Unanswered` where all tries fail, `EndpointError` where no request could succeed: the key or the model
        is refused.
        """
        manner, failures, wait = self._manner or Manner(), 0, FIRST_WAIT_SECONDS
        is_first_fault = True
        while True:
            asked_wait: float | None = None
            try:
                reply = self._once(messages, manner, temperature, seed)
            except self._openai.APIStatusError as error:
                other = self._other_manner(manner, error)
                if other is not None and (error.status_code < 500 or not self.is_known):
                    if error.status_code >= 500 and is_first_fault:  # it may pass; if it does not, it is the form's
                        is_first_fault = False
                        self._sleep(FIRST_WAIT_SECONDS)
                    else:
                        manner, is_first_fault = other, True
                    continue
                self._refuse(error)
                why, asked_wait = self._told(error), asked_wait_of(error)
                if error.status_code < 500 and error.status_code not in PASSING:
                    raise Unanswered(why) from error
            except (self._openai.APIConnectionError, ConnectionError, TimeoutError, ValueError) as error:
                why = self._told(error)
            else:
                self._learn(manner)
                return reply
            failures += 1
            if failures >= self._endpoint.tries:
                raise Unanswered(f"{why}, {failures} times" if failures > 1 else why)
            if asked_wait is not None and asked_wait > LONGEST_WAIT_SECONDS:
                raise Unanswered(f"asks to wait {asked_wait:.0f} seconds ({why})")
            self._sleep(wait if asked_wait is None else asked_wait)
            wait *= 2

    def _once(self, messages: Messages, manner: Manner, temperature: float, seed: int) -> Reply:
        request: dict[str, Any] = {
            "model": self._endpoint.model, "messages": list(messages), "temperature": temperature, "seed": seed,
            manner.limit: self._endpoint.most_answer_tokens, **response_format(manner.form)}
        request = {name: value for name, value in request.items() if name not in manner.without}
        ends = time.monotonic() + self._endpoint.timeout_seconds
        with self._client.chat.completions.with_streaming_response.create(**request) as response:
            return reply_of(self._body(response.iter_bytes(), ends), messages, manner.form)

    def _body(self, pieces: Iterator[bytes], ends: float) -> bytes:
        """A response's body, within the time. Raises `ConnectionError`, `TimeoutError` or `ValueError`."""
        body = bytearray()
        while True:
            try:
                piece = next(pieces, None)
            except Exception as error:  # what the transport raises halfway is no part of the client's interface
                raise ConnectionError(f"the answer broke off ({type(error).__name__}: {error})") from error
            if piece is None:
                return bytes(body)
            body += piece
            if time.monotonic() > ends:
                raise TimeoutError(f"no whole answer in {self._endpoint.timeout_seconds:g} seconds")
            if len(body) > MOST_BYTES:
                raise ValueError(f"an answer of more than {MOST_BYTES} bytes")

    def _other_manner(self, manner: Manner, error: Any) -> Manner | None:
        """How to ask instead, after a refusal that may be due to how it was asked."""
        if error.status_code not in OF_FORM:
            return None
        said = str(error).casefold()
        if error.status_code < 500:
            if manner.limit == "max_tokens" and "max_completion_tokens" in said:
                return replace(manner, limit="max_completion_tokens")
            for name in ("seed", "temperature"):
                if name in said and name not in manner.without:
                    return replace(manner, without=(*manner.without, name))
        forms = list(Form)
        below = forms[forms.index(Form(manner.form)) + 1:]
        return replace(manner, form=below[0].value) if below else None

    def _refuse(self, error: Any) -> None:
        """Raise `EndpointError` for what no further try could mend."""
        where = f"The model {self._endpoint.model!r} at {self._endpoint.base_url}"
        if error.status_code in (401, 403):
            raise EndpointError(f"{where} refuses the key ({self._told(error)}). Set SIDES_API_KEY or "
                                "OPENAI_API_KEY.") from error
        if error.status_code == 404:
            raise EndpointError(f"{where} is not there ({self._told(error)}). Check the address, which ends in /v1 as "
                                "a rule, and the name of the model.") from error

    def _told(self, error: BaseException) -> str:
        """What went wrong, in a line, without the key: some endpoints tell it back."""
        status = getattr(error, "status_code", None)
        said = " ".join(str(error).split()) or type(error).__name__
        said = said if self._key == NO_KEY else said.replace(self._key, "***")
        said = said[:PRESENT_CHARACTERS]
        return f"HTTP {status}: {said}" if status and not said.startswith("Error code") else said

    def _learn(self, manner: Manner) -> None:
        with self._lock:
            if manner != self._manner:
                self._answers.remember(self._endpoint.base_url, self._endpoint.model, asdict(manner))
            self._manner, self.is_known = manner, True


def library() -> ModuleType:
    """The client library. Raises `EndpointError` where it is not installed."""
    try:
        import openai
    except ImportError as error:
        raise EndpointError("To ask a language model, install what speaks to it: pip install 'sides[llm]'") from error
    return openai


def response_format(form: str) -> dict[str, Any]:
    """The parameter that asks for an answer of a form."""
    if form == Form.JSON_SCHEMA:
        return {"response_format": {"type": "json_schema",
                                    "json_schema": {"name": "claims", "strict": True, "schema": schema()}}}
    if form == Form.JSON_OBJECT_WITH_SCHEMA:
        return {"response_format": {"type": "json_object", "schema": schema()}}
    return {"response_format": {"type": "json_object"}} if form == Form.JSON_OBJECT else {}


def reply_of(body: bytes, messages: Messages, form: str) -> Reply:
    """The reply that the body of a response holds. Raises `ValueError` if it holds none.

    Where the endpoint does not count tokens, they are estimated.
    """
    try:
        row = json.loads(body)
        choice = row["choices"][0]
        text = choice["message"].get("content") or ""
        usage = row.get("usage") or {}
        if not isinstance(text, str):
            raise TypeError("its content is no text")
        return Reply(text, str(choice.get("finish_reason") or "stop"),
                     int(usage.get("prompt_tokens") or estimated_tokens(messages)),
                     int(usage.get("completion_tokens") or estimated_tokens([{"content": text}])), str(form))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise ValueError(f"a response that is no chat completion ({type(error).__name__})") from error


def asked_wait_of(error: Any) -> float | None:
    """The seconds that an endpoint asks to wait, if it does."""
    value = error.response.headers.get("retry-after")
    if value is None:
        return None
    try:
        return max(0.0, float(value))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(value).timestamp() - time.time())
    except ValueError:
        return None


def _manner(row: Mapping[str, Any] | None) -> Manner | None:
    """What was remembered, unless it makes no sense."""
    try:
        return None if row is None else Manner(Form(row["form"]).value, str(row["limit"]), tuple(row["without"]))
    except (KeyError, TypeError, ValueError):
        return None

"""Passages to answers: from what is kept, else from the endpoint, within the budget.

Everything is asked in the order in which it is given, a few requests at once, so that where a budget ends does not hang
on which answer came first. A request is only sent if the budget allows the longest answer to it, so that it is never
overdrawn by more than an estimate of the prompt is off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from sides.claims.llm.budget import Budget, estimated_tokens
from sides.claims.llm.cache import Answers, Reply, request_id
from sides.claims.llm.client import Client, Unanswered
from sides.claims.llm.endpoint import Endpoint
from sides.claims.llm.prompt import Messages, repair
from sides.claims.llm.schema import Malformed, rows, schema

# An endpoint that fails so many requests one after the other is not asked any more in this run.
MOST_FAILURES = 3
BUDGET_USED = "the budget is used up"


@dataclass(frozen=True, slots=True)
class Request:
    """One request: what is sent, and how warm the sample is."""

    messages: Messages
    temperature: float
    seed: int


@dataclass(frozen=True, slots=True)
class Unsent:
    """Why a passage has no answer."""

    why: str


@dataclass(slots=True)
class Spent:
    """What a run has asked, and what that took."""

    asked: int = 0  # requests that were answered now
    kept: int = 0  # answers that were there already
    repaired: int = 0  # of all these, second requests after an answer of the wrong form
    prompt_tokens: int = 0  # of what was answered now
    answer_tokens: int = 0
    failures: list[str] = field(default_factory=list)  # of requests that came to nothing


@dataclass(frozen=True, slots=True)
class Estimate:
    """What asking would take, before anything is asked."""

    requests: int
    kept: int  # answers that are there already, and cost nothing
    prompt_tokens: int  # estimated
    most_answer_tokens: int  # if every answer is as long as it may be


class Asker:
    """Asks one endpoint in one run."""

    def __init__(self, endpoint: Endpoint, answers: Answers, budget: Budget,
                 client: Callable[[], Client] | None = None) -> None:
        self.endpoint, self.budget, self.spent = endpoint, budget, Spent()
        self._answers, self._make = answers, client or (lambda: Client(endpoint, answers))
        self._client: Client | None = None
        self._in_a_row, self._stopped = 0, ""

    def close(self) -> None:
        """Break off what is under way."""
        if self._client is not None:
            self._client.close()

    @property
    def form(self) -> str | None:
        """The form in which answers were asked for, if any were."""
        return self._client.form if self._client is not None and self._client.is_known else None

    def estimate(self, passages: Sequence[Messages]) -> Estimate:
        """What asking about some passages would take."""
        requests = [request for messages in passages for request in self._requests(messages)]
        missing = [request for request in requests if self._answers.get(self._id(request)) is None]
        return Estimate(len(missing), len(requests) - len(missing),
                        sum(estimated_tokens(request.messages) for request in missing),
                        len(missing) * self.endpoint.most_answer_tokens)

    def ask(self, passages: Sequence[Messages]) -> list[tuple[str, ...] | Unsent]:
        """The answers to each passage, one a sample, or why there are none.

        An answer of the wrong form is asked for once more. Raises `EndpointError` where no request could succeed.
        """
        first = [self._requests(messages) for messages in passages]
        replies = self._all([request for requests in first for request in requests])
        flat = [request for requests in first for request in requests]
        bad = [(place, mended) for place, (request, reply) in enumerate(zip(flat, replies, strict=True))
               if isinstance(reply, Reply) and (mended := _mended(request, reply)) is not None]
        self.spent.repaired += len(bad)
        for (place, _), reply in zip(bad, self._all([request for _, request in bad]), strict=True):
            replies[place] = reply
        found: list[tuple[str, ...] | Unsent] = []
        for number in range(len(first)):
            own = replies[number * self.endpoint.votes:(number + 1) * self.endpoint.votes]
            lacking = next((reply for reply in own if isinstance(reply, Unsent)), None)
            found.append(lacking or tuple(reply.text for reply in own if isinstance(reply, Reply)))
        return found

    def _requests(self, messages: Messages) -> list[Request]:
        return [Request(messages, temperature, seed) for temperature, seed in self.endpoint.samples]

    def _all(self, requests: Sequence[Request]) -> list[Reply | Unsent]:
        """The reply to each request, in their order."""
        alike = {self._id(request): request for request in requests}
        found: dict[str, Reply | Unsent] = {name: kept for name in alike if (kept := self._answers.get(name))}
        self.spent.kept += len(found)
        waiting = [name for name in alike if name not in found]
        while waiting and not self._stopped:
            wave = self._wave([alike[name] for name in waiting])
            if not wave:
                self._stopped = BUDGET_USED
                break
            found |= zip(waiting, self._sent(wave), strict=False)
            waiting = waiting[len(wave):]
        return [found.get(self._id(request)) or Unsent(self._stopped) for request in requests]

    def _wave(self, requests: Sequence[Request]) -> list[Request]:
        """Those of the next requests that are sent together: as many as the budget allows, each answered at length."""
        client = self._opened()
        prompt, answer = self.spent.prompt_tokens, self.spent.answer_tokens
        wave: list[Request] = []
        for request in requests[:self.endpoint.at_once if client.is_known else 1]:
            prompt += estimated_tokens(request.messages)
            answer += self.endpoint.most_answer_tokens
            if not self.budget.allows(prompt, answer):
                break
            wave.append(request)
        return wave

    def _sent(self, wave: Sequence[Request]) -> list[Reply | Unsent]:
        """The replies to requests that are sent together, kept as they come."""
        if len(wave) == 1:
            replies = [self._send(wave[0])]
        else:
            pool = ThreadPoolExecutor(len(wave))
            try:
                replies = list(pool.map(self._send, wave))
            except BaseException:
                self.close()  # so that no thread goes on waiting for an answer
                raise
            finally:
                pool.shutdown(wait=True, cancel_futures=True)
        for reply in replies:
            if isinstance(reply, Reply):
                self._in_a_row = 0
                self.spent.asked += 1
                self.spent.prompt_tokens += reply.prompt_tokens
                self.spent.answer_tokens += reply.answer_tokens
                continue
            self.spent.failures.append(reply.why)
            self._in_a_row += 1
            if self._in_a_row >= MOST_FAILURES:
                self._stopped = f"the endpoint failed {MOST_FAILURES} times one after the other: {reply.why}"
        return replies

    def _send(self, request: Request) -> Reply | Unsent:
        try:
            reply = self._opened().ask(request.messages, request.temperature, request.seed)
        except Unanswered as error:
            return Unsent(f"the endpoint gave no answer: {error}")
        self._answers.put(self._id(request), reply)
        return reply

    def _opened(self) -> Client:
        if self._client is None:
            self._client = self._make()
        return self._client

    def _id(self, request: Request) -> str:
        return request_id(request.messages, schema(), self.endpoint.model, {
            "temperature": request.temperature, "seed": request.seed,
            "most_answer_tokens": self.endpoint.most_answer_tokens})


def _mended(request: Request, reply: Reply) -> Request | None:
    """The request that asks once more, where an answer is of the wrong form."""
    try:
        rows(reply.text)
    except Malformed as error:
        return Request(repair(request.messages, reply.text, str(error)), request.temperature, request.seed)
    return None

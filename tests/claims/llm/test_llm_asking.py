"""Passages to answers: what is kept, what is spent, what is asked again, and where it ends."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sides.claims.llm.asking import BUDGET_USED, MOST_FAILURES, Asker, Unsent
from sides.claims.llm.budget import Budget, estimated_tokens
from sides.claims.llm.cache import Answers
from sides.claims.llm.client import Client
from sides.claims.llm.endpoint import Endpoint
from sides.model.errors import EndpointError

from .server import completion, fault, serving

EMPTY = '{"claims": []}'


def passages(count: int) -> list[tuple[dict[str, str], ...]]:
    return [({"role": "system", "content": "s" * 300}, {"role": "user", "content": f"passage {number:04}"})
            for number in range(count)]


def echo(request, _):
    """An answer that tells which passage it is to."""
    return completion(f'{{"claims": ["{request["messages"][1]["content"]}"]}}')


def asker(server, folder, budget: Budget | None = None, **settings) -> Asker:
    endpoint, answers = Endpoint(base_url=server.base_url, model="m", **settings), Answers(folder)
    return Asker(endpoint, answers, budget or Budget(), lambda: Client(endpoint, answers, lambda _: None))


def test_answers_come_in_the_order_of_the_passages_however_many_are_asked_at_once(tmp_path):
    with serving(echo) as server:
        found = asker(server, tmp_path, at_once=5).ask(passages(12))
    assert found == [(f'{{"claims": ["passage {number:04}"]}}',) for number in range(12)]


def test_what_was_asked_before_is_free_exact_and_needs_no_server(tmp_path):
    with serving(echo) as server:
        first = asker(server, tmp_path)
        found = first.ask(passages(3))
    again = asker(server, tmp_path)  # nobody listens any more
    assert again.ask(passages(3)) == found
    assert (again.spent.asked, again.spent.kept, again.spent.prompt_tokens) == (0, 3, 0)
    assert (first.spent.asked, first.spent.prompt_tokens, first.spent.answer_tokens) == (3, 300, 30)
    assert again.estimate(passages(4)).requests == 1


def test_the_same_passage_is_asked_about_once(tmp_path):
    with serving(echo) as server:
        found = asker(server, tmp_path).ask([*passages(1), *passages(1)])
    assert found[0] == found[1] and len(server.requests) == 1


def test_another_model_seed_or_length_of_answer_is_another_question(tmp_path):
    with serving(echo) as server:
        asker(server, tmp_path).ask(passages(1))
        asker(server, tmp_path, most_answer_tokens=9).ask(passages(1))
        (votes,) = asker(server, tmp_path, votes=3).ask(passages(1))
    assert len(votes) == 3
    samples = sorted((one["temperature"], one["seed"]) for one in server.requests)
    assert samples == [(0.0, 0), (0.0, 0), (0.5, 1), (0.5, 2)]  # the first of three is the one of the first run


def test_an_answer_of_the_wrong_form_is_asked_for_once_more(tmp_path):
    with serving([completion("no idea"), completion(EMPTY)]) as server:
        first = asker(server, tmp_path)
        assert first.ask(passages(1)) == [(EMPTY,)]
    assert first.spent.repaired == 1 and first.spent.asked == 2
    asked = server.requests[1]["messages"]
    assert [one["role"] for one in asked] == ["system", "user", "assistant", "user"]
    assert asked[2]["content"] == "no idea" and "no JSON object" in asked[3]["content"]
    again = asker(server, tmp_path)
    assert again.ask(passages(1)) == [(EMPTY,)] and again.spent.kept == 2
    with serving([completion("no"), completion("no again"), completion("never asked for")]) as server:
        assert asker(server, tmp_path / "other").ask(passages(1)) == [("no again",)]
    assert len(server.requests) == 2


def test_a_budget_is_not_overdrawn_and_what_was_not_sent_is_told(tmp_path):
    each = estimated_tokens(passages(1)[0]) + 50
    with serving(echo) as server:
        run = asker(server, tmp_path, Budget(tokens=3 * 110 + each - 1), most_answer_tokens=50, at_once=2)
        found = run.ask(passages(9))
    assert [isinstance(one, Unsent) for one in found] == [False] * 3 + [True] * 6
    assert {one.why for one in found if isinstance(one, Unsent)} == {BUDGET_USED}
    assert run.spent.prompt_tokens + run.spent.answer_tokens == 330
    more = asker(server, tmp_path, Budget(tokens=0), most_answer_tokens=50)
    assert [isinstance(one, Unsent) for one in more.ask(passages(4))] == [False] * 3 + [True]  # kept ones cost nothing


def test_a_budget_in_money_goes_by_the_prices_given(tmp_path):
    budget = Budget(usd=0.01, usd_per_million_in=10.0, usd_per_million_out=100.0)
    with serving(echo) as server:
        run = asker(server, tmp_path, budget, most_answer_tokens=20)
        sent = sum(not isinstance(one, Unsent) for one in run.ask(passages(30)))
    cost = budget.usd_of(run.spent.prompt_tokens, run.spent.answer_tokens)
    assert 0 < sent < 30 and cost is not None and 0.005 < cost <= 0.01
    for senseless in ({"usd": 1.0}, {"tokens": -1}, {"usd_per_million_in": float("nan")}):
        with pytest.raises(EndpointError):
            Budget(**senseless)


@given(st.integers(0, 2000), st.integers(0, 2000), st.integers(0, 4000))
def test_a_budget_that_allows_more_allows_less(prompt, answer, tokens):
    budget = Budget(tokens=tokens)
    assert budget.allows(prompt, answer) == (prompt + answer <= tokens)
    assert not budget.allows(prompt, answer) or budget.allows(prompt // 2, answer)


def test_an_endpoint_that_keeps_failing_is_left_alone(tmp_path):
    with serving([completion(EMPTY), fault(500)]) as server:
        run = asker(server, tmp_path, at_once=1, tries=1)
        found = run.ask(passages(9))
    assert found[0] == (EMPTY,)
    assert len(run.spent.failures) == MOST_FAILURES and len(server.requests) == 1 + MOST_FAILURES
    assert all(isinstance(one, Unsent) and "failed" in one.why for one in found[1 + MOST_FAILURES:])


def test_one_failure_costs_one_passage(tmp_path):
    def script(request, number):
        return fault(418, "no tea") if "0002" in request["messages"][1]["content"] else echo(request, number)

    with serving(script) as server:
        found = asker(server, tmp_path, at_once=3).ask(passages(6))
    (lost,) = [one for one in found if isinstance(one, Unsent)]
    assert "no tea" in lost.why and found.index(lost) == 2

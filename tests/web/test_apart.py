"""Work in a process of its own."""

from __future__ import annotations

import os
import threading
from functools import partial
from itertools import combinations

import numpy as np
import pytest

from sides.balance.difference import Edit, Standing
from sides.balance.network import Network
from sides.balance.over_time import moment
from sides.model.dates import PartialDate
from sides.model.errors import NetworkError, SidesError
from sides.web.apart import Apart


@pytest.fixture(scope="module")
def network() -> Network:
    pairs = list(combinations([f"actor-{place:02}" for place in range(12)], 2))
    signs = np.random.default_rng(3).choice([-1, 1], len(pairs))
    return Network.from_edges((one, other, int(sign)) for (one, other), sign in zip(pairs, signs, strict=True))


def test_what_is_worked_out_apart_is_what_is_worked_out_here(network):
    apart = Apart()
    here, there = (call(PartialDate(2012), network, {}, 1) for call in (moment, partial(apart.call, moment)))
    assert (there.membership, there.strains.base.value) == (here.membership, here.strains.base.value)
    edit = Edit("flip", "actor-00", "actor-01")
    here, there = Standing(network).after([edit]), apart.call(Standing, network).after([edit])
    assert there.membership_after == here.membership_after
    assert there.after.strains.base.value == here.after.strains.base.value


def test_a_refusal_comes_back_and_the_process_goes_on(network):
    apart = Apart()
    with pytest.raises(NetworkError, match="nobody"):
        apart.call(Standing.after, Standing(network), [Edit("flip", "nobody", "actor-01")])
    assert apart.call(os.getpid) not in (0, os.getpid())


def test_a_process_that_ends_costs_the_call_alone():
    apart = Apart()
    first = apart.call(os.getpid)
    with pytest.raises(SidesError, match="ended before"):
        apart.call(os._exit, 3)
    assert apart.call(os.getpid) != first


def test_calls_of_several_threads_take_turns():
    apart, found = Apart(), {}
    threads = [threading.Thread(target=lambda place=place: found.update({place: apart.call(pow, place, 2)}))
               for place in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert found == {place: place ** 2 for place in range(8)}


def test_the_process_goes_with_whom_it_serves():
    apart = Apart()
    pid = apart.call(os.getpid)
    assert apart._process is not None
    process = apart._process
    del apart
    process.wait(10)
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)

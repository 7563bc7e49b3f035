"""How many requests a client may send: a bucket of tokens each, filled at a steady rate."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address

# Requests a second and at once. A page asks for some twenty answers when it opens, and a few with each step of the
# slider. On loopback all clients are one, and a busy one costs its own machine only.
PER_SECOND, AT_ONCE = 30.0, 300.0
LOOPBACK_PER_SECOND, LOOPBACK_AT_ONCE = 2_000.0, 4_000.0
CLIENTS_KEPT = 4_096


class Rates:
    """Buckets by client, those of the clients seen last. `clock` counts seconds.

    >>> now = [0.0]
    >>> rates = Rates(lambda: now[0])
    >>> sum(rates.admits("192.0.2.1") for _ in range(1000)), rates.admits("192.0.2.2")
    (300, True)
    >>> now[0] = 1.0
    >>> sum(rates.admits("192.0.2.1") for _ in range(1000))
    30
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def admits(self, client: str) -> bool:
        """Take a token of a client's bucket, where there is one."""
        key, per_second, at_once = allowance(client)
        now = self._clock()
        tokens, since = self._buckets.pop(key, (at_once, now))
        tokens = min(at_once, tokens + (now - since) * per_second)
        is_admitted = tokens >= 1
        self._buckets[key] = (tokens - is_admitted, now)
        if len(self._buckets) > CLIENTS_KEPT:
            self._buckets.popitem(last=False)
        return is_admitted


def allowance(client: str) -> tuple[str, float, float]:
    """Whose bucket a client draws on, requests a second, and requests at once.

    All of one IPv6 network of 64 bits are one client.
    """
    try:
        address = ip_address(client)
    except ValueError:  # a socket of this machine
        return client, LOOPBACK_PER_SECOND, LOOPBACK_AT_ONCE
    if address.is_loopback:
        return "loopback", LOOPBACK_PER_SECOND, LOOPBACK_AT_ONCE
    if isinstance(address, IPv6Address):
        return str(int(address) >> 64), PER_SECOND, AT_ONCE
    return client, PER_SECOND, AT_ONCE

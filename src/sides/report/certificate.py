"""Whether a certificate proves what it says."""

from __future__ import annotations

from typing import Any

from rich.console import RenderableType
from rich.text import Text

from sides.balance.certificate import Certificate
from sides.balance.network import Network
from sides.report.balance import camps_words
from sides.report.counting import counted


def check_answer(network: Network, certificate: Certificate, *, holds: bool) -> RenderableType:
    """What a certificate proves of a network."""
    proved = (f"no division of these {counted(network.size, 'actor')} into {camps_words(certificate.camps)} "
              f"frustrates less than {certificate.bound / network.scale:g}")
    return Text(f"The certificate holds: {proved}." if holds else
                f"The certificate does not prove that {proved}. It is of another network, or damaged.")


def check_record(network: Network, certificate: Certificate, *, holds: bool) -> dict[str, Any]:
    """What a certificate proves of a network, as plain values for JSON."""
    return {"holds": holds, "lower": certificate.bound / network.scale, "camps_allowed": certificate.camps,
            "n": network.size, "m": network.ties, "conventions": network.conventions.sentences()}

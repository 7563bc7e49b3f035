"""What notebooks show of ties and networks: everything of a document escaped, and nothing shown without its count."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

import sides
from tests.ties.ledgers import made, told


@pytest.fixture(scope="module")
def ledger(digest):
    return sides.open(digest)


def parsed(html):
    return ElementTree.fromstring(html.replace("<br>", "<br/>"))


def test_a_tie_shows_its_state_since_when_and_its_quotes(ledger):
    tie = ledger.tie("Hamas", "Syria")
    root = parsed(tie._repr_html_())
    words = "".join(root.itertext())
    assert f"{tie.state} ({tie.probabilities[tie.state]:.0%}) in {tie.now_at}, since {tie.now.first}" in words
    assert len(root.findall(".//tbody/tr")) == len(tie.steps)
    quotes = ["".join(one.itertext()) for one in root.findall(".//li/b")]
    assert quotes and set(quotes) <= {one.quote for one in tie.evidence}
    assert f"{len(quotes)} of {len(tie.evidence)} claims" in words


def test_what_documents_say_is_escaped(tmp_path):
    ledger = made(tmp_path, told("2015-02-10", "<script>Wire</script>", ("norland", "ALLIANCE", "sudland", {
        "start": "2014", "speaker": "<img onerror=x>"})))
    html = ledger.tie("norland", "sudland")._repr_html_()
    assert "<script" not in html and "<img" not in html and "&lt;script&gt;Wire" in html and "&lt;img" in html
    network = sides.Network.from_edges([("<b>a", "c & d", 1), ("<b>a", "e", -1)])
    assert "<b>a" not in network._repr_html_() and "&lt;b&gt;a" in network._repr_html_()
    parsed(network._repr_html_())


def test_a_tie_of_which_nothing_is_told_says_so(ledger):
    tie = ledger.tie("Hamas", "Syria", at="1950", known="1950")
    assert "nothing is told" in tie._repr_html_() and "nothing is told" in repr(tie)


def test_plain_forms_stay_short(ledger):
    tie, network = ledger.tie("Hamas", "Syria"), ledger.network()
    assert repr(tie).startswith("<Tie 'hamas' 'syria': ") and len(repr(tie)) < 120
    assert repr(network) == (f"<Network of {network.size} actors and {network.ties} ties: "
                             f"{(network.weight > 0).sum()} friendly, {(network.weight < 0).sum()} hostile>")


def test_a_small_network_is_drawn_and_a_large_one_listed(ledger):
    network = sides.Network.from_edges([("a", "b", 1), ("b", "c", -1), ("a", "c", -1)])
    root = parsed(network._repr_html_())
    svg = root.find("{http://www.w3.org/2000/svg}svg")
    kinds = [child.get("stroke-dasharray") for child in svg if child.tag.endswith("line")]
    assert len(kinds) == 3 and kinds.count(None) == 1  # friends are drawn through, foes dashed
    assert [row.findall("td")[2].text for row in root.findall(".//tr")] == ["+1", "-1", "-1"]
    large = sides.Network.from_edges([(f"n{at}", f"n{at + 1}", 1) for at in range(30)])
    assert "<svg" not in large._repr_html_() and "10 of 30 ties" in large._repr_html_()
    assert "0 actors" in sides.Network.from_edges([])._repr_html_()

"""A tie as a notebook shows it: its state, its steps, and the quotes that the state rests on."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sides.ties.evidence import Evidence
    from sides.ties.tie import Tie

QUOTES = 5  # as many as a screen takes beside the steps; how many there are stands above them


def tie_words(tie: Tie) -> str:
    """A tie in one line, for where there is no room for more."""
    state = f"{tie.state}, {tie.probabilities[tie.state]:.0%}, in {tie.now_at}" if tie.state else "nothing is told"
    since = f", since {tie.now.first}" if tie.now else ""
    return f"<Tie {tie.left!r} {tie.right!r}: {state}{since}; {len(tie.evidence)} claims>"


def tie_html(tie: Tie) -> str:
    """A tie as HTML. Whatever comes out of a document is escaped."""
    return "".join(_parts(tie))


def _parts(tie: Tie) -> Iterator[str]:
    from sides.ties.tie import best_quotes

    yield f'<div class="sides-tie"><p><b>{escape(tie.left)} – {escape(tie.right)}</b>: '
    if tie.state is None or tie.now is None:
        yield f"nothing is told of their state in {escape(str(tie.now_at))}.</p></div>"
        return
    yield (f"<b>{tie.state}</b> ({tie.probabilities[tie.state]:.0%}) in {escape(str(tie.now_at))}, "
           f"since {tie.now.first}")
    yield f"; known by {escape(str(tie.known))}" if tie.known else ""
    yield "</p><table><thead><tr><th>from</th><th>to</th><th>state</th><th>mean</th><th>for</th><th>against</th></tr>"
    yield "</thead><tbody>"
    for step in tie.steps:
        marks = " (contested)" if step.is_contested else ""
        yield (f"<tr><td>{step.first}</td><td>{step.last}</td><td>{step.state}{marks}</td>"
               f"<td>{step.probability:.0%}</td><td>{len(step.agreeing)}</td><td>{len(step.opposing)}</td></tr>")
    quotes = best_quotes(tie.now.agreeing or tie.evidence, QUOTES)
    yield f"</tbody></table><p>{len(quotes)} of {len(tie.evidence)} claims:</p><ul>"
    yield from map(_quote, quotes)
    yield "</ul></div>"


def _quote(one: Evidence) -> str:
    before, quote, after = (escape(part) for part in one.sentence)
    told = f"{one.claim.type}, {one.claim.modality}, {one.date}"
    source = f"{one.speaker_name}; {', '.join(one.outlets)}, {one.document.published}"
    return f"<li>{before}<b>{quote}</b>{after}<br><small>{escape(told)} — {escape(source)}</small></li>"

"""A brief as one page of HTML that loads nothing and prints on A4; words of documents are text and never run."""

from __future__ import annotations

from html import escape

from sides.report.brief.small_map import small_map
from sides.report.brief.values import Brief, Section, Statement, in_sentence, place
from sides.report.quotes import attribution
from sides.report.states import percent
from sides.ties.evidence import Evidence
from sides.ties.states import State

# The web app's colours (web/src/graph/theme.ts): the farther from neutral, the darker.
COLOURS = {State.HOSTILE: "#8a4404", State.STRAINED: "#c97d33", State.NEUTRAL: "#b6bcc4", State.FRIENDLY: "#6ba3d0",
           State.ALLIED: "#1d5a96"}
POLICY = "default-src 'none'; style-src 'unsafe-inline'"
STYLE = """
@page{size:A4;margin:12mm 13mm}
*{box-sizing:border-box}
body{font:9.5pt/1.38 system-ui,"Noto Sans","Noto Sans Arabic","Noto Sans Hebrew",sans-serif;color:#1b1f24;
background:#fff;max-width:184mm;margin:8mm auto;padding:0 4mm}
h1{font-size:16pt;line-height:1.2;margin:0 0 1mm}h1 small{font-weight:400;color:#444c54}
h2{font-size:10.5pt;margin:3.2mm 0 .8mm;border-bottom:.3mm solid #c4cad0;break-after:avoid}
ul{margin:0;padding-left:4mm}li{margin:.5mm 0;break-inside:avoid}
p{margin:.6mm 0}.note{color:#444c54;font-style:italic}
.bar{display:flex;height:5mm;margin:1.5mm 0 .5mm;border:.2mm solid #888}.bar i{display:block}
.key{display:flex;flex-wrap:wrap;gap:0 3.5mm;font-size:8pt;margin:0 0 1mm}
.key i{display:inline-block;width:2.6mm;height:2.6mm;margin-right:1mm;border:.2mm solid #888}
q{unicode-bidi:isolate;quotes:"“" "”"}q b{font-weight:600}bdi,cite{unicode-bidi:isolate;font-style:normal}
cite{color:#444c54}
a{color:#1d5a96;text-decoration:none;font-size:7.5pt;vertical-align:.3em;line-height:0}
figure{float:right;width:84mm;margin:0 0 1mm 4mm}figure svg{display:block;width:100%;height:auto}
ol{columns:2;column-gap:6mm;margin:0;padding-left:6mm;font-size:7.4pt;line-height:1.28}
ol li{margin:.3mm 0}footer{clear:both;margin-top:2.5mm;border-top:.3mm solid #c4cad0;padding-top:.8mm;font-size:7.4pt;
color:#444c54}
@media print{body{margin:0;padding:0;max-width:none;font-size:8.4pt;line-height:1.27;print-color-adjust:exact;
-webkit-print-color-adjust:exact}h2{margin-top:2.2mm;font-size:9.5pt}li{margin:.25mm 0}figure{width:78mm}
ol{font-size:6.5pt;line-height:1.22}footer{font-size:6.5pt}}
@media (max-width:600px){figure{float:none;width:100%;margin:0}ol{columns:1}}
"""


def page(brief: Brief) -> str:
    """The brief as HTML."""
    first, *rest = brief.sections
    sources = "\n".join(f'<li id="source-{number}">{_quote(one)} <cite>{escape(attribution(one))}. '
                        f"{escape(place(one))}</cite></li>" for number, one in enumerate(brief.sources, 1))
    foot = "\n".join(f"<p>{escape(line)}</p>" for line in brief.foot)
    text = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="{POLICY}">
<title>{escape(brief.title)}</title><style>{STYLE}</style></head>
<body><h1><bdi>{escape(brief.title)}</bdi> <small>{escape(brief.state)}</small></h1>
<figure>{small_map(brief.map, COLOURS)}</figure>
{_section(first, _bar(brief))}
{"".join(map(_section, rest))}<h2>Sources</h2>
<ol>
{sources}
</ol>
<footer>{foot}</footer></body></html>
"""
    return text.encode("utf-8", "replace").decode()


def _section(one: Section, above: str = "") -> str:
    notes = "".join(f'<p class="note">{escape(note)}</p>\n' for note in one.notes)
    rows = "".join(f"<li>{_statement(each)}</li>\n" for each in one.statements)
    return f"<h2>{escape(one.heading)}</h2>\n{above}{notes}{f'<ul>{rows}</ul>' if rows else ''}\n"


def _statement(one: Statement) -> str:
    quote = f" {_quote(one.quoted)} <cite>{escape(attribution(one.quoted))}</cite>" if one.quoted else ""
    links = " ".join(f'<a href="#source-{number}">[{number}]</a>' for number in one.sources)
    return f"<bdi>{escape(one.text)}</bdi>{quote} {links}"


def _quote(one: Evidence) -> str:
    """The quote in its sentence, the quote itself stressed."""
    before, quote, after = map(escape, in_sentence(one))
    return f"<q>{before}<b>{quote}</b>{after}</q>"


def _bar(brief: Brief) -> str:
    """The probabilities of the states as a bar, with a key that needs no colours."""
    if not brief.shares:
        return ""
    shares = [(state, brief.shares[state]) for state in State]
    parts = "".join(f'<i style="width:{100 * share:.2f}%;background:{COLOURS[state]}"></i>' for state, share in shares)
    key = "".join(f'<span><i style="background:{COLOURS[state]}"></i>{state.value} {percent(share)}</span>'
                  for state, share in shares)
    return f'<div class="bar" aria-hidden="true">{parts}</div><div class="key">{key}</div>\n'

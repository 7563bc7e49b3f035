"""Web pages: the article in a page (trafilatura), and what the head says of date (htmldate) and so on."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from typing import Any

from lxml import etree  # type: ignore[import-untyped]
from lxml import html as lxml_html

from sides.documents.content import Content, Format, FoundDate, said, storable, titled
from sides.documents.decode import MARKS, declared_charset, decode
from sides.documents.lines import WORD
from sides.model.dates import PartialDate
from sides.model.errors import BinaryInput, DateError, EmptyInput, InputError, MalformedInput

# What parsers of other people raise on damaged input, beside their own errors. Nothing of ours is called under it.
PARSER_FAILURES = (ArithmeticError, AssertionError, AttributeError, LookupError, MemoryError, RecursionError,
                   TypeError, ValueError, OSError, etree.LxmlError)
MIN_ARTICLE_WORDS = 8  # less is a notice that scripts are needed, or a menu
EARLIEST_PAGE = "1900-01-01"  # pages carry old newspapers too
XML_DECLARATION = re.compile(r"^\ufeff?\s*<\?xml[^>]*\?>")
# Elements of a body that speak of the page's date, and not of the story's.
DATE_ELEMENTS = ("//*[contains(@itemprop, 'datePublished')]", "//time[@pubdate]",
                 "//time[contains(@class, 'publish')]",
                 "//time[contains(@class, 'entry-date') or contains(@class, 'post-date')]",
                 "(//article | //main | //header)//time[@datetime]", "//abbr[contains(@class, 'published')]")
BLOCKS = frozenset((
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure", "footer", "h1", "h2",
    "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul"))
UNSEEN = frozenset(("script", "style", "noscript", "template", "iframe", "form"))


def read(name: str, content: bytes, *, charset: str | None = None, url: str | None = None,
         today: date | None = None) -> Iterator[Content | InputError]:
    """The article in a page: its title, an empty line, and its paragraphs, an empty line between them."""
    from trafilatura import bare_extraction

    page = _characters(name, content, charset)
    with quiet("trafilatura", "htmldate"):
        try:
            tree = lxml_html.document_fromstring(page)
            found: Any = bare_extraction(page, with_metadata=True, include_comments=False,
                                    date_extraction_params={"extensive_search": False})
            dated = _date(tree, today)
        except etree.ParserError:
            yield EmptyInput(name, "is an empty page", "Leave it out.")
            return
        except PARSER_FAILURES as error:
            yield MalformedInput(name, f"is a damaged page ({_short(error)})", "Save the page again, or as plain text.")
            return
    lines = (found.text or "").splitlines() if found is not None else []
    body = "\n\n".join(line.strip() for line in lines if line.strip())
    if len(WORD.findall(body)) < MIN_ARTICLE_WORDS:
        yield EmptyInput(name, "holds no article that could be told from the page around it",
                         "Save the article's text as plain text.")
        return
    outlet = said(found.sitename)
    title = _bare_title(said(found.title), outlet)
    yield Content(
        name=name, format=Format.HTML, text=storable(titled(title, body)), title=title, author=said(found.author),
        outlet=outlet, language=_language(tree), url=url or _canonical(tree),
        dates=(FoundDate(dated, "meta"),) if dated else ())


def fragment_text(markup: str) -> str:
    """The text of a piece of HTML, such as a feed's entry: a paragraph a block, an empty line between them.

    >>> fragment_text("<p>The <b>truce</b> holds.</p><p>For now.</p>")
    'The truce holds.\\n\\nFor now.'
    """
    try:
        root = lxml_html.fragment_fromstring(XML_DECLARATION.sub("", storable(markup)), create_parent="div")
    except PARSER_FAILURES:
        return ""
    pieces: list[str] = []
    _gather(root, pieces)
    paragraphs = (" ".join(paragraph.split()) for paragraph in "".join(pieces).split("\x1e"))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


def _gather(root: etree._Element, pieces: list[str]) -> None:
    """Collect text in document order, with a mark at each border of a block."""
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi"):
            pieces.append(element.tail or "")
            continue
        is_block = element.tag in BLOCKS
        if is_block:
            pieces.append("\x1e")
        if event == "start" and not any(above.tag in UNSEEN for above in (element, *element.iterancestors())):
            pieces.append(element.text or "")
        if event == "end" and element is not root and not any(
                above.tag in UNSEEN for above in element.iterancestors()):
            pieces.append(element.tail or "")


@contextmanager
def quiet(*loggers: str) -> Iterator[None]:
    """Keep a library's own log lines from the terminal: what matters is said in the error that names the input."""
    changed = [(logging.getLogger(name), logging.getLogger(name).level) for name in loggers]
    for logger, _ in changed:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for logger, level in changed:
            logger.setLevel(level)


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _characters(name: str, content: bytes, charset: str | None) -> str:
    marked = any(content.startswith(mark) for mark, _ in MARKS)
    try:
        page = decode(name, content, None if marked else charset or declared_charset(content))
    except BinaryInput:
        # A page may hold a stray byte of another encoding, or NULs; browsers show it all the same.
        page = content.decode("utf-8", "replace")
    return XML_DECLARATION.sub("", storable(page))


def _date(tree: lxml_html.HtmlElement, today: date | None) -> PartialDate | None:
    """The date that the page's head gives, else its date elements; never one from the story.

    htmldate would go on to look for any date in the text, so it is shown a page without one.
    """
    head = [deepcopy(element) for element in tree.xpath("//meta | //script[@type='application/ld+json']")]
    found = _date_of(head, today)
    if found is not None:
        return found
    elements = []
    for element in (found for path in DATE_ELEMENTS for found in tree.xpath(path)[:1]):
        written = element.get("content") or element.get("datetime") or element.get("title") or element.text_content()
        elements.append(lxml_html.Element("meta", property="article:published_time", content=storable(written)[:80]))
    return _date_of(elements, today) if elements else None


def _date_of(elements: Sequence[lxml_html.HtmlElement], today: date | None) -> PartialDate | None:
    from htmldate import find_date

    page = lxml_html.document_fromstring("<html><head></head><body></body></html>")
    page.find("head").extend(elements)
    found = find_date(page, extensive_search=False, original_date=True, min_date=EARLIEST_PAGE,
                      max_date=f"{today:%Y-%m-%d}" if today else None)
    if found is None:
        return None
    try:
        day = PartialDate.parse(found)
    except DateError:
        return None
    # Where a page gives only a month, htmldate makes up a day.
    markup = etree.tostring(page, encoding="unicode")
    month = str(PartialDate(day.year, day.month))
    is_month = str(day) not in markup and re.search(rf"{month}(?![-\d])", markup)
    return PartialDate(day.year, day.month) if is_month else day


def _language(tree: lxml_html.HtmlElement) -> str | None:
    declared = said(tree.get("lang"))
    return declared.replace("_", "-").lower() if declared else None


def _canonical(tree: lxml_html.HtmlElement) -> str | None:
    for path in ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content"):
        for found in tree.xpath(path):
            address = said(str(found))
            if address and address.lower().startswith(("http://", "https://")):
                return address
    return None


def _bare_title(title: str | None, outlet: str | None) -> str | None:
    """A title without the name of the site behind it."""
    if title and outlet:
        for mark in (" | ", " - ", " – ", " — ", " :: "):
            bare, found, end = title.rpartition(mark)
            if found and bare.strip() and end.strip().casefold() == outlet.casefold():
                return bare.strip()
    return title

import pytest

from sides.documents import Source, load
from sides.documents.html import fragment_text
from sides.model.errors import EmptyInput, UndatedDocument

from .files import OPTIONS, STORY, page_of


def read(page: bytes, name: str = "a.html", **arguments):
    [found] = load(Source(name=name, content=page), OPTIONS)
    return found


PUBLISHED = '<meta property="article:published_time" content="2024-05-03T08:00:00+06:00">'


def test_a_page_gives_its_article_under_its_title_and_no_more() -> None:
    found = read(page_of(head=PUBLISHED + '<meta property="og:site_name" content="The Caspian Post">'
                                          '<meta name="author" content="Ann Lee">'))
    assert found.text == "\n\n".join(("Border talks in Almaty", *STORY))
    assert (found.title, found.author, found.outlet, found.format) == (
        "Border talks in Almaty", "Ann Lee", "The Caspian Post", "html")


@pytest.mark.parametrize(("head", "body", "date"), [
    (PUBLISHED, "", "2024-05-03"),
    ('<meta itemprop="datePublished" content="2024-05-03">', "", "2024-05-03"),
    ('<meta name="DC.date.issued" content="2024-05-03">', "", "2024-05-03"),
    ('<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-03T08:00:00Z", '
     '"dateModified": "2024-05-20"}</script>', "", "2024-05-03"),
    ("", '<time datetime="2024-05-03T08:00:00Z">3 May</time>', "2024-05-03"),
    ("", '<span itemprop="datePublished" content="2024-05-03">a while ago</span>', "2024-05-03"),
    ('<meta property="article:published_time" content="1938-10-01">', "", "1938-10-01")])
def test_a_page_is_dated_by_its_head_or_date_elements(head: str, body: str, date: str) -> None:
    found = read(page_of(head=head, body_head=body))
    assert (str(found.published), found.published_from) == (date, "meta")


def test_the_head_goes_before_the_date_elements() -> None:
    found = read(page_of(head=PUBLISHED, body_head='<time datetime="2024-05-04">4 May</time>'))
    assert str(found.published) == "2024-05-03"


def test_a_month_in_the_head_stays_a_month() -> None:
    found = read(page_of(head='<meta property="article:published_time" content="2024-05">'))
    assert str(found.published) == "2024-05"


def test_dates_of_the_story_and_of_the_copyright_never_date_a_page() -> None:
    paragraphs = ("On 9 November 2020 the two signed a truce in Moscow, and on 2020-11-10 it came into force there.",
                  *STORY)
    refused = read(page_of("What the truce of 9 November 2020 changed", paragraphs=paragraphs))
    assert isinstance(refused, UndatedDocument) and "meta tags" in str(refused)


def test_a_line_under_the_headline_dates_a_page_without_tags() -> None:
    found = read(page_of(body_head="<p>By Ann Lee | 3 May 2024</p>"))
    assert (str(found.published), found.published_from) == ("2024-05-03", "text")


def test_the_canonical_address_dates_and_names_a_saved_page() -> None:
    found = read(page_of(head='<link rel="canonical" href="https://www.caspianpost.example/2024/05/03/talks">'))
    assert (found.url, str(found.published), found.published_from, found.outlet) == (
        "https://www.caspianpost.example/2024/05/03/talks", "2024-05-03", "url", "caspianpost.example")


def test_a_title_loses_the_name_of_its_site() -> None:
    head = PUBLISHED + '<meta property="og:site_name" content="The Caspian Post">'
    assert read(page_of("Border talks in Almaty | The Caspian Post", head)).title == "Border talks in Almaty"


def test_a_page_without_an_article_is_named() -> None:
    assert isinstance(read(b"<!doctype html><html><body><nav><a href='/'>Home</a></nav></body></html>"), EmptyInput)
    assert isinstance(read(b"<html>"), EmptyInput)


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "iso-8859-1", "utf-16"])
def test_a_page_is_read_in_the_encoding_that_it_declares(encoding: str) -> None:
    name = "Президент" if encoding == "windows-1251" else "Élysée"
    page = page_of(head=f'<meta charset="{encoding}">' + PUBLISHED, paragraphs=(f"{name} spoke. {STORY[0]}",
                                                                                *STORY[1:]))
    assert name in read(page.decode().encode(encoding)).text


def test_a_fragment_keeps_paragraphs_and_loses_scripts() -> None:
    assert fragment_text("<p>One<br>two</p><script>x()</script><!-- no -->tail<ul><li>a</li><li>b</li></ul>") == (
        "One\n\ntwo\n\ntail\n\na\n\nb")

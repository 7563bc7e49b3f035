from sides.documents import Source, load
from sides.model.document import Document
from sides.model.errors import EmptyInput, MalformedInput, UndatedDocument, UnreachableInput

from .files import OPTIONS, STORY, item_of, page_of, rss_of, served

FULL = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
DAY = "Fri, 03 May 2024 23:30:00 -0500"


def read(content: bytes, name: str = "feed.rss"):
    return list(load(Source(name=name, content=content), OPTIONS))


def test_an_entry_with_its_article_is_a_document_dated_where_it_was_written() -> None:
    [found] = read(rss_of([item_of("Border talks", "https://caspian.example/a", FULL, DAY)]))
    assert found.text == "\n\n".join(("Border talks", *STORY))
    assert (str(found.published), found.published_from, found.outlet, found.url, found.format, found.name) == (
        "2024-05-03", "feed", "The Caspian Post", "https://caspian.example/a", "feed",
        "feed.rss#https://caspian.example/a")


def test_atom_is_read_as_well() -> None:
    [found] = read(f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Caspian Post</title>
        <entry><title>Border talks</title><id>urn:1</id><author><name>Ann Lee</name></author>
        <published>2024-05-03T23:30:00-05:00</published><updated>2024-05-09T00:00:00Z</updated>
        <content type="html">{FULL.replace("<", "&lt;")}</content></entry></feed>""".encode())
    assert (found.title, found.author, str(found.published), found.name) == (
        "Border talks", "Ann Lee", "2024-05-03", "feed.rss#urn:1")


def test_a_bad_entry_costs_itself_alone() -> None:
    found = read(rss_of([item_of("One", "https://c.example/1", FULL, DAY), item_of("Two", "", "", DAY),
                         item_of("Three", "https://c.example/3", FULL.replace("Armenia", "Georgia")),
                         item_of("Four", "https://c.example/4", "", DAY, "A teaser..."),
                         item_of("Five", "https://c.example/5", FULL.replace("Armenia", "Greece"), DAY)]))
    assert [type(one) for one in found] == [Document, EmptyInput, UndatedDocument, EmptyInput, Document]
    assert found[1].name == "feed.rss#2" and "announces" in found[3].reason


def test_content_that_is_cut_off_is_not_the_article() -> None:
    [refused] = read(rss_of([item_of("One", "https://c.example/1", f"<p>{STORY[0]} [...]</p>", DAY)]))
    assert isinstance(refused, EmptyInput)


def test_a_long_summary_is_the_article() -> None:
    [found] = read(rss_of([item_of("One", "https://c.example/1", "", DAY, " ".join(STORY * 2))]))
    assert isinstance(found, Document)


def test_a_feed_from_the_web_has_its_articles_fetched() -> None:
    answers = {"/talks": (200, {"Content-Type": "text/html; charset=utf-8"}, page_of())}
    with served(answers) as (address, _):
        answers["/feed"] = (200, {"Content-Type": "application/rss+xml"}, rss_of([
            item_of("Border talks in Almaty", f"{address}/talks", "", DAY, "A teaser"),
            item_of("Gone", f"{address}/gone", "", DAY, "A teaser")]))
        found, refused = load(Source(name=f"{address}/feed", url=f"{address}/feed"), OPTIONS)
        assert (found.name, found.url, found.format, str(found.published), found.published_from, found.outlet) == (
            f"{address}/talks", f"{address}/talks", "html", "2024-05-03", "feed", "The Caspian Post")
        assert isinstance(refused, UnreachableInput) and refused.name == f"{address}/gone"


def test_a_feed_that_breaks_off_gives_what_it_held_and_says_so() -> None:
    whole = rss_of([item_of("One", "https://c.example/1", FULL, DAY), item_of("Two", "https://c.example/2", FULL, DAY)])
    found = read(whole[:whole.index(b"Two")])
    assert isinstance(found[0], Document)
    assert isinstance(found[-1], (MalformedInput, EmptyInput))


def test_what_is_no_feed_is_named() -> None:
    assert isinstance(read(b"<rss><channel>")[0], (MalformedInput, EmptyInput))
    assert isinstance(read(b"Hello there", "a.rss")[0], MalformedInput)

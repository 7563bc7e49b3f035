from sides.documents import Source, load
from sides.model.errors import EmptyInput, MalformedInput, UndatedDocument

from .files import OPTIONS, pdf_of

PAGES = (
    ("POLICY BRIEF 12", "Ankara turns to Cairo", "3 March 2021",
     "Turkey and Egypt have agreed to exchange ambassadors,",
     "their ministers said in Cairo on Monday.", "1"),
    ("POLICY BRIEF 12", "The two had been at odds since 2013, when the army", "removed the president of Egypt.", "2"),
    ("POLICY BRIEF 12", "Both now want an end to the war in Libya and to the", "quarrel over the gas between them.",
     "3"))


def read(content: bytes):
    [found] = load(Source(name="a.pdf", content=content), OPTIONS)
    return found


def test_a_pdf_gives_its_text_and_sets_running_heads_and_page_numbers_aside() -> None:
    found = read(pdf_of(PAGES))
    assert (found.title, str(found.published), found.format) == ("Ankara turns to Cairo", "2021-03-03", "pdf")
    gone = [found.text[aside.begin_char:aside.end_char] for aside in found.asides]
    assert gone == ["POLICY BRIEF 12", "3 March 2021", "1", "POLICY BRIEF 12", "2", "POLICY BRIEF 12", "3"]
    assert "The two had been at odds since 2013, when the army\nremoved the president of Egypt." in found.text


def test_one_page_has_no_running_heads() -> None:
    found = read(pdf_of(PAGES[:1]))
    assert [found.text[a.begin_char:a.end_char] for a in found.asides] == ["3 March 2021"]


def test_the_day_on_which_a_pdf_was_made_is_not_its_date() -> None:
    pages = [[line for line in PAGES[0] if line != "3 March 2021"]]
    assert isinstance(read(pdf_of(pages, "/CreationDate (D:20210401120000Z)")), UndatedDocument)


def test_a_title_in_its_details_counts_if_the_text_has_it_too() -> None:
    assert read(pdf_of(PAGES, "/Title (ankara TURNS to Cairo)")).title == "ankara TURNS to Cairo"
    assert read(pdf_of(PAGES, "/Title (Microsoft Word - brief_final2.doc)")).title == "Ankara turns to Cairo"


def test_a_scanned_pdf_is_named_with_what_to_do() -> None:
    refused = read(pdf_of([()]))
    assert isinstance(refused, EmptyInput) and "OCR" in str(refused)


def test_a_broken_pdf_is_named() -> None:
    content = pdf_of(PAGES)
    assert isinstance(read(content[:200]), MalformedInput)
    assert isinstance(read(b"%PDF-1.7 but no more"), MalformedInput)

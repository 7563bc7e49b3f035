from sides.documents import Source, load

from .files import OPTIONS, STORY


def read(text: str):
    [found] = load(Source(name="a.md", content=text.encode()), OPTIONS)
    return found


def test_the_text_is_kept_with_its_marks_and_the_marks_are_set_aside() -> None:
    text = (f"# Border talks\n\n3 May 2024\n\n**{STORY[0]}**\n\n![A map](map.png)\n\n> {STORY[1]}\n\n"
            f"See [the accord](https://example.org/accord). {STORY[2]}\n")
    found = read(text)
    assert found.text == text and found.title == "Border talks" and found.format == "markdown"
    gone = [text[aside.begin_char:aside.end_char] for aside in found.asides]
    assert gone == ["# ", "3 May 2024", "**", "**", "![A map](map.png)", "> ", "(https://example.org/accord)"]


def test_front_matter_tells_title_date_author_and_is_set_aside() -> None:
    found = read(f"---\ntitle: 'Border talks'\nauthor: Ann Lee\ndate: 2024-05-03 10:00:00 +0600\n---\n\n{STORY[0]}\n")
    assert (found.title, found.author, str(found.published), found.published_from) == (
        "Border talks", "Ann Lee", "2024-05-03", "meta")
    assert found.text[found.asides[0].end_char:].strip() == STORY[0]


def test_an_underlined_title_is_one() -> None:
    assert read(f"Border talks\n============\n\n3 May 2024\n\n{STORY[0]}\n").title == "Border talks"


def test_names_with_underscores_and_sums_with_stars_keep_theirs() -> None:
    text = f"Talks\n\n3 May 2024\n\nThe file snake_case_name and 2 * 3 * 4 stay. {STORY[0]}"
    assert [text[a.begin_char:a.end_char] for a in read(text).asides] == ["3 May 2024"]

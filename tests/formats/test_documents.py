"""Papers: written once, kept as JSON, read back the same, and handed out as .docx."""

import json
import re
import zipfile
from datetime import UTC, datetime
from io import BytesIO

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as some

from knotwork.drawing.download import png
from knotwork.drawing.picture import Picture
from knotwork.drawing.svg import drawing, element
from knotwork.formats.documents import (
    Bullets,
    Document,
    Heading,
    Image,
    Paragraph,
    Table,
    kept,
    kind_of,
    read,
)
from knotwork.formats.documents_docx import docx_bytes

pytestmark = pytest.mark.pure

MADE = datetime(2026, 11, 27, 10, 30, 15, 123, tzinfo=UTC)
IMAGE = Image(
    "loop", "<svg/>", "Which places listen and which try.", "Where the places are, by their own word"
)
PAPER = Document(
    "What the places say",
    ("Example programme", "Version 1"),
    "en-GB",
    (
        Heading("In short"),
        Paragraph("We go back to listening.", lead="Northvale:"),
        Paragraph("Nothing else."),
        Bullets(("One", "Two")),
        Heading("Money", 2),
        Table("What was given", ("Place", "Given"), (("Northvale", "£60,000"), ("Eastmere", "£0")), (1,)),
        IMAGE,
    ),
)

words = some.text(max_size=40)
blocks = some.one_of(
    some.builds(Heading, words, some.integers(1, 3)),
    some.builds(Paragraph, words, words),
    some.builds(Bullets, some.lists(words, max_size=3).map(tuple)),
    some.integers(1, 3).flatmap(
        lambda wide: some.builds(
            Table,
            words,
            some.tuples(*[words] * wide),
            some.lists(some.tuples(*[words] * wide), max_size=3).map(tuple),
            some.lists(some.integers(0, wide - 1), max_size=2).map(tuple),
        )
    ),
    some.builds(Image, words, words, words, words),
)
papers = some.builds(
    Document,
    words,
    some.lists(words, max_size=2).map(tuple),
    words,
    some.lists(blocks, max_size=5).map(tuple),
)


@pytest.fixture(scope="module")
def a_picture() -> bytes:
    return drawn(10, 10)


def drawn(width: float, height: float) -> bytes:
    svg = drawing(
        element("rect", width=4, height=4, fill="var(--ink)"),
        name="loop",
        kind="loop",
        title="A loop",
        description="A loop",
        size=(width, height),
    )
    return png(Picture("loop", svg, ("a",), (("b",),), "A loop", "A loop"))


def opened(paper: Document, **pictures: bytes):
    return docx.Document(BytesIO(docx_bytes(paper, made_at=MADE, pictures=pictures)))


@given(papers)
def test_a_kept_paper_is_read_back_the_same(paper):
    assert read(json.loads(json.dumps(kept(paper)))) == paper


def test_words_are_changed_in_every_kind_of_block():
    shouted = kept(read(kept(PAPER), str.upper))
    text = json.dumps({**shouted, "language": ""})
    assert "NORTHVALE" in text
    assert "Northvale" not in text


@settings(max_examples=15, deadline=None)
@given(papers.filter(lambda paper: not any(isinstance(block, Image) for block in paper.blocks)))
def test_every_paper_becomes_a_file_that_opens_and_twice_the_same(paper):
    first = docx_bytes(paper, made_at=MADE)
    assert first == docx_bytes(paper, made_at=MADE)
    assert len(docx.Document(BytesIO(first)).tables) == sum(isinstance(b, Table) for b in paper.blocks)


def test_headings_are_headings_and_the_title_is_the_title(a_picture):
    styles = [(p.style.name, p.text) for p in opened(PAPER, loop=a_picture).paragraphs if p.text]
    assert styles[:4] == [
        ("Title", "What the places say"),
        ("Subtitle", "Example programme"),
        ("Subtitle", "Version 1"),
        ("Heading 1", "In short"),
    ]
    assert ("Heading 2", "Money") in styles
    assert ("List Bullet", "Two") in styles
    assert ("Normal", "Northvale: We go back to listening.") in styles


def test_a_table_has_a_caption_and_a_header_row_that_repeats(a_picture):
    paper = opened(PAPER, loop=a_picture)
    (table,) = paper.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Place", "Given"],
        ["Northvale", "£60,000"],
        ["Eastmere", "£0"],
    ]
    headers = [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows]
    assert headers == [True, False, False]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "What was given"
    assert "What was given" in [p.text for p in paper.paragraphs if p.style.name == "Caption"]


def test_a_picture_has_its_words_for_those_who_do_not_see_it(a_picture):
    paper = opened(PAPER, loop=a_picture)
    (shape,) = paper.inline_shapes
    assert shape._inline.docPr.get("descr") == IMAGE.description
    assert IMAGE.caption in [p.text for p in paper.paragraphs]


@pytest.mark.parametrize(("width", "height"), [(40, 10), (10, 40)])
def test_a_picture_keeps_its_shape_and_to_its_page(width, height):
    (shape,) = opened(Document("A", (), "en", (IMAGE,)), loop=drawn(width, height)).inline_shapes
    assert shape.width.mm <= 150.1
    assert shape.height.mm <= 210.1
    assert shape.height / shape.width == pytest.approx(height / width, rel=0.01)


def test_a_picture_that_nobody_gave_is_an_error():
    with pytest.raises(KeyError):
        docx_bytes(PAPER, made_at=MADE)


def test_the_file_says_its_language_title_and_time_and_nobodys_name(a_picture):
    about = opened(PAPER, loop=a_picture).core_properties
    assert (about.language, about.title, about.author, about.comments) == ("en-GB", PAPER.title, "", "")
    assert about.created == about.modified == MADE.replace(microsecond=0)
    with zipfile.ZipFile(BytesIO(docx_bytes(PAPER, made_at=MADE, pictures={"loop": a_picture}))) as file:
        assert set(re.findall(rb'w:lang w:val="([^"]+)"', file.read("word/styles.xml"))) == {b"en-GB"}


def test_the_file_points_to_nothing_outside_itself(a_picture):
    with zipfile.ZipFile(BytesIO(docx_bytes(PAPER, made_at=MADE, pictures={"loop": a_picture}))) as file:
        assert {entry.date_time for entry in file.infolist()} == {(2026, 11, 27, 10, 30, 14)}
        parts = {name: file.read(name) for name in file.namelist()}
    assert [name for name, part in parts.items() if b"External" in part or b"attachedTemplate" in part] == []
    assert [name for name in parts if "thumbnail" in name] == []


def test_characters_that_no_file_can_hold_are_left_out():
    paper = Document("A\x00b", (), "en", (Paragraph("c\x0bd \ufffe"),))
    assert [p.text for p in opened(paper).paragraphs] == ["Ab", "cd "]


def test_a_time_before_files_had_times_is_the_earliest_that_a_file_can_have():
    early = docx_bytes(Document("A", (), "en", ()), made_at=datetime(1970, 1, 1, tzinfo=UTC))
    with zipfile.ZipFile(BytesIO(early)) as file:
        assert file.infolist()[0].date_time == (1980, 1, 1, 0, 0, 0)


@pytest.mark.parametrize("level", [0, 4])
def test_a_heading_has_a_level_from_one_to_three(level):
    with pytest.raises(ValueError, match="from 1 to 3"):
        Heading("A", level)


def test_a_table_without_columns_or_with_an_uneven_row_is_refused():
    with pytest.raises(ValueError, match="at least one column"):
        Table("A", (), ())
    with pytest.raises(ValueError, match="2 columns, but row 2 has 1"):
        Table("A", ("b", "c"), (("d", "e"), ("f",)))


def test_a_block_of_another_kind_is_refused():
    content = kept(PAPER) | {"blocks": [{"kind": "film"}]}
    with pytest.raises(ValueError, match="'film'"):
        read(content)


def test_each_block_has_its_word():
    assert [kind_of(block) for block in PAPER.blocks[:4]] == ["heading", "paragraph", "paragraph", "bullets"]

"""A paper as a .docx file, for text processors: made to be read aloud, printed and changed.

Headings are real headings, tables have a header row that repeats on each page and a caption, pictures have a text
alternative, and the language of the words is said. The file points to nothing outside itself: no template from
elsewhere, no link. The same paper gives the same bytes: the times inside are those that the caller names.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from knotwork.formats.documents import Block, Bullets, Document, Heading, Image, Paragraph, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

_INK, _SOFT = RGBColor(0x1D, 0x2B, 0x2E), RGBColor(0x51, 0x65, 0x6A)
_ACCENT = RGBColor(0x14, 0x59, 0x5F)
_PAGE = (Mm(210), Mm(297))
_MARGIN = Mm(20)
_WIDTH, _HEIGHT = Mm(150), Mm(210)
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_THUMBNAIL = "/metadata/thumbnail"
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def docx_bytes(
    document: Document, *, made_at: datetime, pictures: Mapping[str, bytes] | None = None
) -> bytes:
    """The paper as a file. ``pictures`` are PNGs by the names of the images; one that is missing is an error."""
    paper = docx.Document()
    _forget_the_thumbnail(paper)
    _set_page_and_words(paper, _clean(document.language))
    _say_about(paper, document, made_at)
    title = paper.add_paragraph(_clean(document.title), style="Title")
    title.paragraph_format.space_after = Pt(4)
    for line in document.lines:
        paper.add_paragraph(_clean(line), style="Subtitle")
    for block in document.blocks:
        _write(paper, block, pictures or {})
    return _with_fixed_times(paper, made_at)


def _write(paper: Any, block: Block, pictures: Mapping[str, bytes]) -> None:
    match block:
        case Heading():
            paper.add_heading(_clean(block.text), level=block.level)
        case Paragraph():
            paragraph = paper.add_paragraph()
            if block.lead:
                paragraph.add_run(f"{_clean(block.lead)} ").bold = True
            paragraph.add_run(_clean(block.text))
        case Bullets():
            for item in block.items:
                paper.add_paragraph(_clean(item), style="List Bullet")
        case Table():
            _write_table(paper, block)
        case _:
            _write_picture(paper, block, pictures[block.name])


def _write_table(paper: Any, block: Table) -> None:
    """The caption above, then the rows; no row breaks across pages, and the first repeats on each."""
    caption = paper.add_paragraph(_clean(block.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    table = paper.add_table(rows=0, cols=len(block.columns), style="Table Grid")
    _set(table._tbl.tblPr, "w:tblCaption", _clean(block.caption))
    for number, words in enumerate((block.columns, *block.rows)):
        row = table.add_row()
        row_properties = row._tr.get_or_add_trPr()
        _set(row_properties, "w:cantSplit")
        if number == 0:
            _set(row_properties, "w:tblHeader")
        for column, (cell, word) in enumerate(zip(row.cells, words, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(_clean(word)).bold = number == 0 or column == 0
            if column in block.numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    paper.add_paragraph().paragraph_format.space_after = Pt(4)


def _write_picture(paper: Any, block: Image, png: bytes) -> None:
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(BytesIO(png), width=_WIDTH)
    if shape.height > _HEIGHT:  # a tall one keeps to its page
        shape.width, shape.height = round(shape.width * _HEIGHT / shape.height), _HEIGHT
    properties = shape._inline.docPr
    properties.set("descr", _clean(block.description))
    properties.set("name", _clean(block.name))
    paper.add_paragraph(_clean(block.caption), style="Caption")


def _set_page_and_words(paper: Any, language: str) -> None:
    """An A4 page, plain letters that every machine has, and the language for whoever reads it aloud."""
    section = paper.sections[0]
    section.page_width, section.page_height = _PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    for name, size, colour in (
        ("Normal", 11, _INK),
        ("Title", 24, _ACCENT),
        ("Subtitle", 11, _SOFT),
        ("Heading 1", 16, _ACCENT),
        ("Heading 2", 13, _INK),
        ("Heading 3", 11, _INK),
        ("Caption", 10, _SOFT),
        ("List Bullet", 11, _INK),
    ):
        font = paper.styles[name].font
        font.name, font.size, font.italic = "Arial", Pt(size), False
        font.color.rgb = colour
        _use_one_face(paper.styles[name])
    for lang in paper.styles.element.iter(qn("w:lang")):
        lang.set(qn("w:val"), language)


def _use_one_face(style: Any) -> None:
    """The face of a style counts, not that of the theme, which reading machines and printers may not have."""
    fonts = style.element.rPr.rFonts
    for name in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{name}"), None)


def _say_about(paper: Any, document: Document, made_at: datetime) -> None:
    about = paper.core_properties
    about.title, about.language = _clean(document.title)[:255], _clean(document.language)[:255]
    about.author = about.last_modified_by = about.comments = ""
    about.created = about.modified = made_at.replace(microsecond=0, tzinfo=None)


def _forget_the_thumbnail(paper: Any) -> None:
    """The picture of an empty page that the library's own template carries."""
    relations = paper.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith(_THUMBNAIL)]:
        del relations[key]


def _set(parent: Any, tag: str, value: str = "true") -> None:
    child = OxmlElement(tag)
    child.set(qn("w:val"), value)
    parent.append(child)


def _clean(text: str) -> str:
    """The words without characters that no XML file can hold."""
    return _NOT_IN_XML.sub("", text)


def _with_fixed_times(paper: Any, made_at: datetime) -> bytes:
    """The file with one time on each of its parts, so that the same paper is the same file."""
    as_written, fixed = BytesIO(), BytesIO()
    paper.save(as_written)
    time = max(_EARLIEST, made_at.timetuple()[:6])
    with ZipFile(as_written) as before, ZipFile(fixed, "w") as after:
        for name in before.namelist():
            entry = ZipInfo(name, time)
            entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o600 << 16
            after.writestr(entry, before.read(name))
    return fixed.getvalue()

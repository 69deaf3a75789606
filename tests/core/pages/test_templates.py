"""Every template of the house loads, and has nothing inline that the policy would refuse."""

import re
from pathlib import Path

import pytest
from django.template import engines

import knotwork

HOUSE = Path(knotwork.__file__).parent
TEMPLATES = sorted(
    path for path in HOUSE.rglob("templates/**/*") if path.suffix in {".html", ".txt", ".xml", ".svg"}
)

FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script without a file": re.compile(r"<script\b(?![^>]*\bsrc=)", re.IGNORECASE),
    "a handler in an attribute": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: link": re.compile(r"javascript:", re.IGNORECASE),
    "a file from elsewhere": re.compile(
        r"<(?:script|img|iframe|link rel=\"stylesheet\")\b[^>]*(?:src|href)=\"(?:https?:)?//", re.IGNORECASE
    ),
}


def name_of(path: Path) -> str:
    return path.relative_to(HOUSE).as_posix()


def test_there_are_templates_to_look_at() -> None:
    assert len(TEMPLATES) > 30


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_has_nothing_inline(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert not [fault for fault, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_template_loads(path: Path) -> None:
    name = path.as_posix().partition("/templates/")[2]
    assert engines["django"].get_template(name)


@pytest.mark.parametrize(
    "bad",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        '<script src="https://elsewhere.example/x.js"></script>',
    ],
)
def test_the_guard_sees_what_it_is_there_for(bad: str) -> None:
    assert any(pattern.search(bad) for pattern in FORBIDDEN.values())


VISIBLE_WORDS = re.compile(r">\s*([A-Za-z][a-z]+(?: [a-z]+)+)[^<{]*<")


@pytest.mark.parametrize("path", [path for path in TEMPLATES if "/pages/" in path.as_posix()], ids=name_of)
def test_no_sentence_of_the_shell_escapes_translation(path: Path) -> None:
    text = re.sub(
        r"\{% blocktranslate.*?endblocktranslate %\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL
    )
    assert not VISIBLE_WORDS.search(text)

"""What a body may hold, and how readers get it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knotwork.publications import body


@pytest.mark.parametrize(
    ("handed_in", "kept"),
    [
        ("<p>Plain words</p>", "<p>Plain words</p>"),
        ("<p>One &amp; two &lt;three&gt;</p>", "<p>One &amp; two &lt;three&gt;</p>"),
        ("<h1>Loud</h1><h5>Quiet</h5>", "<h3>Loud</h3><h3>Quiet</h3>"),
        ("<strong>very</strong> <em>much</em>", "<b>very</b> <i>much</i>"),
        ("<ul><li>one</li><li>two</li></ul>", "<ul><li>one</li><li>two</li></ul>"),
        ("<blockquote>said so</blockquote>", "<blockquote>said so</blockquote>"),
        ('<p class="x" style="y" onclick="z()" id="w">kept</p>', "<p>kept</p>"),
        ("<p>before</p><script>alert(1)</script><p>after</p>", "<p>before</p><p>after</p>"),
        ("<style>p { color: red }</style><p>kept</p>", "<p>kept</p>"),
        ("<svg><a href='/x'>no</a></svg><p>yes</p>", "<p>yes</p>"),
        ("<p>never <i>closed", "<p>never <i>closed</i></p>"),
        ("closed</p> too often</b>", "closed too often"),
        ("<p>crossed <b>over <i>there</b> so</i></p>", "<p>crossed <b>over <i>there</i></b> so</p>"),
        ("<p></p><p> </p><p>kept</p>", "<p>kept</p>"),
        ("<img src=x onerror=alert(1)><p>kept</p>", "<p>kept</p>"),
        ("<table><tr><td>cells</td></tr></table>", "cells"),
        ("<!-- a note --><p>kept</p>", "<p>kept</p>"),
        ("<p>one<br>two<br/>three</p>", "<p>one<br>two<br>three</p>"),
        ("<p>an open one<p>another", "<p>an open one</p><p>another</p>"),
    ],
)
def test_only_our_own_elements_are_kept(handed_in, kept):
    assert body.stored(handed_in) == kept


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " java\nscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "//elsewhere.example",
        "/\\elsewhere.example",
        "relative",
        "http://[broken",
        "",
    ],
)
def test_a_link_that_we_do_not_make_loses_its_address_and_keeps_its_words(address):
    assert body.stored(f'<p><a href="{address}">words</a></p>') == "<p>words</p>"


def test_a_link_keeps_its_address_and_nothing_else():
    link = '<a href="https://example.org/?a=1&amp;b=2" target="_blank" class="x">words</a>'
    assert body.stored(link) == '<a href="https://example.org/?a=1&amp;b=2">words</a>'


def test_for_readers_a_link_to_elsewhere_lends_no_weight_and_one_of_this_site_is_plain():
    shown = body.shown('<a href="https://example.org/">there</a> <a href="/library/">here</a>')
    assert '<a href="https://example.org/" rel="noopener noreferrer nofollow">there</a>' in shown
    assert '<a href="/library/">here</a>' in shown
    assert (
        body.shown('<a href="mailto:a@example.org">write</a>') == '<a href="mailto:a@example.org">write</a>'
    )


def test_headings_come_right_below_the_title_of_the_page():
    assert body.shown("<h3>A part</h3><p>words</p>") == "<h2>A part</h2><p>words</p>"


def test_the_words_alone_for_searching():
    html = '<h3>A part</h3><p>One &amp; <a href="/x/">two</a></p><ul><li>three</li><li>four</li></ul>'
    assert body.plain(html) == "A part One & two three four"


PIECES = st.sampled_from(
    ["<p>", "</p>", "<h3>", "</h3>", "<b>", "</b>", "<a href='/x'>", "</a>", "<ul>", "<li>", "</li>", "</ul>",
     "<script>", "</script>", "<svg/onload=x>", "</svg>", "words", "&lt;script&gt;", "<", ">", "'", '"', "<!--"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=20).map("".join))
def test_whatever_is_handed_in_nothing_but_our_elements_comes_out_and_twice_is_like_once(html):
    kept = body.stored(html)
    assert "<script" not in kept
    assert "<svg" not in kept
    assert "<!--" not in kept
    assert body.stored(kept) == kept
    assert body.stored(body.shown(kept)) == kept

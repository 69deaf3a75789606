"""An analyst takes the figures apart."""

import csv
import subprocess
import sys
import zipfile

RESULTS = "/programmes/open-conversations/listen/biodiversity/results/"


def downloaded(page, click):
    with page.expect_download() as waiting:
        click()
    return waiting.value.path()


def test_the_results_say_of_how_many_people_before_anything_else(visit):
    page = visit()
    page.goto(RESULTS)
    words = page.locator("main").inner_text()
    assert "Of the 536 people who took part" in words
    assert "not the population" in words


def test_the_table_of_groups_is_downloaded_and_adds_up(visit):
    page = visit()
    page.goto(RESULTS)
    path = downloaded(page, lambda: page.get_by_role("link", name="CSV – The groups", exact=True).click())
    with open(path, encoding="utf-8", newline="") as table:
        rows = list(csv.DictReader(table))
    assert [row["group"] for row in rows] == ["A", "B"]
    assert sum(int(row["size"]) for row in rows) == 441


def test_the_picture_is_downloaded_as_svg_and_png(visit):
    page = visit()
    page.goto(RESULTS)
    for ending, first_bytes in (("SVG", b"<svg"), ("PNG", b"\x89PNG")):
        link = page.locator(".figure__downloads a", has_text=ending).first
        path = downloaded(page, lambda link=link: link.click())
        with open(path, "rb") as picture:
            assert picture.read(200).lstrip().startswith(first_bytes)


def test_the_same_groups_come_out_of_the_downloaded_votes_on_the_command_line(visit, tmp_path):
    """What the page says can be reproduced with nothing but the public files and one command."""
    page = visit()
    page.goto(RESULTS)
    folder = tmp_path / "export"
    packed = downloaded(page, lambda: page.get_by_role("link", name="files of a Polis export").click())
    with zipfile.ZipFile(packed) as files:
        files.extractall(folder)
    out = tmp_path / "results"
    command = [sys.executable, "-m", "knotwork.cli", "opinion", "analyse", str(folder), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True)
    with open(out / "groups.csv", encoding="utf-8", newline="") as table:
        sizes = [int(row["size"]) for row in csv.DictReader(table)]
    path = downloaded(page, lambda: page.get_by_role("link", name="CSV – The groups", exact=True).click())
    with open(path, encoding="utf-8", newline="") as table:
        assert sizes == [int(row["size"]) for row in csv.DictReader(table)]

import io
import random
import warnings
import zipfile

import pytest

from knotwork.formats import zips
from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import uploaded_file
from knotwork.formats.zips import unzipped, zipped


def packed(*entries: tuple[str, bytes]) -> bytes:
    written = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as opened:
        warnings.simplefilter("ignore")
        for name, content in entries:
            opened.writestr(name, content)
    return written.getvalue()


def refusal(content: bytes, largest: int = 1000) -> str:
    with pytest.raises(InputProblem) as problem:
        unzipped(uploaded_file("map.zip", content), largest=largest)
    return str(problem.value)


def test_files_are_known_by_their_plain_names():
    folder = unzipped(uploaded_file("map.zip", packed(("map/", b""), ("map/a.csv", b"1"))), largest=10)
    assert (folder.name, folder.read("a.csv").content) == ("map.zip", b"1")


def test_the_same_files_are_the_same_zip():
    one, other = zipped({"a": b"1", "b": b"2"}), zipped({"b": b"2", "a": b"1"})
    assert one == other
    assert unzipped(uploaded_file("x.zip", one), largest=10).read("b").content == b"2"


def test_a_zip_that_unpacks_beyond_the_bound_is_refused():
    assert "more when unpacked" in refusal(packed(("a", b"x" * 100_000)))
    assert "more when unpacked" in refusal(packed(("a", b"x" * 600), ("b", b"x" * 600)))


def test_a_zip_of_too_many_files_is_refused(monkeypatch):
    monkeypatch.setattr(zips, "MOST_FILES", 1)
    assert "found 2 files, expected at most 1 files" in refusal(packed(("a", b""), ("b", b"")))


def test_a_file_twice_is_refused():
    assert "found a.csv twice" in refusal(packed(("one/a.csv", b""), ("two/a.csv", b"")))


def test_a_damaged_zip_is_refused():
    whole = packed(("a", b"x" * 500))
    assert "a damaged file" in refusal(b"no zip")
    assert "a damaged file" in refusal(whole.replace(whole[31:36], b"?????"))


def test_a_zip_with_any_bytes_changed_is_read_or_refused():
    whole = packed(("a.csv", b"x" * 50), ("b.csv", b"1"))
    refused = 0
    for seed in range(500):
        chance = random.Random(seed)
        content = bytearray(whole)
        for _ in range(3):
            content[chance.randrange(len(content))] = chance.randrange(256)
        try:
            unzipped(uploaded_file("map.zip", bytes(content)), largest=1000)
        except InputProblem:
            refused += 1
    assert 0 < refused < 500

import gzip
import hashlib

import pytest

from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import open_file, open_folder, uploaded_file


def test_a_file_is_read_with_its_size_and_hash(tmp_path):
    (tmp_path / "votes.csv").write_bytes(b"a,b\n")
    source = open_file(tmp_path / "votes.csv")
    assert (source.name, source.content, source.size) == ("votes.csv", b"a,b\n", 4)
    assert source.sha256 == hashlib.sha256(b"a,b\n").hexdigest()


def test_a_gzipped_file_is_unpacked_and_hashed_as_it_came(tmp_path):
    packed = gzip.compress(b"a,b\n" * 100, mtime=0)
    (tmp_path / "votes.csv.gz").write_bytes(packed)
    source = open_folder(tmp_path).read("votes.csv")
    assert (source.name, source.plain_name) == ("votes.csv.gz", "votes.csv")
    assert (source.content, source.size) == (b"a,b\n" * 100, len(packed))
    assert source.sha256 == hashlib.sha256(packed).hexdigest()


def test_uploaded_files_are_found_by_name_in_whatever_folder():
    folder = open_folder({"export/votes.csv": b"1", "export/comments.csv.gz": gzip.compress(b"2", mtime=0)})
    assert "votes.csv" in folder
    assert "summary.csv" not in folder
    assert folder.read("comments.csv").content == b"2"


def test_files_with_an_ending_come_in_order():
    folder = open_folder({"b.parquet": b"2", "a.parquet": b"1", "c.txt": b"3"})
    assert [source.content for source in folder.ending(".parquet")] == [b"1", b"2"]


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputProblem, match="no such file or directory"):
        open_file(tmp_path / "nothing.csv")
    with pytest.raises(InputProblem, match=r"found no file votes\.csv"):
        open_folder(tmp_path).read("votes.csv")
    with pytest.raises(InputProblem, match="a folder that can be read"):
        open_folder(tmp_path / "nowhere")


def test_a_file_above_the_bound_is_refused_before_it_is_read(tmp_path):
    (tmp_path / "votes.csv").write_bytes(b"x" * 11)
    with pytest.raises(InputProblem, match="found 11 bytes, expected at most 10 bytes"):
        open_file(tmp_path / "votes.csv", largest=10)
    with pytest.raises(InputProblem, match="at most 10 bytes"):
        open_folder({"votes.csv": b"x" * 11}, largest=10).read("votes.csv")


def test_a_file_that_unpacks_beyond_the_bound_is_refused():
    packed = gzip.compress(b"x" * 100_000, mtime=0)
    with pytest.raises(InputProblem, match="more when unpacked"):
        open_folder({"votes.csv.gz": packed}, largest=1000).read("votes.csv")


@pytest.mark.parametrize(
    "damaged",
    [b"no gzip", gzip.compress(b"x" * 1000, mtime=0)[:20], gzip.compress(b"x", mtime=0)[:-4] + b"xxxx"],
)
def test_a_damaged_gzip_file_is_refused(damaged):
    with pytest.raises(InputProblem, match="a damaged file"):
        open_folder({"votes.csv.gz": damaged}).read("votes.csv")


def test_an_uploaded_file_is_known_by_its_own_name_and_unpacked():
    file = uploaded_file("a/folder/votes.csv.gz", gzip.compress(b"x", mtime=0))
    assert (file.name, file.plain_name, file.content) == ("votes.csv.gz", "votes.csv", b"x")
    with pytest.raises(InputProblem, match="at most 10 bytes"):
        uploaded_file("votes.csv", b"x" * 11, largest=10)

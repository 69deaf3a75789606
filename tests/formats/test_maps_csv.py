import datetime
import io

import polars as pl
import pytest
from hypothesis import given

from knotwork.formats.maps import MapFile, MapPerspective, arranged, read_map, read_uploaded_map, write_map
from knotwork.formats.maps_csv import read_csv_map
from knotwork.formats.problems import InputProblem
from knotwork.formats.sources import open_folder
from knotwork.formats.zips import zipped
from tests.formats.map_files import FORESIGHT, any_map

FACTORS = "id,label\n1,One\n2,Two\n"
A_WEIGHT = "a weight of the sign {}, not 0 and at most 1 in size"


def read(links: str, factors: str = FACTORS) -> MapFile:
    return read_csv_map(open_folder({"factors.csv": factors.encode(), "links.csv": links.encode()}))


def refusal(links: str, factors: str = FACTORS) -> str:
    with pytest.raises(InputProblem) as problem:
        read(links, factors)
    return str(problem.value)


@given(any_map(people=False))
def test_what_is_written_is_read_back(one):
    written = write_map(one, "csv")
    back = read_uploaded_map("map.zip", zipped(written.files))
    assert (back.factors, back.perspectives) == (one.factors, one.perspectives)
    assert written.lost == (("the title of the map",) if one.title else ())


def test_the_obesity_map_is_read_with_its_columns_that_are_not_used():
    one = read_map(FORESIGHT)
    assert one.lost == ("factors.csv: column variable_type", "factors.csv: column atlas_cluster")
    assert (one.factors[0].label, one.factors[0].x) == (
        "Availability of Passive Entertainment Options",
        985.0,
    )
    signs = [link.sign for link in one.perspectives[0].links]
    assert (signs.count(1), signs.count(-1)) == (198, 98)


@pytest.mark.parametrize(
    ("sign", "meant"),
    [("1", 1), ("+1", 1), ("+", 1), ("1.0", 1), ("-1", -1), ("-", -1), ("−", -1), (" - ", -1)],
)
def test_signs_are_numbers_or_marks(sign, meant):
    assert read(f"source,target,sign\n1,2,{sign}\n").perspectives[0].links[0].sign == meant


def test_rows_of_one_person_are_her_map():
    one = read("source,target,sign,person\n1,2,+,Ben\n1,2,-,Ann\n2,1,+,Ben\n2,2,+,\n")
    assert {each.name: len(each.links) for each in one.perspectives} == {
        "Ben": 2,
        "Ann": 1,
        "As it was drawn": 1,
    }


def test_rows_in_any_order_are_the_same_map():
    one = read("source,target,sign,person\n1,2,+,Ben\n1,2,-,Ann\n", "id,label\n2,Two\n1,One\n")
    other = read("source,target,sign,person\n1,2,-,Ann\n1,2,+,Ben\n")
    assert arranged(one) == arranged(other)


def test_tables_may_be_gzipped_or_parquet():
    import gzip

    links = pl.DataFrame({"source": [1], "target": [2], "sign": [-1.0], "weight": [-0.5]})
    written = io.BytesIO()
    links.write_parquet(written)
    folder = open_folder(
        {"factors.csv.gz": gzip.compress(FACTORS.encode(), mtime=0), "links.parquet": written.getvalue()}
    )
    (link,) = read_csv_map(folder).perspectives[0].links
    assert (link.source, link.sign, link.weight) == ("1", -1, -0.5)


@pytest.mark.parametrize(
    ("links", "message"),
    [
        (
            "source,target,sign\n1,3,+\n",
            "links.csv, row 2, column target: found 3, expected an id of factors.csv.",
        ),
        (
            "source,target,sign\n,2,+\n",
            "links.csv, row 2, column source: found nothing, expected an id of factors.csv.",
        ),
        (
            "source,target,sign\n1,2,0\n",
            "links.csv, row 2, column sign: found 0, expected 1, -1, + or -.",
        ),
        (
            "source,target,sign\n1,2,\n",
            "links.csv, row 2, column sign: found nothing, expected 1, -1, + or -.",
        ),
        (
            "source,target,sign,weight\n1,2,+,-0.5\n",
            f"links.csv, row 2, column weight: found -0.5, expected {A_WEIGHT.format('+1')}.",
        ),
        (
            "source,target,sign,weight\n1,2,-,-1.5\n",
            f"links.csv, row 2, column weight: found -1.5, expected {A_WEIGHT.format('-1')}.",
        ),
        (
            "source,target,sign,weight\n1,2,+,strong\n",
            "links.csv, row 2, column weight: found strong, expected a number.",
        ),
        (
            "source,target,sign,confidence\n1,2,+,nan\n",
            "links.csv, row 2, column confidence: found nan, expected a number.",
        ),
        (
            "source,target,sign,person\n1,2,+,Ann\n1,2,-,Ann\n",
            "links.csv, row 3, column target: found 1 to 2 a second time, expected each pair once for each person.",
        ),
        (
            "source,target\n1,2\n",
            "links.csv, row 1, column sign: found only the columns source, target, expected this column.",
        ),
    ],
)
def test_links_that_cannot_be_used_are_refused_with_their_place(links, message):
    assert refusal(links) == message


@pytest.mark.parametrize(
    ("factors", "message"),
    [
        ("id,label\n1,One\n1,Two\n", "factors.csv, row 3, column id: found 1, expected each id once."),
        ("id,label\n,One\n", "factors.csv, row 2, column id: found nothing, expected an id."),
        ("id,x\n1,left\n", "factors.csv, row 2, column x: found left, expected a number."),
    ],
)
def test_factors_that_cannot_be_used_are_refused_with_their_place(factors, message):
    assert refusal("source,target,sign\n", factors) == message


def test_a_table_of_dates_and_lists_is_refused_with_its_place():
    for found in ([1.0], datetime.date(2020, 1, 1)):
        written = io.BytesIO()
        pl.DataFrame({"source": [1], "target": [2], "sign": [1], "weight": [found]}).write_parquet(written)
        files = {"factors.csv": FACTORS.encode(), "links.parquet": written.getvalue()}
        with pytest.raises(InputProblem, match=r"row 2, column weight: found .*, expected a number"):
            read_csv_map(open_folder(files))


def test_a_folder_without_the_tables_is_refused(tmp_path):
    with pytest.raises(InputProblem, match=r"found no file factors\.csv"):
        read_map(tmp_path)


def test_what_two_tables_cannot_carry_is_listed():
    one = MapFile("Title", (), (MapPerspective("Table 1", 6, ()),))
    assert write_map(one, "csv").lost == (
        "the title of the map",
        "Table 1: that 6 people drew it",
        "Table 1: a perspective without links",
    )

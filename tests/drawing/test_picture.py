import pytest

from knotwork.drawing.picture import Picture


def test_a_picture_carries_its_figures() -> None:
    picture = Picture("bars", "<svg/>", ("Group", "People"), (("A", 12), ("B", None)), "Votes", "Two groups.")
    assert picture.rows[0] == ("A", 12)


@pytest.mark.parametrize("name", ["", "Bars", "1st", "two words", 'a"b'])
def test_a_name_that_cannot_begin_an_id_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="slug"):
        Picture(name, "<svg/>", (), (), "t", "d")


def test_a_row_without_a_cell_for_every_column_is_refused() -> None:
    with pytest.raises(ValueError, match="2 columns"):
        Picture("bars", "<svg/>", ("Group", "People"), (("A",),), "t", "d")

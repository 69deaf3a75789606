from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective, read_map
from knotwork.formats.maps_together import NamedMap, together
from tests.formats.map_files import MAPS


def a_map(labels: dict[str, str], *links: tuple[str, str], by: str = "As it was drawn") -> MapFile:
    return MapFile(
        "",
        tuple(MapFactor(one, label, x=1.0, y=2.0) for one, label in labels.items()),
        (MapPerspective(by, 1, tuple(MapLink(*pair, sign=1) for pair in links)),),
        (f"something of {by}",),
    )


def named(*maps: MapFile) -> list[NamedMap]:
    return [NamedMap(f"file {number}", one) for number, one in enumerate(maps, start=1)]


def test_a_single_map_is_left_as_it_is():
    one = a_map({"1": "Sleep"}, ("1", "1"))
    joined = together(named(one))
    assert (joined.map_file, joined.matched, joined.alike) == (one, 0, ())


def test_factors_with_the_same_words_are_one_and_the_rest_is_kept():
    joined = together(
        named(
            a_map({"1": "Sleep", "2": "Noise"}, ("2", "1"), by="Ann"),
            a_map({"1": "noise ", "7": "Traffic"}, ("7", "1"), by="Ben"),
        )
    )
    labels = {factor.id: factor.label for factor in joined.map_file.factors}
    assert labels == {"1": "Noise", "2": "Sleep", "3": "Traffic"}
    assert joined.matched == 1
    drawn = {
        one.name: [(link.source, link.target) for link in one.links] for one in joined.map_file.perspectives
    }
    assert drawn == {"Ann": [("1", "2")], "Ben": [("3", "1")]}
    assert joined.map_file.lost == ("file 1: something of Ann", "file 2: something of Ben")
    assert joined.map_file.factors[0].x is None


def test_ids_stay_where_every_factor_has_one_id_on_all_maps():
    maps = [a_map({"10": "Sleep", "9": "Noise"}, by="Ann"), a_map({"10": "Sleep", "3": "Rain"}, by="Ben")]
    assert [factor.id for factor in together(named(*maps)).map_file.factors] == ["3", "9", "10"]


def test_two_factors_with_the_same_words_on_one_map_stay_two():
    joined = together(named(a_map({"1": "Sleep", "2": "Sleep"}, by="Ann"), a_map({"1": "Sleep"}, by="Ben")))
    assert [factor.id for factor in joined.map_file.factors] == ["1", "2"]
    assert joined.matched == 1


def test_everybody_has_a_name_of_her_own():
    maps = [a_map({"1": "Sleep"}), a_map({"1": "Sleep"}), a_map({"1": "Sleep"}, by="file 1: As it was drawn")]
    names = [one.name for one in together(named(*maps)).map_file.perspectives]
    assert names == [
        "file 1: As it was drawn",
        "file 1: As it was drawn (2)",
        "file 2: As it was drawn",
    ]


def test_labels_that_may_mean_the_same_are_listed():
    joined = together(
        named(
            a_map({"1": "People recovering"}, by="Ann"),
            a_map({"1": "Recovery of people", "2": "Rain"}, by="Ben"),
        )
    )
    assert joined.alike == (("People recovering", "Recovery of people"),)


def test_maps_of_several_people_are_joined():
    joined = together([NamedMap(f"project_{n}", read_map(MAPS / f"project_{n}.mmp")) for n in (4, 5)])
    assert joined.matched == len(joined.map_file.factors) == 16
    assert [len(one.links) for one in joined.map_file.perspectives] == [29, 29]

"""Making a map by hand and from files, changing its words, and looking at maps made elsewhere."""

import io
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from knotwork.core.rules import Refused
from knotwork.formats.maps import MapFactor, MapFile, MapLink, MapPerspective, write_map
from knotwork.maps import services
from knotwork.maps.models import Factor, Link, MapReference, Perspective, SystemMap
from knotwork.maps.services import map_file_of
from knotwork.programmes.models import FormerAddress, Role
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.maps.build import ADMINISTRATOR, a_drawn_map, a_map, again, html, some_factors, url

pytestmark = pytest.mark.django_db

FACTORS = b"id,label\n1,Stress\n2,Sleep\n"
LINKS = b"source,target,sign\n1,2,-1\n2,1,-\n"
NEW = {"title": "Why we sleep badly", "visibility": "public"}


def zipped(**files: bytes) -> SimpleUploadedFile:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files.items():
            archive.writestr(f"{name}.csv", content)
    return SimpleUploadedFile("map.zip", held.getvalue())


@pytest.fixture
def place():
    return a_place()


@pytest.fixture
def lead(client: Client, place) -> Client:
    return signed_in(client, a_person(Role.PLACE_LEAD, place=place))


def new_url(place, page: str = "new") -> str:
    return reverse(f"maps:{page}", args=[place.programme.slug])


class TestByHand:
    def test_a_lead_begins_a_map_for_her_place(self, lead: Client, place) -> None:
        answer = lead.post(new_url(place), NEW | {"place": place.pk})
        row = SystemMap.objects.get()
        assert (answer.status_code, answer.url) == (303, url(row))
        assert (row.place, row.visibility) == (place, "public")

    def test_she_is_asked_for_no_other_place(self, lead: Client, place) -> None:
        a_place(place.programme, name="Another place")
        page = lead.get(f"{new_url(place)}?place={place.slug}").content.decode()
        assert f'<option value="{place.pk}" selected>' in page
        assert "Another place" not in page
        assert "The whole programme" not in page

    def test_the_team_makes_one_for_the_whole_programme(self, client: Client) -> None:
        programme = a_programme()
        signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
        address = reverse("maps:new", args=[programme.slug])
        assert client.post(address, NEW | {"visibility": "programme"}).status_code == 303
        assert SystemMap.objects.get().place is None

    def test_a_map_for_the_programme_has_no_people_of_one_place(self, client: Client) -> None:
        place = a_place()
        signed_in(client, a_person(Role.PROGRAMME_TEAM, place.programme))
        answer = client.post(new_url(place), NEW | {"visibility": "place", "place": ""})
        assert answer.status_code == 422
        assert "no people of one place" in answer.content.decode()

    def test_a_map_of_a_sensitive_place_is_not_for_everybody(self, client: Client) -> None:
        place = a_place()
        quiet = a_place(place.programme, is_sensitive=True)
        signed_in(client, a_person(Role.PROGRAMME_TEAM, place.programme))
        answer = client.post(new_url(place), NEW | {"place": quiet.pk})
        assert answer.status_code == 422
        assert "sensitive" in answer.content.decode()
        assert (
            client.post(new_url(place), NEW | {"place": quiet.pk, "visibility": "place"}).status_code == 303
        )

    def test_others_are_refused_with_the_reason(self, client: Client, place) -> None:
        assert "/sign-in/" in client.get(new_url(place)).url
        signed_in(client, a_person(Role.EVALUATOR, place.programme))
        assert client.get(new_url(place)).status_code == 403

    def test_the_words_of_a_map_are_changed(self, lead: Client, place) -> None:
        row = a_map(place)
        assert row.title in html(lead, row, "change")
        answer = lead.post(url(row, "change"), NEW | {"question": "Why?"})
        assert answer.url == url(row)
        assert again(row).question == "Why?"

    def test_a_map_is_taken_out_of_sight(self, lead: Client, place) -> None:
        row = a_map(place)
        assert lead.post(url(row, "withdraw"), {"reason": "Made twice."}).url == reverse("maps:list")
        assert lead.get(url(row)).status_code == 404

    def test_a_former_address_of_the_programme_leads_on(self, lead: Client, place) -> None:
        FormerAddress.objects.create(programme=place.programme, slug="before")
        assert lead.get(reverse("maps:new", args=["before"])).url == new_url(place)


class TestFromAFile:
    def test_a_folder_of_tables_becomes_a_map(self, lead: Client, place) -> None:
        file = zipped(factors=FACTORS, links=LINKS)
        answer = lead.post(new_url(place, "import"), NEW | {"place": place.pk, "file": file})
        assert answer.status_code == 303
        assert list(Factor.objects.values_list("key", "label")) == [("1", "Stress"), ("2", "Sleep")]
        assert Link.objects.count() == 2

    def test_a_bad_file_is_refused_in_one_message_and_nothing_is_kept(self, lead: Client, place) -> None:
        file = zipped(factors=FACTORS, links=b"source,target,sign\n1,9,1\n")
        answer = lead.post(new_url(place, "import"), NEW | {"place": place.pk, "file": file})
        assert answer.status_code == 422
        assert "links.csv, row 2" in answer.content.decode()
        assert not SystemMap.objects.exists()

    @pytest.mark.parametrize("name", ["map.mmp", "map.json", "map.zip"])
    def test_what_is_not_what_its_name_says_is_refused(self, lead: Client, place, name: str) -> None:
        file = SimpleUploadedFile(name, b"\x00 nothing of the kind")
        answer = lead.post(new_url(place, "import"), NEW | {"place": place.pk, "file": file})
        assert answer.status_code == 422
        assert "expected" in answer.content.decode()

    def test_files_of_other_kinds_are_not_taken(self, lead: Client, place) -> None:
        file = SimpleUploadedFile("map.exe", b"x")
        answer = lead.post(new_url(place, "import"), NEW | {"place": place.pk, "file": file})
        assert "ends in .zip, .mmp or .json" in answer.content.decode()

    def test_a_file_that_is_too_large_is_not_taken(self, lead: Client, place, monkeypatch) -> None:
        monkeypatch.setattr("knotwork.maps.forms.LARGEST", 10)
        file = SimpleUploadedFile("map.json", b"x" * 11)
        answer = lead.post(new_url(place, "import"), NEW | {"place": place.pk, "file": file})
        assert "larger than" in answer.content.decode()

    def test_a_file_is_asked_for(self, lead: Client, place) -> None:
        answer = lead.post(new_url(place, "import"), NEW | {"place": place.pk})
        assert "Please choose a file." in answer.content.decode()

    def test_what_others_drew_is_put_in_beside_what_stands(self, lead: Client, place) -> None:
        row = a_map(place)
        some_factors(row, "stress")
        assert lead.post(url(row, "put-in"), {"file": zipped(factors=FACTORS, links=LINKS)}).url == url(row)
        assert list(Factor.objects.values_list("key", "label")) == [("1", "stress"), ("2", "Sleep")]
        assert lead.post(url(row, "put-in"), {"file": zipped(factors=FACTORS)}).status_code == 422

    def test_what_could_not_be_kept_is_said_once_on_the_page_of_the_map(self, lead: Client, place) -> None:
        factors = b"id,label,colour\n1,Stress,red\n2,Sleep,blue\n"
        links = b"source,target,sign\n1,2,-1\n2,2,+\n"
        file = zipped(factors=factors, links=links)
        answer = lead.post(new_url(place, "import"), NEW | {"place": place.pk, "file": file}, follow=True)
        page = answer.content.decode()
        assert "The file is in" in page
        assert "2 new factors" in page
        assert "colour" in page
        assert "1 link from a factor to itself" in page
        assert "The file is in" not in lead.get(answer.redirect_chain[-1][0]).content.decode()

    def test_a_map_with_more_factors_than_can_be_drawn_is_refused_in_one_message(
        self, lead: Client, place, monkeypatch
    ) -> None:
        monkeypatch.setattr("knotwork.maps.rules.MOST_FACTORS", 1)
        file = zipped(factors=FACTORS, links=LINKS)
        answer = lead.post(new_url(place, "import"), NEW | {"place": place.pk, "file": file})
        assert answer.status_code == 422
        assert "A map holds at most 1 factors, and this would make 2." in answer.content.decode()
        assert not SystemMap.objects.exists()


class TestPutInFile:
    def test_neither_by_file_nor_by_hand_does_a_map_grow_beyond_what_can_be_drawn(self, monkeypatch) -> None:
        monkeypatch.setattr("knotwork.maps.rules.MOST_FACTORS", 2)
        row = a_map()
        file = MapFile("", (MapFactor("a", "Stress"), MapFactor("b", "Sleep")), ())
        services.put_in_file(row.pk, file, by=ADMINISTRATOR)
        services.put_in_file(row.pk, file, by=ADMINISTRATOR)
        with pytest.raises(Refused, match="at most 2"):
            services.add_factor(row.pk, "hearing", by=ADMINISTRATOR)

    def test_the_end_of_a_long_name_is_cut_and_that_is_said(self) -> None:
        file = MapFile("", (MapFactor("a", "S" * 130),), (), lost=("a: its colour",))
        put_in = services.put_in_file(a_map().pk, file, by=ADMINISTRATOR)
        assert put_in.not_kept[0] == "a: its colour"
        assert "at most 120 letters" in put_in.not_kept[1]

    def test_each_perspective_is_kept_whole_under_a_name_of_its_own(self) -> None:
        row = a_map()
        factors = (MapFactor("a", "Stress"), MapFactor("b", "Sleep"))
        one = MapPerspective("Carers", 9, (MapLink("a", "b", -1, weight=-0.5, evidence="We see it."),))
        file = MapFile("", factors, (one, MapPerspective("", 0, ())))
        put_in = services.put_in_file(row.pk, file, by=ADMINISTRATOR)
        services.put_in_file(row.pk, file, by=ADMINISTRATOR)
        assert (put_in.factors, put_in.perspectives, put_in.links) == (2, 2, 1)
        assert list(Perspective.objects.values_list("name", "people")) == [
            ("Carers", 9),
            ("As it was drawn", 1),
            ("Carers (2)", 9),
            ("As it was drawn (2)", 1),
        ]
        assert Factor.objects.count() == 2

    def test_a_key_that_is_taken_or_cannot_stand_in_a_loop_is_replaced(self) -> None:
        row = a_map()
        some_factors(row, "hearing")
        file = MapFile("", (MapFactor("1", "Stress"), MapFactor("a>b", "Sleep"), MapFactor("c")), ())
        services.put_in_file(row.pk, file, by=ADMINISTRATOR)
        assert list(Factor.objects.values_list("key", "label")) == [
            ("1", "hearing"),
            ("2", "Stress"),
            ("3", "Sleep"),
            ("c", "c"),
        ]

    def test_a_link_to_itself_stays_out_and_the_later_of_two_stands(self) -> None:
        row = a_map()
        factors = (MapFactor("1", "Stress"), MapFactor("2", "stress"), MapFactor("3", "Sleep"))
        links = (MapLink("1", "2", 1), MapLink("1", "3", 1), MapLink("2", "3", -1))
        services.put_in_file(row.pk, MapFile("", factors, (MapPerspective("A", 1, links),)), by=ADMINISTRATOR)
        assert list(Link.objects.values_list("sign", flat=True)) == [-1]

    def test_a_map_comes_back_from_its_own_file_as_it_was(self, client: Client) -> None:
        row, copy = a_drawn_map(), a_map()
        services.put_in_file(copy.pk, map_file_of(row), by=ADMINISTRATOR)
        files = [write_map(map_file_of(one), "json").files["map.json"] for one in (row, copy)]
        assert files[0] == files[1]
        assert client.get(url(row, "file")).content == files[0]


class TestMapsMadeElsewhere:
    def test_a_lead_says_that_her_place_looks_at_one(self, lead: Client, place) -> None:
        row, own = a_map(title="A national map"), a_map(place, title="Our own")
        address = reverse("maps:refer", args=[place.programme.slug, place.slug])
        page = lead.get(address).content.decode()
        assert "A national map" in page
        assert own.title not in page
        answer = lead.post(address, {"map": row.pk, "words": "a national map, made elsewhere, 2007"})
        assert answer.status_code == 303
        one = MapReference.objects.get()
        end = reverse("maps:reference-end", args=[place.programme.slug, place.slug, one.public_id])
        assert end in lead.get(address).content.decode()
        assert lead.post(end).status_code == 303
        assert MapReference.objects.get().withdrawn_at is not None

    def test_others_may_not(self, client: Client, place) -> None:
        address = reverse("maps:refer", args=[place.programme.slug, place.slug])
        assert "/sign-in/" in client.get(address).url
        signed_in(client, a_person())
        assert client.get(address).status_code == 403

"""The golden thread as a page: in words, as a picture, and tied by those who may write for the place."""

import re
from dataclasses import replace
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from knotwork.actions.models import TryOut
from knotwork.actions.services import TryOutWords
from knotwork.conversations.models import StatementState
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.events.models import Event
from knotwork.core.identifiers import new_public_id
from knotwork.core.rules import Refused
from knotwork.core.strands import kinds
from knotwork.core.strands.addresses import thread_url
from knotwork.core.strands.kinds import Bead
from knotwork.core.strands.models import Relation, Strand
from knotwork.core.strands.services import tie
from knotwork.maps.services import MapWords, add_factor, make_map
from knotwork.measures.models import Measure
from knotwork.measures.words import Choice
from knotwork.programmes import services as programme_services
from knotwork.programmes.models import Place, Provenance, Role
from knotwork.thread import services
from knotwork.thread.belonging import Belonging, belonging_of
from knotwork.thread.ties import PAIRS, choices_for
from tests.builders import a_conversation, a_person, a_place, a_programme, a_statement, signed_in
from tests.measures.build import an_indicator
from tests.programmes.build import ADMINISTRATOR

pytestmark = pytest.mark.django_db
BUS = "The last bus leaves before lunch club ends."


class Things:
    """Factors, try-outs and stories of one place, as rooms would register them; each may be hidden."""

    def __init__(self) -> None:
        self.titles: dict[str, dict[UUID, str]] = {"factor": {}, "try_out": {}, "story": {}}
        self.hidden: set[UUID] = set()

    def make(self, kind: str, title: str) -> tuple[str, UUID]:
        public_id = new_public_id()
        self.titles[kind][public_id] = title
        return kind, public_id

    def beads(self, kind: str, wanted: object) -> list[Bead]:
        there = self.titles[kind]
        return [Bead(kind, i, there[i], f"/{kind}/") for i in wanted if i in there and i not in self.hidden]

    def register(self) -> None:
        for kind in self.titles:
            kinds.register(
                kind,
                lambda ids, viewer, kind=kind: self.beads(kind, ids),
                label=kind.replace("_", "-").capitalize(),
                of_place=lambda place, viewer, kind=kind: self.beads(kind, self.titles[kind]),
            )


@pytest.fixture
def things(monkeypatch) -> Things:
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    made = Things()
    made.register()
    return made


@pytest.fixture
def place() -> Place:
    return a_place()


@pytest.fixture
def statement(place):
    return a_statement(a_conversation(place.programme, place=place), text=BUS)


@pytest.fixture
def thread(things, statement):
    """A statement that became a factor, on which a try-out acts, of which a story tells."""
    factor = things.make("factor", "Getting home after four")
    try_out = things.make("try_out", "The 4.40 home")
    story = things.make("story", "I used to leave before the pudding")
    tie(("statement", statement.public_id), Relation.BECAME, factor, by=STRANGER)
    tie(try_out, Relation.ACTS_ON, factor, by=STRANGER)
    tie(try_out, Relation.TOLD_IN, story, by=STRANGER)
    return {"factor": factor, "try_out": try_out, "story": story}


def read(client: Client, kind: str, public_id: UUID) -> str:
    answer = client.get(thread_url(kind, public_id))
    assert answer.status_code == 200
    return answer.content.decode()


# Reading


def test_from_a_statement_the_page_leads_to_all_that_came_of_it(client, thread, statement):
    page = read(client, "statement", statement.public_id)
    for title in ("Getting home after four", "The 4.40 home", "I used to leave before the pudding"):
        assert f"<strong>{title}</strong>" in page
    assert "acts on <em>Getting home after four</em>" in page
    assert "0 things led to it; 3 came of it." in page


def test_from_a_story_the_page_leads_back_to_what_somebody_said(client, thread):
    page = read(client, *thread["story"])
    assert page.index(BUS) < page.index("The 4.40 home</strong>")
    assert "became <em>Getting home after four</em>" in page
    assert thread_url(*thread["try_out"]) in page


def test_the_address_that_all_rooms_use_is_that_of_the_page():
    public_id = new_public_id()
    assert reverse("thread:walk", args=["story", public_id]) == thread_url("story", public_id)


def test_the_picture_is_there_with_its_table_and_its_files(client, thread):
    page = read(client, *thread["try_out"])
    assert 'class="picture picture--thread"' in page
    assert "The same figures as a table" in page
    address = thread_url(*thread["try_out"])
    table = client.get(f"{address}thread.csv").content.decode()
    assert "Getting home after four" in table
    assert client.get(f"{address}thread.svg")["Content-Type"] == "image/svg+xml"
    assert client.get(f"{address}thread.pdf").status_code == 404
    assert client.get(f"{address}thread.png").content.startswith(b"\x89PNG")


def test_what_a_reader_may_not_see_is_not_on_the_page(client, things, thread):
    things.hidden.add(thread["try_out"][1])
    page = read(client, *thread["factor"])
    assert "The 4.40 home" not in page
    assert "pudding" not in page
    assert client.get(thread_url(*thread["try_out"])).status_code == 404


def test_a_statement_that_is_not_shown_and_an_unknown_kind_have_no_thread(client, statement):
    statement.state = StatementState.NOT_SHOWN
    statement.save()
    assert client.get(thread_url("statement", statement.public_id)).status_code == 404
    assert client.get(thread_url("dream", new_public_id())).status_code == 404


def test_where_nothing_is_tied_the_page_teaches(client, statement):
    page = read(client, "statement", statement.public_id)
    assert "Nothing is tied to it yet" in page
    assert "figure__picture" not in page


def test_a_made_up_thread_is_marked(client, things):
    made_up = a_programme(provenance=Provenance.MADE_UP)
    place = a_place(made_up)
    statement = a_statement(a_conversation(made_up, place=place))
    tie(("statement", statement.public_id), Relation.BECAME, things.make("factor", "Warm rooms"), by=STRANGER)
    page = read(client, "statement", statement.public_id)
    assert 'class="tag tag--gold">Made up' in page


def test_the_page_asks_the_database_a_few_times_only(client, thread, django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        read(client, *thread["try_out"])


# Where a thing belongs


def test_a_thing_belongs_where_it_says_or_where_the_newest_event_about_it_was(place, statement):
    bead = kinds.beads([("statement", statement.public_id)], STRANGER)["statement", statement.public_id]
    assert belonging_of(bead, STRANGER).place.name == place.name
    untold = Bead("story", new_public_id(), "A story", "/")
    assert belonging_of(untold, STRANGER) == Belonging()
    Event.objects.create(
        verb="place.added",
        subject_kind="story",
        subject_id=untold.public_id,
        programme=place.programme.public_id,
        at=clock.now(),
    )
    found = belonging_of(untold, STRANGER)
    assert found.programme.slug == place.programme.slug
    assert found.place is None


# Tying


@pytest.fixture
def writer(place):
    return a_person(Role.PLACE_MEMBER, place.programme, place)


def test_a_member_of_the_place_says_what_it_led_to(client, things, statement, writer):
    factor = things.make("factor", "Getting home after four")
    signed_in(client, writer)
    page = read(client, "statement", statement.public_id)
    address = reverse("thread:tie", args=["statement", statement.public_id])
    assert address in page
    form = client.get(address).content.decode()
    assert "It became … (Factor)" in form
    choice = f"became.1.factor.{factor[1]}"
    assert client.post(address, {"choice": choice}).status_code == 303
    strand = Strand.objects.get()
    assert (strand.from_kind, strand.to_id, strand.made_by) == ("statement", factor[1], writer.public_id)
    event = Event.objects.get(verb="strand.tied")
    assert event.place is not None
    assert "Getting home after four" in read(client, "statement", statement.public_id)


def test_a_tie_the_other_way_round_is_written_as_people_say_it(client, things, writer, statement, place):
    try_out = things.make("try_out", "The 4.40 home")
    factor = things.make("factor", "Getting home after four")
    where = belonging_of(
        kinds.beads([("statement", statement.public_id)], STRANGER)["statement", statement.public_id],
        STRANGER,
    )
    here = Bead("factor", factor[1], "Getting home after four", "/")
    groups = choices_for(here, place.public_id, viewer_for(writer))
    choice = next(one for group in groups for one in group.choices if one.relation == Relation.ACTS_ON)
    assert not choice.from_here
    services.tie_here(here, choice, where, by=viewer_for(writer))
    strand = Strand.objects.get()
    assert ((strand.from_kind, strand.from_id), strand.to_id) == (try_out, factor[1])


def test_what_was_not_offered_is_not_tied(client, things, statement, writer):
    signed_in(client, writer)
    address = reverse("thread:tie", args=["statement", statement.public_id])
    for wrong in ("", "became.1.factor.none", f"acts_on.1.statement.{statement.public_id}"):
        assert client.post(address, {"choice": wrong}).status_code == 422
    assert not Strand.objects.exists()


def test_nobody_else_ties(client, things, statement):
    things.make("factor", "Getting home after four")
    address = reverse("thread:tie", args=["statement", statement.public_id])
    assert "/sign-in/" in client.get(address).url
    signed_in(client, a_person())
    assert client.get(address).status_code == 403
    assert address not in read(client, "statement", statement.public_id)


def test_things_of_no_place_are_not_tied_here():
    decision = services.can_tie(viewer_for(a_person(is_administrator=True)), Belonging())
    assert not decision
    assert "Only things of a place" in decision.reason


def test_every_pair_is_of_kinds_that_are_in_the_plan_of_the_thread():
    known = {
        "statement", "conversation", "map", "factor", "measure", "try_out", "note", "story", "leadership_note",
        "lesson", "uptake", "publication", "session", "consulting_round",
        "learning_event",
    }  # fmt: skip
    assert {kind for pairs in PAIRS.values() for pair in pairs for kind in pair} <= known
    assert set(PAIRS) == set(Relation)


# Taking back


def test_a_tie_is_taken_back_with_a_reason(client, thread, statement, writer):
    signed_in(client, writer)
    strand = Strand.objects.get(relation=Relation.BECAME)
    address = reverse("thread:untie", args=["statement", statement.public_id, strand.public_id])
    assert address in read(client, "statement", statement.public_id)
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "It was another bus."}).status_code == 303
    strand.refresh_from_db()
    assert strand.withdrawn_reason == "It was another bus."
    assert client.get(address).status_code == 404


def test_whoever_tied_it_may_take_it_back_and_others_may_not(thread, writer):
    strand = Strand.objects.get(relation=Relation.BECAME)
    somebody = viewer_for(a_person())
    with pytest.raises(Refused):
        services.untie_here(strand, Belonging(), "No.", by=somebody)
    strand.made_by = somebody.public_id
    services.untie_here(strand, Belonging(), "A mistake of mine.", by=somebody)
    assert not Strand.objects.standing().filter(pk=strand.pk).exists()


# A statement as a factor


def test_a_statement_becomes_a_factor_of_the_places_map_in_one_act(client, place, statement, writer):
    drawn = make_map(
        place.programme_id,
        MapWords(title="Evenings", visibility="public"),
        by=viewer_for(writer),
        place_id=place.pk,
    )
    signed_in(client, writer)
    address = reverse("thread:factor", args=[statement.public_id])
    make = reverse("thread:make", args=[statement.public_id])
    assert make in read(client, "statement", statement.public_id)
    assert address in client.get(make).content.decode()
    assert "The last bus leaves before lunch club ends" in client.get(address).content.decode()
    words = {"map": drawn.id, "label": "Getting home after four"}
    assert client.post(address, words).status_code == 303
    assert Strand.objects.get().to_kind == "factor"
    assert "Getting home after four" in read(client, "statement", statement.public_id)
    again = client.post(address, words)
    assert again.status_code == 422
    assert "stands on this map already" in again.content.decode()
    assert Strand.objects.count() == 1


def test_without_a_map_the_page_says_to_draw_one_first(client, statement, writer):
    signed_in(client, writer)
    page = client.get(reverse("thread:factor", args=[statement.public_id])).content.decode()
    assert "Draw one first." in page


def test_no_factor_is_made_on_a_map_of_somewhere_else(place, statement, writer):
    bead = kinds.beads([("statement", statement.public_id)], STRANGER)["statement", statement.public_id]
    where = belonging_of(bead, STRANGER)
    with pytest.raises(Refused):
        services.make_factor(bead, 4711, "Getting home", where, by=viewer_for(writer))


# A statement as a try-out, and as a measure


def test_a_statement_becomes_a_try_out_of_the_place_in_one_act(client, place, statement, writer):
    signed_in(client, writer)
    address = reverse("thread:make-try-out", args=[statement.public_id])
    assert f"Somebody said: “{BUS}”" in client.get(address).content.decode()
    assert client.post(address, {"title": ""}).status_code == 422
    words = {"title": "One bus goes later", "what": "Fifty minutes later.", "visibility": "place"}
    assert client.post(address, words)["Location"] == thread_url("statement", statement.public_id)
    made = TryOut.objects.get()
    strand = Strand.objects.get()
    assert (made.place, made.title) == (place, "One bus goes later")
    assert (strand.relation, strand.to_kind, strand.to_id) == (Relation.BECAME, "try_out", made.public_id)


def test_a_statement_gets_a_measure_of_the_place_in_one_act(client, place, statement):
    an_indicator(place.programme)
    signed_in(client, a_person(Role.PLACE_LEAD, place=place))
    assert "A measure" in client.get(reverse("thread:make", args=[statement.public_id])).content.decode()
    address = reverse("thread:make-measure", args=[statement.public_id])
    first = client.get(address).content.decode()
    key = re.search(r'<option value="([^"]+)"', first).group(1)
    second = client.get(address, {"indicator": key}).content.decode()
    assert f"Somebody said: “{BUS}”" in second
    series = re.search(r'<option value="([^"]*[|][^"]*)"', second).group(1)
    words = {"series": series, "why": "They said so.", "improvement": "increase", "visibility": "place"}
    assert client.post(f"{address}?indicator={key}", words).status_code == 303
    strand = Strand.objects.get()
    assert (strand.relation, strand.to_id) == (Relation.MEASURED_BY, Measure.objects.get().public_id)


def test_whoever_may_not_choose_measures_is_not_offered_one(client, statement, writer):
    signed_in(client, writer)
    html = client.get(reverse("thread:make", args=[statement.public_id])).content.decode()
    assert "A try-out" in html
    assert "A measure" not in html
    assert client.get(reverse("thread:make-measure", args=[statement.public_id])).status_code == 403


def test_where_no_figures_are_held_the_page_says_how_to_bring_them_in(client, place, statement):
    signed_in(client, a_person(Role.PLACE_LEAD, place=place))
    html = client.get(reverse("thread:make-measure", args=[statement.public_id])).content.decode()
    assert "No figures are held" in html
    assert "Bring figures in" in html


def test_when_the_thing_is_refused_neither_it_nor_the_tie_is_written(place, statement):
    bead = kinds.beads([("statement", statement.public_id)], STRANGER)["statement", statement.public_id]
    where = belonging_of(bead, STRANGER)
    with pytest.raises(Refused):
        services.make_try_out(bead, TryOutWords("A later bus"), where, by=viewer_for(a_person()))
    lead = viewer_for(a_person(Role.PLACE_LEAD, place=place))
    with pytest.raises(Refused):
        services.make_measure(bead, Choice("no such indicator", "northvale", "Because."), where, by=lead)
    with pytest.raises(Refused, match="Only a statement"):
        services.make_try_out(replace(bead, kind="factor"), TryOutWords("A later bus"), where, by=lead)
    assert not Strand.objects.exists()
    assert not TryOut.objects.exists()
    assert not Measure.objects.exists()


# A factor as a try-out


@pytest.fixture
def a_factor(place) -> UUID:
    words = MapWords("Getting home", visibility="public")
    drawn = make_map(place.programme.pk, words, by=ADMINISTRATOR, place_id=place.pk)
    return add_factor(drawn.id, "Getting home after four", by=ADMINISTRATOR)


def test_a_factor_is_acted_on_by_a_try_out_with_the_places_partners_in_one_act(
    client, place, a_factor, writer
):
    for name in ("Northvale Buses", "Northvale Homes"):
        programme_services.add_partner(
            place.programme.pk, programme_services.Partner(name), by=ADMINISTRATOR, place_id=place.pk
        )
    signed_in(client, writer)
    address = reverse("thread:make-try-out-on", args=[a_factor])
    assert address in read(client, "factor", a_factor)
    page = client.get(address).content.decode()
    assert "It acts on: Getting home after four." in page
    assert "Northvale Homes" in page
    words = {"title": "One bus goes later", "visibility": "place", "partners": ["Northvale Buses"]}
    assert client.post(address, words)["Location"] == thread_url("factor", a_factor)
    made, strand = TryOut.objects.get(), Strand.objects.get()
    assert [each.organisation.name for each in made.partners.all()] == ["Northvale Buses"]
    assert (strand.from_id, strand.relation, strand.to_id) == (made.public_id, Relation.ACTS_ON, a_factor)


def test_a_factor_is_acted_on_even_where_no_partner_is_known_and_not_by_strangers(client, place, a_factor):
    address = reverse("thread:make-try-out-on", args=[a_factor])
    assert "/sign-in/" in client.get(address).url
    signed_in(client, a_person())
    assert client.get(address).status_code == 403
    signed_in(client, a_person(Role.PLACE_LEAD, place=place))
    assert "Which organisations" not in client.get(address).content.decode()
    assert client.post(address, {"title": ""}).status_code == 422
    assert client.post(address, {"title": "Later", "visibility": "place"}).status_code == 303


def test_a_statement_is_not_acted_on(place, statement):
    bead = kinds.beads([("statement", statement.public_id)], STRANGER)["statement", statement.public_id]
    lead = viewer_for(a_person(Role.PLACE_LEAD, place=place))
    with pytest.raises(Refused, match="Only a factor"):
        services.make_try_out_on(bead, TryOutWords("Later"), [], belonging_of(bead, STRANGER), by=lead)

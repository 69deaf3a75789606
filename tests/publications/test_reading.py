"""What people find in the library."""

import re
from itertools import pairwise

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from knotwork.conversations.models import ConversationStage
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.feeds.registry import source_of
from knotwork.core.search.registry import documents_of
from knotwork.core.strands.kinds import beads, beads_of_place
from knotwork.programmes.models import Provenance, Role, Stage
from knotwork.publications import queries, services
from knotwork.publications.panels import place_panel
from tests.builders import a_conversation, a_person, a_place, a_programme, signed_in, whole_body_of
from tests.programmes.build import ADMINISTRATOR, the_team_of
from tests.publications.build import a_publication, added

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    return a_programme(name="Later life", slug="later-life")


def page_of(client, publication):
    return client.get(queries.url_of(publication)).content.decode()


def test_an_empty_library_says_what_it_is_for(client):
    page = client.get("/library/").content.decode()
    assert "Nothing to read yet" in page
    assert "For example" in page
    assert "/cms/" not in page


def test_the_library_lists_what_everybody_may_read_newest_first(client, programme):
    added(programme, title="The older one")
    added(programme, title="The newer one")
    for stage in (Stage.ME, Stage.PROGRAMME):
        a_publication(programme, title="Hidden", visibility=stage)
    a_publication(programme, title="Hidden", withdrawn_at=clock.now())
    page = client.get("/library/").content.decode()
    assert page.index("The newer one") < page.index("The older one")
    assert "Hidden" not in page


def test_the_list_is_filtered_by_kind_and_by_topic(client, programme):
    added(programme, title="A post on buses", topics=("Buses",))
    added(programme, title="A paper on buses", topics=("Buses",), kind="discussion_paper")
    added(programme, title="A paper on benches", topics=("Benches",), kind="discussion_paper")
    page = client.get("/library/?kind=discussion_paper&topic=buses").content.decode()
    assert "A paper on buses" in page
    assert "A post on buses" not in page
    assert "A paper on benches" not in page
    nothing = client.get("/library/?kind=post&topic=benches").content.decode()
    assert "Nothing fits both choices" in nothing
    assert "A paper on benches" in client.get("/library/?kind=no-such-kind").content.decode()


def test_topics_of_what_a_stranger_cannot_read_are_not_told(client, programme):
    added(programme, topics=("Secret plans",), visibility=Stage.PROGRAMME.value)
    assert "Secret plans" not in client.get("/library/").content.decode()


def test_a_programme_has_a_list_of_its_own(client, programme):
    added(programme, title="One of ours")
    added(a_programme(), title="One of theirs")
    page = client.get("/programmes/later-life/library/").content.decode()
    assert "One of ours" in page
    assert "One of theirs" not in page


def test_a_page_names_who_wrote_it_apart_from_who_posted_it(client, programme):
    made = added(programme, written_by=("Ada Example", "Bo Example"), signed="Northvale Council")
    page = page_of(client, made)
    assert page.index("Written by") < page.index("Ada Example, Bo Example") < page.index("Posted by")
    assert page.index("Posted by") < page.index("Northvale Council")


def test_the_teaser_is_the_words_of_the_preview_card(client, programme):
    page = page_of(client, added(programme, teaser="In a few words."))
    assert '<meta property="og:description" content="In a few words.">' in page
    assert '<meta name="description" content="In a few words.">' in page


def test_only_an_opening_leads_to_the_whole(client, programme):
    made = added(programme, is_teaser_only=True, source_url="https://example.org/whole")
    page = page_of(client, made)
    assert "Only the opening is here" in page
    assert 'href="https://example.org/whole" rel="noopener noreferrer nofollow"' in page


def test_the_headings_of_a_page_follow_each_other_without_a_gap(client, programme):
    made = added(programme, body="<h3>A part</h3><p>words</p>", topics=("Buses",))
    added(programme, topics=("Buses",))
    levels = [int(level) for level in re.findall(r"<h([1-6])", page_of(client, made))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_related_ones_share_a_topic(client, programme):
    made = added(programme, title="This", topics=("Buses", "Benches"))
    added(programme, title="Shares both", topics=("Buses", "Benches"))
    added(programme, title="Shares one", topics=("Buses",))
    added(programme, title="Shares none", topics=("Bridges",))
    page = page_of(client, made)
    assert page.index("Shares both") < page.index("Shares one")
    assert "Shares none" not in page


def test_a_draft_is_read_by_its_team_and_by_no_stranger(client, programme):
    made = added(programme, visibility=Stage.PROGRAMME.value)
    assert client.get(queries.url_of(made)).status_code == 404
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    page = page_of(client, made)
    assert "Not everybody can read this yet" in page
    assert "Show it to everybody" in page


def test_the_team_publishes_with_a_button(client, programme):
    made = added(programme, visibility=Stage.PROGRAMME.value)
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    assert client.post(f"{queries.url_of(made)}publish/").status_code == 303
    client.logout()
    assert client.get(queries.url_of(made)).status_code == 200


def test_an_open_question_has_its_door_and_a_closed_one_its_results(client, programme):
    made = added(programme)
    conversation = a_conversation(programme, statements=2, question="Is it practical?")
    services.ask_a_question(made.pk, conversation.public_id, by=ADMINISTRATOR)
    page = page_of(client, made)
    assert "Is it practical?" in page
    assert "Say what you think" in page
    assert "See what people said" not in page
    conversation.stage = ConversationStage.CLOSED
    conversation.save()
    client.cookies["knotwork_anything"] = "so that no kept page answers"
    page = page_of(client, made)
    assert "See what people said" in page
    assert "Say what you think" not in page


def test_a_question_that_is_still_prepared_is_not_shown(client, programme):
    made = added(programme)
    draft = a_conversation(programme, question="Is it practical?", stage=ConversationStage.DRAFT)
    services.ask_a_question(made.pk, draft.public_id, by=ADMINISTRATOR)
    assert "Is it practical?" not in page_of(client, made)


def test_the_team_asks_a_question_on_its_page(client, programme):
    made = added(programme)
    address = f"{queries.url_of(made)}question/"
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    assert client.get(address).status_code == 200
    refused = client.post(address, {"question": "Is it practical?"})
    assert refused.status_code == 422
    assert client.post(address, {"statements": "It is."}).status_code == 422
    asked = client.post(address, {"question": "Is it practical?", "statements": "It is.\nIt is not."})
    assert asked.url == queries.url_of(made)
    assert "Is it practical?" in page_of(client, made)
    assert client.post(address, {"conversation": ""}).status_code == 303
    assert "Is it practical?" not in page_of(client, made)


def test_the_team_takes_something_out_with_a_reason(client, programme):
    made = added(programme, title="Gone soon")
    address = f"{queries.url_of(made)}withdraw/"
    signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    assert client.get(address).status_code == 200
    answer = client.post(address, {"reason": "There is a newer one."})
    assert answer.url == "/programmes/later-life/library/"
    assert client.get(queries.url_of(made)).status_code == 404


def test_a_document_is_given_to_whoever_may_read_its_publication_and_never_run(client, programme):
    made = added(programme)
    paper = SimpleUploadedFile("paper.pdf", b"%PDF-1.4 words")
    services.change(made.pk, services.words_of(made), by=ADMINISTRATOR, files=[paper])
    url = queries.publication_view(made).documents[0].url
    answer = client.get(url)
    assert whole_body_of(answer) == b"%PDF-1.4 words"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    made.visibility = Stage.PROGRAMME
    made.save()
    assert client.get(url).status_code == 404


def test_the_place_page_has_a_panel_only_where_there_is_something_to_read(programme):
    place = a_place(programme)
    assert place_panel(place.public_id, STRANGER) is None
    added(programme, title="About this place", place_id=place.pk)
    panel = place_panel(place.public_id, STRANGER)
    assert panel is not None
    assert panel.sentences[0] == "1 text about this place."
    assert panel.links[0].words == "Read: About this place"


def test_a_publication_is_a_bead_for_whoever_may_read_it(programme):
    place = a_place(programme)
    made = added(programme, place_id=place.pk)
    draft = added(programme, place_id=place.pk, visibility=Stage.PROGRAMME.value)
    wanted = [("publication", made.public_id), ("publication", draft.public_id)]
    assert set(beads(wanted, STRANGER)) == {wanted[0]}
    assert set(beads(wanted, the_team_of(programme))) == set(wanted)
    assert [bead.public_id for bead in beads_of_place(place.public_id, STRANGER)["publication"]] == [
        made.public_id
    ]


def test_search_has_all_its_words_as_they_stand(programme):
    made = added(programme, title="T", teaser="Opening.", body="<p>Middle</p>", written_by=("Ada Example",))
    added(programme, title="Another")
    (document,) = documents_of("publication", [made.public_id])
    assert document.title == "T"
    assert document.text == "Opening. Middle Ada Example"
    services.withdraw(made.pk, "Old.", by=ADMINISTRATOR)
    assert [one.title for one in documents_of("publication")] == ["Another"]


def test_the_feed_has_what_everybody_may_read(programme):
    place = a_place(programme)
    added(programme, title="Public", body=f"<p>{'word ' * 100}</p>", written_by=("Ada Example",))
    added(programme, title="Of a place", place_id=place.pk)
    added(programme, title="Draft", visibility=Stage.PROGRAMME.value)
    source = source_of("library")
    assert source is not None
    everything = source.entries(ADMINISTRATOR)
    assert [entry.title for entry in everything] == ["Of a place", "Public"]
    assert everything[1].signed == "Ada Example"
    assert len(everything[1].summary) <= 202
    assert [entry.title for entry in source.entries(STRANGER, place=place.public_id)] == ["Of a place"]
    assert [entry.title for entry in source.entries(STRANGER, programme=programme.public_id, most=1)] == [
        "Of a place"
    ]


def test_what_is_made_up_says_so(client):
    made = added(a_programme(provenance=Provenance.MADE_UP))
    assert "Made up" in client.get("/library/").content.decode()
    assert "made up" in page_of(client, made).lower()


def test_a_moved_programme_leads_on(client, programme):
    from knotwork.programmes.services import move_programme

    added(programme)
    move_programme(programme.pk, "ageing-well", by=ADMINISTRATOR)
    assert client.get("/programmes/later-life/library/").url == "/programmes/ageing-well/library/"
    assert client.get("/programmes/later-life/library/less-with-less/").url == (
        "/programmes/ageing-well/library/less-with-less/"
    )


def test_the_list_asks_few_questions_of_the_database_however_long_it_is(
    client, programme, django_assert_max_num_queries
):
    for number in range(12):
        added(
            programme, title=f"Number {number}", topics=(f"Topic {number}",), written_by=(f"Author {number}",)
        )
    with django_assert_max_num_queries(12):
        client.get("/library/")


@pytest.mark.parametrize("page", ["question", "withdraw"])
def test_a_stranger_who_wants_to_look_after_something_signs_in_first(client, programme, page):
    made = added(programme)
    assert client.get(f"{queries.url_of(made)}{page}/").url.startswith("/sign-in/")
    assert client.post(f"{queries.url_of(made)}publish/").url.startswith("/sign-in/")


def test_a_document_that_is_not_there_is_not_found(client, programme):
    from knotwork.core.identifiers import new_public_id

    made = added(programme)
    assert client.get(f"{queries.url_of(made)}files/{new_public_id()}/").status_code == 404


def test_the_size_of_a_document_is_said_in_words_of_people():
    from knotwork.core.identifiers import new_public_id
    from knotwork.publications.nouns import DocumentView

    sizes = [
        DocumentView(new_public_id(), "a.pdf", "/", size).size_words for size in (10, 240_000, 1_234_567)
    ]
    assert sizes == ["1 kB", "240 kB", "1.2 MB"]

"""The pages of calls and bids: for everybody, for the team, for those who write, for the board."""

import io
from datetime import timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knotwork.calls import services
from knotwork.calls.models import Bid, BidPartner, BidStage, Call, CallStage, DeadlineChange
from knotwork.calls.services import people as people_service
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.limits.services import Limit
from knotwork.programmes.models import Role
from tests.builders import a_person, a_programme, signed_in, whole_body_of
from tests.calls.build import ABOUT, AFTERWARDS, CLOSES, WHILE_OPEN, a_bid, a_call, handed_in, opened, row

pytestmark = pytest.mark.django_db


def url_of(call: Call, rest: str = "") -> str:
    return f"/programmes/{call.programme.slug}/calls/{call.slug}/{rest}"


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def team(client, call):
    return signed_in(client, a_person(Role.PROGRAMME_TEAM, call.programme))


@pytest.fixture
def author():
    return a_person()


def test_the_page_of_a_call_says_what_when_and_how_with_the_zone(client, call):
    with clock.moved_to(WHILE_OPEN):
        page = text_of(client.get(url_of(call)))
    for words in (
        "Thursday 30 April 2026",
        "midnight (BST, Europe/London)",
        "£50,000",
        "60 days of an enabler",
        "A panel of five.",
        "Begin a bid",
    ):
        assert words in page


def test_a_call_that_is_prepared_is_found_by_the_team_alone(client, team):
    programme = Call.objects.get().programme
    Call.objects.update(stage=CallStage.DRAFT)
    where = url_of(Call.objects.get())
    assert team.get(where).status_code == 200
    assert signed_in(client, a_person(Role.PANEL_REVIEWER, programme)).get(where).status_code == 404


@pytest.mark.parametrize("template", ["local-vision", "test-learn-grow", "one-place"])
def test_the_team_prepares_a_call_from_each_template(client, template):
    programme = a_programme()
    client = signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    where = f"/programmes/{programme.slug}/calls/new/?template={template}"
    form = client.get(where).context["form"]
    said = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    said = {name: value for name, value in said.items() if value not in (None, False)}
    answer = client.post(where, said | {"title": "Come and join"})
    assert answer.status_code == 303, answer.context["form"].errors
    made = Call.objects.get()
    assert (made.template, made.stage) == (template, "draft")
    assert made.questions.count() >= 2
    assert made.criteria.count() >= 2


def test_a_line_that_cannot_be_read_is_named_with_what_was_found_and_expected(client):
    programme = a_programme()
    client = signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))
    said = {"title": "T", "aims": "A", "criteria": "Fine | 2\nBad | heavy", "questions": "Why? | many"}
    answer = client.post(f"/programmes/{programme.slug}/calls/new/", said)
    assert answer.status_code == 422
    page = text_of(answer)
    assert "Line 2, weight: found “heavy”, expected a whole number from 1 to 10." in page
    assert "Line 1, most words: found “many”" in page


def test_a_time_that_the_clocks_jump_over_is_refused_at_its_box(team, call):
    with clock.moved_to(WHILE_OPEN):
        said = {"closes_day": "2027-03-28", "closes_time": "01:30", "why": "More time"}
        answer = team.post(url_of(call, "deadline/"), said)
    assert answer.status_code == 422
    assert "jump over this time" in text_of(answer)


def test_a_moved_deadline_stands_on_the_page_with_its_reason(client, team, call):
    with clock.moved_to(WHILE_OPEN):
        said = {"closes_day": "2026-05-08", "closes_time": "12:00", "why": "A holiday was forgotten."}
        assert team.post(url_of(call, "deadline/"), said).status_code == 303
        page = text_of(client.get(url_of(call)))
    assert "A holiday was forgotten." in page
    assert "Friday 8 May 2026 at 12:00" in page
    assert DeadlineChange.objects.get().before == CLOSES


def test_the_team_opens_the_bids_after_the_deadline_and_reads_them(team, call):
    handed_in(call)
    with clock.moved_to(WHILE_OPEN):
        assert team.post(url_of(call, "open-bids/")).status_code == 403
    with clock.moved_to(AFTERWARDS):
        assert team.post(url_of(call, "open-bids/")).status_code == 303
        assert "Ferryford" in text_of(team.get(url_of(call, "bids/")))
        assert "Ferryford" in text_of(team.get(url_of(call, "bids.csv")))
        page = openpyxl.load_workbook(io.BytesIO(team.get(url_of(call, "bids.xlsx")).content)).active
        assert [row[0].value for row in page] == ["place", "Ferryford"]


def test_the_self_test_says_that_a_plan_will_do_and_stops_nobody(client, call):
    with clock.moved_to(WHILE_OPEN):
        asked = {"one_owner": "yes", "agreed_cause": "yes", "copied": "yes", "comes_back": "yes"}
        page = text_of(client.get(url_of(call, "knotty/"), asked))
    assert "A project plan will do" in page
    assert "Another place has done it. Ask them first." in page
    assert "Begin a bid" in page


def test_whoever_is_signed_in_begins_a_bid_and_writes_it_by_the_button(client, call, author):
    client = signed_in(client, author)
    with clock.moved_to(WHILE_OPEN):
        begun = client.post(url_of(call, "bids/new/"), vars(ABOUT))
        bid = Bid.objects.get()
        question = call.questions.first()
        where = url_of(call, f"bids/{bid.public_id}/questions/{question.public_id}/")
        saved = client.post(where, {"text": "  As typed.\n", "seen": "0"})
        page = text_of(client.get(url_of(call, f"bids/{bid.public_id}/")))
    assert (begun.status_code, saved.status_code) == (303, 303)
    assert "As typed." in page
    assert "2 of at most 50 words" in page


def test_a_stranger_is_led_to_signing_in(client, call):
    with clock.moved_to(WHILE_OPEN):
        assert "/sign-in/" in client.get(url_of(call, "bids/new/")).url


def test_saving_while_typing_answers_with_the_revision_and_what_others_wrote(client, call, author):
    bid = a_bid(call, viewer_for(author))
    question = call.questions.first()
    where = url_of(call, f"bids/{bid}/questions/{question.public_id}/")
    other = a_person()
    with clock.moved_to(WHILE_OPEN):
        services.add_author(bid, other.email, services.AuthorWords(), by=viewer_for(author))
        services.save_answer(bid, question.public_id, "Hers", by=viewer_for(other), seen_revision=1)
        client = signed_in(client, author)
        answer = client.post(where, {"text": "His", "seen": "1"}, headers={"accept": "application/json"})
        page = text_of(client.get(where))
    assert answer.json() == {"revision": 3, "words": 1, "others": "Hers"}
    assert "Hers" in page


def test_a_late_bid_is_refused_with_one_clear_sentence(client, call, author):
    bid = a_bid(call, viewer_for(author))
    with clock.moved_to(AFTERWARDS):
        answer = signed_in(client, author).post(url_of(call, f"bids/{bid}/hand-in/"))
    assert answer.status_code == 403
    assert "The deadline has passed, so nothing can be handed in or changed any more." in text_of(answer)


def test_handing_in_shows_the_receipt(client, call, author):
    bid = a_bid(call, viewer_for(author))
    client = signed_in(client, author)
    with clock.moved_to(WHILE_OPEN):
        assert client.post(url_of(call, f"bids/{bid}/hand-in/")).status_code == 303
        page = text_of(client.get(url_of(call, f"bids/{bid}/")))
    assert row(bid).receipts.get().number in page


def test_every_page_of_an_author_opens(client, call, author):
    Call.objects.update(needs_sign_off=True)
    bid = a_bid(call, viewer_for(author))
    client = signed_in(client, author)
    author_id, question = row(bid).authors.get().public_id, call.questions.first().public_id
    pages = ["", "about/", "knotty/", f"questions/{question}/", "hand-in/", "withdraw/", "partners/new/"]
    pages += ["authors/new/", f"authors/{author_id}/", "board/", "files/new/"]
    with clock.moved_to(WHILE_OPEN):
        answers = {page: client.get(url_of(call, f"bids/{bid}/{page}")).status_code for page in pages}
    assert set(answers.values()) == {200}, answers


def test_partners_people_board_and_files_are_written_by_their_forms(client, call, author):
    Call.objects.update(needs_sign_off=True)
    bid = a_bid(call, viewer_for(author))
    where = url_of(call, f"bids/{bid}/")
    client = signed_in(client, author)
    with clock.moved_to(WHILE_OPEN):
        client.post(f"{where}partners/new/", {"organisation": "Works", "brings": "cash", "amount": "12.50"})
        client.post(f"{where}authors/new/", {"email": "two@example.org", "organisation": "Works"})
        client.post(f"{where}files/new/", {"file": SimpleUploadedFile("map.pdf", b"%PDF-1")})
        client.post(f"{where}knotty/", {"one_owner": "no"})
        client.post(f"{where}board/", {"board": "The Board", "email": "board@example.org"})
        kept = row(bid)
        file = client.get(f"{where}files/{kept.files.get().public_id}/")
        board = signed_in(client, Person.objects.get(email="board@example.org"))
        signed = board.post(
            f"{where}sign/",
            {"name": "Dr A", "signed_on": "2026-04-01", "how": "At its meeting", "stands": "on"},
        )
    assert kept.partners.get().amount == Decimal("12.50")
    assert kept.authors.count() == 2
    assert kept.knotty == {"one_owner": "no"}
    assert whole_body_of(file) == b"%PDF-1"
    assert signed.status_code == 303
    assert row(bid).sign_off.name == "Dr A"


def test_a_withdrawn_bid_says_so(client, call, author):
    bid = handed_in(call, viewer_for(author))
    client = signed_in(client, author)
    with clock.moved_to(WHILE_OPEN):
        assert client.post(url_of(call, f"bids/{bid}/withdraw/"), {"reason": "No"}).status_code == 303
        assert "Taken back by its authors" in text_of(client.get(url_of(call, f"bids/{bid}/")))


def many_bids(call: Call, how_many: int) -> None:
    made = Bid.objects.bulk_create(
        Bid(
            call=call,
            place_name=f"Place {number:03}",
            issue="A knot",
            stage=BidStage.SUBMITTED,
            submitted_at=CLOSES,
        )
        for number in range(how_many)
    )
    BidPartner.objects.bulk_create(BidPartner(bid=bid, organisation="Works", amount=1) for bid in made)


@pytest.mark.parametrize("page", ["", "bids/", "bids.csv", "bids.xlsx"])
def test_five_hundred_bids_cost_as_many_queries_as_two(team, call, page):
    many_bids(call, 2)
    opened(call)
    counts = []
    with clock.moved_to(AFTERWARDS + timedelta(hours=1)):
        team.get(url_of(call, page))  # the first page of a session costs one more
        for _round in range(2):
            with CaptureQueriesContext(connection) as queries:
                assert team.get(url_of(call, page)).status_code == 200
            counts.append(len(queries))
            many_bids(call, 498)
    assert counts[0] == counts[1] <= 14


def test_a_published_call_is_in_the_feed_with_its_deadline(client, call):
    with clock.moved_to(WHILE_OPEN):
        feed = text_of(client.get("/feeds/calls.atom"))
    assert "Ten places, ten knots" in feed
    assert "30 April 2026" in feed


def test_somebody_without_an_account_comes_in_while_a_call_is_open_and_not_after(client, call):
    with clock.moved_to(WHILE_OPEN):
        assert "come-in/" in text_of(client.get(url_of(call, "")))
        answer = client.post(url_of(call, "come-in/"), {"email": "New@Example.org"})
        assert answer.headers["Location"].startswith("/sign-in/?next=")
        assert Person.objects.get(email="new@example.org").memberships.count() == 0
        assert client.post(url_of(call, "come-in/"), {"email": "no address"}).status_code == 422
    with clock.moved_to(AFTERWARDS):
        assert client.post(url_of(call, "come-in/"), {"email": "late@example.org"}).status_code == 403
    assert not Person.objects.filter(email="late@example.org").exists()


def test_only_so_many_come_in_from_one_network(client, call, monkeypatch):
    monkeypatch.setattr(people_service, "NEWCOMERS", Limit("account to bid", 1, timedelta(hours=1)))
    with clock.moved_to(WHILE_OPEN):
        assert client.post(url_of(call, "come-in/"), {"email": "one@example.org"}).status_code in (302, 303)
        assert client.post(url_of(call, "come-in/"), {"email": "two@example.org"}).status_code == 429

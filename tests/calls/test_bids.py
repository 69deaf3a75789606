"""A bid is begun, written together, handed in, taken back and withdrawn."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from knotwork.calls import services
from knotwork.calls.completeness import count_words, gaps_of
from knotwork.calls.models import AnswerBefore, Bid, BidStage
from knotwork.calls.querysets import bids
from knotwork.calls.services import AuthorWords, BidWords, PartnerWords, SignatureWords
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.mail.models import Letter
from knotwork.core.rules import Refused
from tests.builders import a_person
from tests.calls.build import ABOUT, AFTERWARDS, CLOSES, OPENS, WHILE_OPEN, a_bid, a_call, handed_in, row
from tests.programmes.build import somebody

pytestmark = pytest.mark.django_db


@pytest.fixture
def call():
    return a_call()


@pytest.fixture
def author():
    return somebody()


def the_question(call):
    return call.questions.order_by("order").first().public_id


def test_anybody_with_an_account_begins_a_bid_and_is_its_author(call, author):
    with clock.moved_to(WHILE_OPEN):
        bid = services.begin_bid(call.public_id, ABOUT, by=author)
    assert list(bids().written_by(author)) == [row(bid)]


def test_a_stranger_is_asked_to_sign_in_first(call):
    with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="sign in"):
        services.begin_bid(call.public_id, ABOUT, by=STRANGER)


def test_before_the_call_opens_nobody_bids(call, author):
    with clock.moved_to(OPENS - timedelta(seconds=1)), pytest.raises(Refused, match="not opened yet"):
        services.begin_bid(call.public_id, ABOUT, by=author)


def test_at_the_very_moment_of_the_deadline_it_is_too_late(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(CLOSES), pytest.raises(Refused, match="deadline has passed"):
        services.hand_in(bid, by=author)


def test_a_microsecond_before_the_deadline_is_in_time(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(CLOSES - timedelta(microseconds=1)):
        assert services.hand_in(bid, by=author).number
    assert row(bid).stage == BidStage.SUBMITTED


def test_after_the_deadline_nothing_is_changed_either(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(AFTERWARDS), pytest.raises(Refused, match="deadline has passed"):
        services.save_answer(bid, the_question(call), "Late words", by=author)


def test_words_are_kept_as_typed_however_many_there_are(call, author):
    bid = a_bid(call, author)
    typed = "  many words \n" * 500
    with clock.moved_to(WHILE_OPEN):
        services.save_answer(bid, the_question(call), typed, by=author)
    assert row(bid).answers.get().text == typed


def test_too_many_words_are_refused_at_handing_in_with_both_numbers(call, author):
    bid = a_bid(call, author, words="word " * 51)
    with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="has 51 words; the most is 50"):
        services.hand_in(bid, by=author)


def test_an_unanswered_question_is_named_at_handing_in(call, author):
    bid = a_bid(call, author, words=" ")
    with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="What is the issue"):
        services.hand_in(bid, by=author)


@pytest.mark.parametrize(
    ("text", "words"), [("", 0), ("it's well-known", 2), ("1,500 people", 2), ("a – b", 2), ("one\ntwo", 2)]
)
def test_words_are_counted_as_people_count_them(text, words):
    assert count_words(text) == words


def test_two_who_write_at_once_lose_nothing_and_the_second_is_told(call, author):
    bid, other = a_bid(call, author), a_person()
    question = the_question(call)
    with clock.moved_to(WHILE_OPEN):
        services.add_author(bid, other.email, AuthorWords(), by=author)
        seen = row(bid).answers.get().revision
        services.save_answer(bid, question, "Hers", by=author, seen_revision=seen)
        saved = services.save_answer(bid, question, "His", by=viewer_for(other), seen_revision=seen)
    assert saved.others == "Hers"
    assert row(bid).answers.get().text == "His"
    assert "Hers" in AnswerBefore.objects.values_list("text", flat=True)


def test_one_who_writes_on_after_reading_is_told_nothing(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(WHILE_OPEN):
        first = services.save_answer(bid, the_question(call), "One", by=author, seen_revision=1)
        second = services.save_answer(bid, the_question(call), "Two", by=author, seen_revision=first.revision)
    assert (second.revision, second.others) == (3, "")


def test_saving_the_same_words_again_changes_nothing(call, author):
    bid = a_bid(call, author)
    before = row(bid).revision
    with clock.moved_to(WHILE_OPEN):
        services.save_answer(bid, the_question(call), "A hard one.", by=author)
    assert row(bid).revision == before


def test_a_question_of_another_call_is_refused(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="not part of the call"):
        services.save_answer(bid, the_question(a_call()), "Words", by=author)


def test_a_receipt_goes_to_every_author_with_number_and_zone(call, author):
    bid, other = a_bid(call, author), a_person()
    with clock.moved_to(WHILE_OPEN):
        services.add_author(bid, other.email, AuthorWords(), by=author)
        given = services.hand_in(bid, by=author)
    letters = Letter.objects.filter(kind="bid_receipt")
    assert letters.count() == 2
    assert all(given.number in letter.body and "Europe/London" in letter.body for letter in letters)


def test_a_receipt_does_not_say_who_bids(call, author):
    handed_in(call, author, about=replace(ABOUT, place_name="Hush7Kettle", sponsor="Hush7Kettle"))
    assert not Letter.objects.filter(body__contains="Hush7Kettle").exists()


def test_a_bid_taken_back_is_changed_and_handed_in_with_another_receipt(call, author):
    bid = handed_in(call, author)
    with clock.moved_to(WHILE_OPEN):
        services.take_back(bid, by=author)
        services.save_answer(bid, the_question(call), "Better words", by=author)
        services.hand_in(bid, by=author)
    assert len({receipt.number for receipt in row(bid).receipts.all()}) == 2


def test_a_bid_that_is_handed_in_is_not_changed(call, author):
    bid = handed_in(call, author)
    with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="Take it back first"):
        services.say_about(bid, BidWords("Elsewhere"), by=author)


def test_a_withdrawn_bid_stays_with_its_authors(call, author):
    bid = handed_in(call, author)
    with clock.moved_to(AFTERWARDS):
        services.withdraw_bid(bid, "We cannot.", by=author)
    assert not bids().opened().exists()
    assert list(bids().visible_to(author)) == [row(bid)]


def test_nobody_else_finds_a_bid(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="not known"):
        services.say_about(bid, BidWords("Mine"), by=somebody())


def test_an_author_who_is_taken_out_no_longer_reads_it(call, author):
    bid, other = a_bid(call, author), a_person()
    with clock.moved_to(WHILE_OPEN):
        services.add_author(bid, other.email, AuthorWords(), by=author)
        services.end_author(bid, row(bid).authors.get(person=other).public_id, by=author)
    assert not bids().visible_to(viewer_for(other)).exists()


def test_the_last_author_stays(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="has to stay"):
        services.end_author(bid, row(bid).authors.get().public_id, by=author)


def test_the_two_leads_come_from_different_organisations(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(WHILE_OPEN):
        services.add_author(bid, "one@example.org", AuthorWords("The Council", True), by=author)
        with pytest.raises(Refused, match="different organisations"):
            services.add_author(bid, "two@example.org", AuthorWords("the council", True), by=author)


def test_a_partner_is_written_down_and_taken_out(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(WHILE_OPEN):
        partner = services.add_partner(bid, PartnerWords("The Wheel Works", "people", "Two days"), by=author)
        assert row(bid).partners.get().organisation == "The Wheel Works"
        services.end_partner(bid, partner, by=author)
    assert not row(bid).partners.exists()


def test_no_organisation_is_known_to_others_before_there_is_a_place(call, author):
    from knotwork.programmes.queries import organisation_names

    bid = a_bid(call, author, about=replace(ABOUT, sponsor="Hush7Kettle"))
    with clock.moved_to(WHILE_OPEN):
        services.add_partner(bid, PartnerWords("Hush7Kettle Works"), by=author)
    assert not [name for name in organisation_names() if "Hush7Kettle" in name]


def test_files_are_bounded_in_kind_and_number(call, author):
    bid = a_bid(call, author)
    with clock.moved_to(WHILE_OPEN):
        for number in range(10):
            services.add_file(bid, SimpleUploadedFile(f"{number}.pdf", b"%PDF-1"), by=author)
        with pytest.raises(Refused, match="at most 10 files"):
            services.add_file(bid, SimpleUploadedFile("more.pdf", b"%PDF-1"), by=author)
        services.end_file(bid, row(bid).files.first().public_id, by=author)
        with pytest.raises(Refused, match="We cannot take the file"):
            services.add_file(bid, SimpleUploadedFile("run.exe", b"MZ"), by=author)
    assert row(bid).files.count() == 9


class TestSignature:
    @pytest.fixture
    def call(self):
        return a_call(needs_sign_off=True)

    def test_without_it_the_bid_is_not_handed_in(self, call, author):
        bid = a_bid(call, author)
        with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="board has not signed"):
            services.hand_in(bid, by=author)

    def test_a_member_of_the_board_reads_the_bid_signs_with_a_date_and_it_is_handed_in(self, call, author):
        bid, board = a_bid(call, author), a_person()
        with clock.moved_to(WHILE_OPEN):
            services.ask_board(bid, board.email, "Health and Wellbeing Board", by=author)
            assert bids().visible_to(viewer_for(board)).exists()
            services.sign(bid, SignatureWords("Dr A", date(2026, 3, 31)), by=viewer_for(board))
            services.hand_in(bid, by=author)
        assert row(bid).sign_off.signed_on == date(2026, 3, 31)

    def test_words_changed_afterwards_are_signed_again(self, call, author):
        bid, board = a_bid(call, author), a_person()
        with clock.moved_to(WHILE_OPEN):
            services.ask_board(bid, board.email, "The Board", by=author)
            services.sign(bid, SignatureWords("Dr A", date(2026, 3, 31)), by=viewer_for(board))
            services.save_answer(bid, the_question(call), "Other words", by=author)
            with pytest.raises(Refused, match="changed after the board signed"):
                services.hand_in(bid, by=author)

    def test_an_author_cannot_sign_for_the_board(self, call, author):
        bid = a_bid(call, author)
        email = row(bid).authors.get().person.email
        with clock.moved_to(WHILE_OPEN), pytest.raises(Refused, match="cannot sign"):
            services.ask_board(bid, email, "The Board", by=author)

    def test_a_signature_of_tomorrow_is_refused(self, call, author):
        bid, board = a_bid(call, author), a_person()
        with clock.moved_to(WHILE_OPEN):
            services.ask_board(bid, board.email, "The Board", by=author)
            with pytest.raises(Refused, match="future"):
                services.sign(bid, SignatureWords("Dr A", date(2026, 4, 2)), by=viewer_for(board))

    def test_who_signs_cannot_write(self, call, author):
        bid, board = a_bid(call, author), a_person()
        with clock.moved_to(WHILE_OPEN):
            services.ask_board(bid, board.email, "The Board", by=author)
            with pytest.raises(Refused):
                services.say_about(bid, BidWords("Mine"), by=viewer_for(board))


def test_what_is_missing_is_listed_in_the_order_of_the_pages(call):
    bid = Bid.objects.create(call=call)
    assert [gap.part for gap in gaps_of(bid)][:2] == ["about", "about"]

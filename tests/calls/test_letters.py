"""Letters put together from the reasons, edited, and sent to all at once and once; then bids are places."""

from datetime import timedelta

import pytest

from knotwork.calls import services
from knotwork.calls.models import Bid, BidAuthor, BidStage, CallStage, FeedbackLetter
from knotwork.calls.services import letters as mail
from knotwork.core import clock
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.services import erase
from knotwork.core.mail.kinds import kind_named
from knotwork.core.mail.models import Letter
from knotwork.core.rules import Refused
from knotwork.programmes.models import Membership, Place, Programme
from tests.builders import a_person
from tests.calls.build import row
from tests.calls.build_decision import Panel, a_panel, scored
from tests.programmes.build import ADMINISTRATOR, verbs

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel() -> Panel:
    return a_panel(3)


def letter_of(bid) -> FeedbackLetter:
    return FeedbackLetter.objects.get(bid__public_id=bid)


def test_a_letter_says_the_outcome_the_reason_and_what_reviewers_wrote_without_names(panel):
    scored(panel, panel.bids[0], "Anna Abel", ["Truly hard.", "Strong partners."])
    scored(panel, panel.bids[0], "Zoe Zander", ["Nobody owns it.", "Few of them."])
    panel.in_force(chosen=1)
    assert letter_of(panel.bids[0]).words == (
        "The bid “Place 0” to “Ten places, ten knots” was chosen.\n\n"
        "Why\nReason 0\n\n"
        "What reviewers wrote on “A knotty issue”\n- Nobody owns it.\n- Truly hard.\n\n"
        "What reviewers wrote on “Partners”\n- Few of them.\n- Strong partners."
    )


def test_the_order_of_the_reasons_does_not_tell_who_wrote_which(panel):
    scored(panel, panel.bids[0], "Anna Abel", ["B", "A"])
    scored(panel, panel.bids[1], "Zoe Zander", ["B", "A"])
    scored(panel, panel.bids[0], "Zoe Zander", ["A", "B"])
    scored(panel, panel.bids[1], "Anna Abel", ["A", "B"])
    panel.in_force()
    first, second = (letter_of(bid).words.split("What reviewers", 1)[1] for bid in panel.bids[:2])
    assert first == second


def test_a_letter_is_written_in_the_language_of_its_bid(panel, monkeypatch):
    spoken = []
    monkeypatch.setattr("knotwork.calls.services.feedback.override", _noting(spoken))
    Bid.objects.filter(public_id=panel.bids[1]).update(language="cy")
    panel.in_force()
    assert spoken == ["en", "cy", "en"]


def _noting(spoken):
    from django.utils.translation import override

    def noted(language):
        spoken.append(language)
        return override(language)

    return noted


def test_a_letter_is_changed_before_it_goes(panel):
    panel.in_force()
    letter = letter_of(panel.bids[0])
    assert services.edit_letter(letter.public_id, "Dear Ferryford", by=panel.team) is True
    assert services.edit_letter(letter.public_id, "Dear Ferryford", by=panel.team) is False
    letter.refresh_from_db()
    assert (letter.words, letter.edited_at is not None) == ("Dear Ferryford", True)
    assert verbs()[-1] == "bid.letter_edited"


@pytest.mark.parametrize("who", ["reviewer", "second"])
def test_letters_are_changed_and_sent_by_the_team_alone(panel, who):
    panel.in_force()
    letter, by = letter_of(panel.bids[0]), getattr(panel, who)
    if who == "second":
        assert services.edit_letter(letter.public_id, "x", by=by)
        assert services.send_letters(panel.call.public_id, by=by) == 3
        return
    with pytest.raises(Refused, match="Only the team"):
        services.edit_letter(letter.public_id, "x", by=by)
    with pytest.raises(Refused, match="Only the team"):
        services.send_letters(panel.call.public_id, by=by)


def test_there_is_nothing_to_send_before_a_decision_is_in_force(panel):
    panel.put()
    with pytest.raises(Refused, match="after the decision"):
        services.send_letters(panel.call.public_id, by=panel.team)


def test_sending_tells_all_authors_at_once_with_the_words_of_their_letter(panel):
    BidAuthor.objects.create(bid=row(panel.bids[0]), person=a_person(email="second@example.org"))
    panel.in_force()
    services.edit_letter(letter_of(panel.bids[0]).public_id, "Only for you.", by=panel.team)
    services.send_letters(panel.call.public_id, by=panel.team)
    sent = Letter.objects.filter(kind="bid_outcome")
    assert sent.count() == 4
    mine = {each.to for each in sent if "Only for you." in each.body}
    first = Person.objects.get(pk=panel.authors[0].person_id).email
    assert mine == {first, "second@example.org"}
    assert verbs()[-1] == "call.decided"


def test_nobody_can_switch_these_letters_off():
    assert not kind_named("bid_outcome").optional
    assert not kind_named("bid_appeal_answer").optional


def test_pressed_twice_nothing_goes_twice(panel):
    panel.told()
    events = verbs()
    assert services.send_letters(panel.call.public_id, by=panel.team) == 0
    assert Letter.objects.filter(kind="bid_outcome").count() == 3
    assert (Place.objects.count(), verbs()) == (1, events)


def test_what_stops_in_the_middle_was_never_begun_and_can_be_pressed_again(panel, monkeypatch):
    panel.in_force()
    told = []

    def dying(bid):
        if told:
            raise KeyboardInterrupt
        told.append(bid)
        real(bid)

    real = mail.tell_outcome
    monkeypatch.setattr(mail, "tell_outcome", dying)
    with pytest.raises(KeyboardInterrupt):
        services.send_letters(panel.call.public_id, by=panel.team)
    assert not Letter.objects.filter(kind="bid_outcome").exists()
    assert not Place.objects.exists()
    monkeypatch.setattr(mail, "tell_outcome", real)
    assert services.send_letters(panel.call.public_id, by=panel.team) == 3
    assert Letter.objects.filter(kind="bid_outcome").count() == 3


def test_once_sent_chosen_bids_are_places_and_their_authors_belong_to_them(panel):
    panel.told(chosen=2)
    stages = [row(bid).stage for bid in panel.bids]
    assert stages == [BidStage.CHOSEN, BidStage.CHOSEN, BidStage.NOT_CHOSEN]
    place = Place.objects.get(name="Place 0")
    assert Membership.objects.filter(place=place, person_id=panel.authors[0].person_id).exists()


def test_a_letter_that_was_sent_stays_as_it_is(panel):
    panel.told()
    with pytest.raises(Refused, match="stays as it is"):
        services.edit_letter(letter_of(panel.bids[0]).public_id, "Other words", by=panel.team)


def test_the_call_is_not_ended_before_the_letters_are_sent(panel):
    panel.in_force()
    with pytest.raises(Refused, match="not sent yet"):
        services.lead_on(panel.call.public_id, CallStage.ENDED, by=panel.team)
    services.send_letters(panel.call.public_id, by=panel.team)
    services.lead_on(panel.call.public_id, CallStage.ENDED, by=panel.team)


def test_an_author_who_was_erased_gets_no_letter_and_no_role(panel):
    panel.in_force()
    erase(Person.objects.get(pk=panel.authors[0].person_id), by=ADMINISTRATOR)
    services.send_letters(panel.call.public_id, by=panel.team)
    assert Letter.objects.filter(kind="bid_outcome").count() == 2
    assert not Membership.objects.filter(place__name="Place 0").exists()


def test_before_an_election_the_press_of_the_team_is_what_announces_it(panel):
    panel.in_force()
    now = clock.now()
    Programme.objects.filter(pk=panel.call.programme_id).update(
        hold_opens_at=now - timedelta(days=1), hold_closes_at=now + timedelta(days=9)
    )
    assert services.send_letters(panel.call.public_id, by=panel.team) == 3


def test_an_unknown_letter_is_refused(panel):
    with pytest.raises(Refused, match="not known"):
        services.edit_letter(panel.call.public_id, "x", by=panel.team)

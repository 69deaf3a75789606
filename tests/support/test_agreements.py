"""What a programme and a place agree, and the place's own word on each milestone."""

from datetime import date
from uuid import uuid4

import pytest

from knotwork.core.accounts.viewer import STRANGER
from knotwork.core.clock import moved_to
from knotwork.core.rules import Refused
from knotwork.support import queries, services
from knotwork.support.queries import AgreementView
from tests.programmes.build import ADMINISTRATOR, verbs
from tests.support.build import BEFORE, People, people

pytestmark = pytest.mark.django_db
DUE = date(2026, 11, 20)


def agreed(who: People) -> AgreementView:
    found = queries.agreement_of(who.place.public_id, who.team)
    assert found is not None
    return found


def both_say_yes(who: People) -> None:
    services.say_yes(who.place.pk, for_the_place=True, by=who.lead)
    services.say_yes(who.place.pk, for_the_place=False, by=who.team)


def test_it_is_agreed_when_both_sides_said_yes_each_for_itself():
    who = people()
    services.write_agreement(who.place.pk, "We meet each month.", by=who.team)
    for viewer, side, words in ((who.team, True, "Only the leads"), (who.lead, False, "Only the team")):
        with pytest.raises(Refused, match=words):
            services.say_yes(who.place.pk, for_the_place=side, by=viewer)
    services.say_yes(who.place.pk, for_the_place=True, by=who.lead)
    assert not agreed(who).is_agreed
    services.say_yes(who.place.pk, for_the_place=False, by=who.team)
    assert agreed(who).is_agreed
    both_say_yes(who)
    assert verbs().count("agreement.agreed") == 2


def test_other_words_or_milestones_take_the_yes_of_both_back():
    who = people()
    services.write_agreement(who.place.pk, "We meet.", by=who.lead)
    both_say_yes(who)
    services.write_agreement(who.place.pk, "We meet.", by=who.lead)
    services.write_agreement(who.place.pk, "We meet.", visibility="public", by=who.lead)
    assert agreed(who).is_agreed
    milestone = services.add_milestone(who.place.pk, "A bus", DUE, by=who.team)
    assert not agreed(who).is_agreed
    both_say_yes(who)
    services.take_out_milestone(milestone, by=who.team)
    services.take_out_milestone(milestone, by=who.team)
    assert (agreed(who).is_agreed, agreed(who).milestones) == (False, ())
    both_say_yes(who)
    services.write_agreement(who.place.pk, "We meet twice.", by=who.team)
    assert not agreed(who).is_agreed


def test_the_place_alone_says_how_a_milestone_stands():
    who = people()
    services.write_agreement(who.place.pk, "We meet.", by=who.team)
    milestone = services.add_milestone(who.place.pk, "A bus", DUE, by=who.team)
    for other in (who.team, who.elsewhere, STRANGER):
        with pytest.raises(Refused, match="their own word"):
            services.say_word(milestone, "done", by=other)
    with pytest.raises(Refused, match="what changed and why"):
        services.say_word(milestone, "changed", " ", by=who.member)
    for _ in range(2):
        services.say_word(milestone, "changed", "The depot burned down.", by=who.member)
    (shown,) = agreed(who).milestones
    assert (shown.word_words, shown.why, shown.is_done) == ("changed", "The depot burned down.", False)
    services.say_word(milestone, "", by=who.lead)
    assert agreed(who).milestones[0].said_on is None
    assert verbs().count("milestone.said") == 2


def test_what_is_due_is_what_is_not_done_until_a_day():
    who = people()
    services.write_agreement(who.place.pk, "We meet.", by=who.team)
    for day, what in (
        (date(2026, 11, 20), "Soon"),
        (date(2026, 11, 2), "Sooner"),
        (date(2027, 1, 1), "Later"),
    ):
        last = services.add_milestone(who.place.pk, what, day, by=who.team)
    done = services.add_milestone(who.place.pk, "Done", DUE, by=who.team)
    services.say_word(done, "done", by=who.lead)
    with moved_to(BEFORE):
        assert [each.what for each in queries.milestones_due(who.programme.pk, who.elsewhere)] == [
            "Sooner",
            "Soon",
        ]
        assert len(queries.milestones_due(who.programme.pk, who.team, until=date(2027, 1, 1))) == 3
        assert queries.milestones_due(who.programme.pk, STRANGER) == ()
    services.take_out_milestone(last, by=ADMINISTRATOR)


def test_an_agreement_is_read_by_the_programme_or_by_everybody_and_of_a_sensitive_issue_never():
    who = people()
    services.write_agreement(who.place.pk, "We meet.", by=who.team)
    assert queries.agreement_of(who.place.public_id, who.elsewhere)
    assert queries.agreement_of(who.place.public_id, STRANGER) is None
    services.write_agreement(who.place.pk, "We meet.", visibility="public", by=who.team)
    assert queries.agreement_of(who.place.public_id, STRANGER)
    with pytest.raises(Refused, match="people of the programme, or to everybody"):
        services.write_agreement(who.place.pk, "We meet.", visibility="me", by=who.team)
    hushed = people(is_sensitive=True, help_text="Help", help_url="https://example.org/")
    with pytest.raises(Refused, match="sensitive"):
        services.write_agreement(hushed.place.pk, "We meet.", visibility="public", by=hushed.team)


def test_what_is_missing_or_not_known_is_refused():
    who = people()
    with pytest.raises(Refused, match="Say what is agreed"):
        services.write_agreement(who.place.pk, " ", by=who.team)
    with pytest.raises(Refused, match="Write first"):
        services.say_yes(who.place.pk, for_the_place=True, by=who.lead)
    with pytest.raises(Refused, match="not known here"):
        services.say_word(uuid4(), "done", by=who.lead)
    with pytest.raises(Refused, match="Only the leads of this place and the team"):
        services.write_agreement(who.place.pk, "We meet.", by=who.member)

"""What else could explain it, what is claimed and by whom it is checked, and how far what must change has come."""

from datetime import date
from uuid import UUID, uuid4

import pytest

from knotwork.actions import services
from knotwork.actions.queries import ClaimView, claim_of, key_of, key_sets_of, other_causes_of
from knotwork.actions.services import OtherCauseWords
from knotwork.core.accounts import erasures
from knotwork.core.accounts.models import Person
from knotwork.core.accounts.services import erase
from knotwork.core.accounts.viewer import STRANGER, Viewer, viewer_for
from knotwork.core.rules import Refused
from knotwork.core.strands.kinds import beads
from knotwork.measures.services import say_rival_cause
from knotwork.measures.words import CauseWords
from knotwork.programmes.models import Organisation, Place, Role
from tests.actions.build import a_lead, a_member, going, planned, row
from tests.builders import a_person, a_place, an_organisation
from tests.measures.build import a_measure
from tests.programmes.build import ADMINISTRATOR, verbs

pytestmark = pytest.mark.django_db

FARES = OtherCauseWords("Fares were capped", "possible", "Northvale Buses", date(2026, 1, 1))
CHANGED, PART = "Ten more trips for every 1,000 passes.", "Eleven ride it a day; the fare cap helped too."


def of(organisation: Organisation, place: Place, role: Role = Role.ORGANISATION_MEMBER) -> Person:
    person = a_person(role, place.programme)
    person.memberships.update(organisation=organisation)
    return person


def claimed(try_out: UUID, by: Viewer = ADMINISTRATOR) -> UUID:
    services.claim(try_out, CHANGED, PART, by=by)
    return try_out


def the_claim(try_out: UUID, viewer: Viewer = STRANGER) -> ClaimView:
    found = claim_of(row(try_out), viewer)
    assert found is not None
    return found


class TestOtherCauses:
    def test_people_of_the_place_name_them_and_they_stand_with_who_says_so(self) -> None:
        place = a_place()
        try_out = going(place)
        services.name_other_cause(try_out, FARES, by=a_member(place))
        (shown,) = other_causes_of(row(try_out), STRANGER)
        assert (shown.words, shown.since, shown.how_likely, shown.said_by) == (
            "Fares were capped",
            date(2026, 1, 1),
            "possible",
            "Northvale Buses",
        )

    @pytest.mark.parametrize(
        "words",
        [
            OtherCauseWords(" ", "likely", "The Forum"),
            OtherCauseWords("Fares", "likely", ""),
            OtherCauseWords("Fares", "likely", "The Forum", measure=uuid4()),
        ],
    )
    def test_what_is_missing_or_not_known_is_refused(self, words: OtherCauseWords) -> None:
        with pytest.raises(Refused):
            services.name_other_cause(going(a_place()), words, by=ADMINISTRATOR)

    def test_one_is_taken_out_for_a_mistake_with_a_reason(self) -> None:
        try_out = going(a_place())
        cause = services.name_other_cause(try_out, FARES, by=ADMINISTRATOR)
        with pytest.raises(Refused, match="why"):
            services.withdraw_other_cause(cause, "", by=ADMINISTRATOR)
        for _again in range(2):
            services.withdraw_other_cause(cause, "Said twice", by=ADMINISTRATOR)
        assert other_causes_of(row(try_out), STRANGER) == ()
        assert verbs().count("try_out.other_cause_withdrawn") == 1
        with pytest.raises(Refused, match="not known"):
            services.withdraw_other_cause(uuid4(), "Said twice", by=ADMINISTRATOR)

    def test_what_is_said_beside_a_measure_stands_here_too_and_in_the_same_words_once(self) -> None:
        measure = a_measure()
        try_out = going(measure.place)  # type: ignore[arg-type]
        say_rival_cause(measure.public_id, CauseWords("Fares were capped"), by=ADMINISTRATOR)
        say_rival_cause(measure.public_id, CauseWords("A mild winter"), by=ADMINISTRATOR)
        end = ("measure", measure.public_id)
        bead = beads([end], STRANGER)[end]
        services.name_other_cause(
            try_out,
            OtherCauseWords("Fares were capped", "likely", "Buses", None, measure.public_id),
            by=ADMINISTRATOR,
        )
        shown = other_causes_of(row(try_out), STRANGER, (bead,))
        assert [(each.words, each.measure) for each in shown] == [
            ("Fares were capped", bead),
            ("A mild winter", bead),
        ]


class TestClaims:
    def test_a_claim_is_a_draft_until_somebody_of_another_organisation_has_checked_it(self) -> None:
        place = a_place()
        writer, checker = of(an_organisation(), place, Role.PROGRAMME_TEAM), of(an_organisation(), place)
        try_out = claimed(going(place), viewer_for(writer))
        assert not the_claim(try_out).is_checked
        assert the_claim(try_out, viewer_for(checker)).can_check
        name = checker.memberships.get().organisation.name
        services.check_claim(try_out, "Rowan Ashe", name, says="Fair.", by=viewer_for(checker))
        shown = the_claim(try_out)
        assert (shown.is_checked, shown.checked_by, shown.checked_for, shown.check_says) == (
            True,
            "Rowan Ashe",
            name,
            "Fair.",
        )
        assert verbs()[-2:] == ["try_out.contribution_claimed", "try_out.contribution_checked"]
        with pytest.raises(Refused, match="checked it already"):
            services.check_claim(try_out, "Rowan Ashe", name, by=viewer_for(checker))

    def test_the_writer_and_people_of_her_own_organisation_do_not_check_it(self) -> None:
        place = a_place()
        theirs = an_organisation()
        writer, colleague = of(theirs, place, Role.PROGRAMME_TEAM), of(theirs, place)
        try_out = claimed(going(place), viewer_for(writer))
        for somebody in (writer, colleague, a_person(Role.ORGANISATION_MEMBER, place.programme), a_person()):
            with pytest.raises(Refused):
                services.check_claim(try_out, "A", theirs.name, by=viewer_for(somebody))
            assert not the_claim(try_out, viewer_for(somebody)).can_check

    def test_a_checker_speaks_for_an_organisation_of_her_own(self) -> None:
        place = a_place()
        checker = of(an_organisation(), place)
        try_out = claimed(going(place))
        with pytest.raises(Refused, match="Choose an organisation"):
            services.check_claim(try_out, "A", "Somebody else's", by=viewer_for(checker))
        with pytest.raises(Refused, match="your name"):
            services.check_claim(try_out, " ", "Any", by=viewer_for(checker))

    def test_changed_words_have_to_be_checked_again(self) -> None:
        try_out = claimed(going(a_place()))
        services.check_claim(try_out, "Rowan Ashe", "The Circle", by=ADMINISTRATOR)
        assert not services.claim(try_out, CHANGED, PART, by=ADMINISTRATOR)
        assert the_claim(try_out).is_checked
        assert services.claim(try_out, CHANGED, "Less than we thought.", by=ADMINISTRATOR)
        assert (the_claim(try_out).is_checked, the_claim(try_out).checked_by) == (False, "")

    @pytest.mark.parametrize("word", ["caused", "Causes", "causing", "cause"])
    def test_nothing_is_ever_said_to_have_been_caused(self, word: str) -> None:
        with pytest.raises(Refused, match="had a part in"):
            services.claim(going(a_place()), CHANGED, f"Our bus {word} it.", by=ADMINISTRATOR)

    def test_because_is_a_word_like_others(self) -> None:
        assert services.claim(going(a_place()), CHANGED, "People ride because it waits.", by=ADMINISTRATOR)

    def test_nothing_is_claimed_before_the_start_by_members_or_without_words(self) -> None:
        place = a_place()
        with pytest.raises(Refused, match="not started"):
            claimed(planned(place))
        with pytest.raises(Refused, match="Only whoever planned"):
            claimed(going(place), a_member(place))
        for words in ((" ", PART), (CHANGED, "")):
            with pytest.raises(Refused):
                services.claim(going(place), *words, by=ADMINISTRATOR)

    def test_there_is_nothing_to_check_where_nothing_is_claimed(self) -> None:
        try_out = going(a_place())
        assert claim_of(row(try_out), STRANGER) is None
        with pytest.raises(Refused, match="nothing to check"):
            services.check_claim(try_out, "A", "B", by=ADMINISTRATOR)

    def test_a_checker_who_is_erased_leaves_her_organisation_and_not_her_name(self) -> None:
        place = a_place()
        checker = of(an_organisation(), place)
        try_out = claimed(going(place))
        name = checker.memberships.get().organisation.name
        services.check_claim(try_out, "Rowan Ashe", name, says="I am Rowan.", by=viewer_for(checker))
        erase(checker, by=ADMINISTRATOR)
        shown = the_claim(try_out)
        assert (shown.is_checked, shown.checked_by, shown.checked_for, shown.check_says) == (
            True,
            "",
            name,
            "",
        )
        erasures.apply_again()
        assert the_claim(try_out).is_checked


class TestTurns:
    def test_the_newest_word_counts_and_all_stay_with_their_days(self) -> None:
        place = a_place()
        try_out = going(place)
        services.say_what_must_change(try_out, "money", "Minutes, not routes", by=ADMINISTRATOR)
        for day, state in ((date(2026, 3, 1), "moving"), (date(2026, 2, 1), "not_yet")):
            services.say_how_it_turns(try_out, "money", state, "A letter", on=day, by=a_member(place))
        key = key_of(row(try_out), "money")
        assert key is not None
        assert [turn.state for turn in key.turns] == ["not_yet", "moving"]
        assert key.newest is not None
        assert key.newest.state_words == "moving"

    def test_said_twice_it_is_said_once_and_not_for_a_day_to_come(self) -> None:
        try_out = going(a_place())
        services.say_what_must_change(try_out, "money", "Minutes", by=ADMINISTRATOR)
        day = date(2026, 3, 1)
        assert services.say_how_it_turns(try_out, "money", "changed", on=day, by=ADMINISTRATOR)
        assert not services.say_how_it_turns(try_out, "money", "changed", on=day, by=ADMINISTRATOR)
        with pytest.raises(Refused, match="still to come"):
            services.say_how_it_turns(try_out, "money", "changed", on=date(2999, 1, 1), by=ADMINISTRATOR)

    def test_what_nobody_said_must_change_does_not_turn(self) -> None:
        try_out = going(a_place())
        assert key_of(row(try_out), "money") is None
        with pytest.raises(Refused, match="first what must change"):
            services.say_how_it_turns(try_out, "money", "changed", by=ADMINISTRATOR)
        with pytest.raises(Refused):
            services.say_how_it_turns(try_out, "money", "changed", by=STRANGER)

    def test_without_a_word_a_key_has_no_state(self) -> None:
        place = a_place()
        try_out = going(place, by=a_lead(place))
        services.say_what_must_change(try_out, "money", "Minutes", by=ADMINISTRATOR)
        (said,) = key_sets_of(row(try_out))[0].said
        assert said.newest is None

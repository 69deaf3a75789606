"""Drawing on a map: what each act writes, what it refuses and why."""

import pytest

from knotwork.core.accounts.viewer import viewer_for
from knotwork.core.events.models import Event
from knotwork.core.rules import Refused
from knotwork.maps import services
from knotwork.maps.models import Factor, Link, MapReference, NamedLoop, Perspective, SystemMap
from knotwork.maps.services import FactorWords, MapWords
from knotwork.maps.services.drawing import as_cycle
from knotwork.programmes.models import Role, Stage
from tests.builders import a_person, a_place, a_programme
from tests.maps.build import (
    ADMINISTRATOR,
    LONELY,
    a_drawn_map,
    a_link,
    a_map,
    a_perspective,
    again,
    factor_called,
    some_factors,
)

pytestmark = pytest.mark.django_db


def verbs() -> list[str]:
    return list(Event.objects.order_by("id").values_list("verb", flat=True))


class TestAMap:
    def test_has_an_address_of_its_own_in_its_programme(self) -> None:
        programme = a_programme()
        slugs = [
            services.make_map(programme.pk, MapWords("Lonely days"), by=ADMINISTRATOR).slug for _ in range(2)
        ]
        assert slugs == ["lonely-days", "lonely-days-2"]

    def test_is_never_called_after_a_page(self) -> None:
        made = services.make_map(a_programme().pk, MapWords("New"), by=ADMINISTRATOR)
        assert made.slug == "new-2"

    def test_is_begun_by_people_of_the_place_only(self) -> None:
        place = a_place()
        member = viewer_for(a_person(Role.PLACE_MEMBER, place=place))
        made = services.make_map(place.programme.pk, MapWords("Ours"), by=member, place_id=place.pk)
        assert SystemMap.objects.get(pk=made.id).author_id == member.person_id
        other = viewer_for(a_person(Role.PLACE_MEMBER, place=a_place(place.programme)))
        with pytest.raises(Refused, match="people of this place"):
            services.make_map(place.programme.pk, MapWords("Theirs"), by=other, place_id=place.pk)

    def test_of_a_sensitive_place_is_not_shown_to_everybody(self) -> None:
        place = a_place(is_sensitive=True)
        with pytest.raises(Refused, match="sensitive"):
            a_map(place)

    def test_changes_its_words_once(self) -> None:
        row = a_map()
        words = services.map_words_of(row.pk)
        assert not services.change_map(row.pk, words, by=ADMINISTRATOR)
        assert services.change_map(row.pk, MapWords("Another", visibility="public"), by=ADMINISTRATOR)
        assert verbs() == ["map.made", "map.changed"]

    def test_that_was_taken_out_of_sight_takes_no_more(self) -> None:
        row = a_map()
        services.withdraw_map(row.pk, "A mistake.", by=ADMINISTRATOR)
        assert again(row).withdrawn_reason == "A mistake."
        with pytest.raises(Refused, match="out of sight"):
            some_factors(row, "stress")

    def test_that_the_writer_may_not_see_is_not_known_to_her(self) -> None:
        place = a_place()
        row = a_map(place, visibility=Stage.ME.value)
        lead = viewer_for(a_person(Role.PLACE_LEAD, place=place))
        with pytest.raises(Refused, match="not known"):
            services.add_factor(row.pk, "stress", by=lead)

    def test_is_drawn_on_by_members_and_its_words_changed_by_leads(self) -> None:
        place = a_place()
        row = a_map(place)
        member = viewer_for(a_person(Role.PLACE_MEMBER, place=place))
        lead = viewer_for(a_person(Role.PLACE_LEAD, place=place))
        services.add_factor(row.pk, "stress", by=member)
        with pytest.raises(Refused, match="Only whoever made this map"):
            services.change_map(row.pk, MapWords("Mine"), by=member)
        assert services.change_map(row.pk, MapWords("Ours", visibility="public"), by=lead)

    def test_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(Refused, match="not known"):
            services.add_factor(999, "stress", by=ADMINISTRATOR)


class TestFactors:
    def test_get_numbers_as_keys(self) -> None:
        row = a_map()
        some_factors(row, "stress", "sleep")
        assert list(Factor.objects.values_list("key", "label")) == [("1", "stress"), ("2", "sleep")]

    def test_with_the_same_words_stand_once(self) -> None:
        row = a_map()
        some_factors(row, "Getting home, after four")
        with pytest.raises(Refused, match="stands on this map already"):
            some_factors(row, "getting  home after four")

    def test_need_words(self) -> None:
        with pytest.raises(Refused, match="a few words"):
            some_factors(a_map(), "  ")

    def test_keep_their_links_when_they_are_called_something_else(self) -> None:
        row = a_drawn_map()
        factor = factor_called(row, "hearing").public_id
        assert services.change_factor(row.pk, factor, FactorWords("hearing well"), by=ADMINISTRATOR)
        assert not services.change_factor(row.pk, factor, FactorWords("hearing well"), by=ADMINISTRATOR)
        assert Link.objects.filter(source__label="hearing well").count() == 1

    def test_that_are_taken_off_leave_what_was_drawn(self) -> None:
        row = a_drawn_map()
        factor = factor_called(row, "hearing")
        services.withdraw_factor(row.pk, factor.public_id, "Said twice.", by=ADMINISTRATOR)
        assert Link.objects.filter(source=factor, withdrawn_at__isnull=True).exists()
        with pytest.raises(Refused, match="does not stand"):
            services.withdraw_factor(row.pk, factor.public_id, "Again.", by=ADMINISTRATOR)
        assert some_factors(row, "hearing")

    def test_make_a_new_edition_each_time(self) -> None:
        row = a_map()
        before = row.edition
        some_factors(row, "stress", "sleep")
        assert again(row).edition == before + 2


class TestPerspectives:
    def test_are_drawn_by_at_least_one_person(self) -> None:
        with pytest.raises(Refused, match="at least one"):
            a_perspective(a_map(), people=0)

    def test_have_names_of_their_own(self) -> None:
        row = a_map()
        a_perspective(row, "Bus users")
        with pytest.raises(Refused, match="already"):
            a_perspective(row, "bus users")

    def test_are_put_right(self) -> None:
        row = a_map()
        one = a_perspective(row, "Bus users", 3)
        services.change_perspective(row.pk, one, "Bus users", 4, by=ADMINISTRATOR)
        assert Perspective.objects.get().people == 4
        with pytest.raises(Refused, match="does not belong"):
            services.change_perspective(a_map().pk, one, "x", 1, by=ADMINISTRATOR)


class TestLinks:
    def test_drawn_again_take_the_place_of_the_first(self) -> None:
        row = a_map()
        ends, table = some_factors(row, "stress", "sleep"), a_perspective(row)
        a_link(row, table, (ends[0], ends[1]), 1)
        a_link(row, table, (ends[0], ends[1]), -1, weight=0.5, evidence="We see it.")
        assert Link.objects.count() == 2
        stands = Link.objects.get(withdrawn_at__isnull=True)
        assert (stands.signed_weight, stands.evidence) == (-0.5, "We see it.")

    @pytest.mark.parametrize(
        ("sign", "more", "why"),
        [(0, {}, "more or to less"), (1, {"weight": 0.0}, "between 0 and 1"), (1, {"weight": 2}, "between")],
    )
    def test_say_more_or_less_and_how_strongly(self, sign: int, more: dict[str, float], why: str) -> None:
        row = a_map()
        ends, table = some_factors(row, "stress", "sleep"), a_perspective(row)
        with pytest.raises(Refused, match=why):
            a_link(row, table, (ends[0], ends[1]), sign, **more)

    def test_join_two_factors(self) -> None:
        row = a_map()
        one, table = some_factors(row, "stress")[0], a_perspective(row)
        with pytest.raises(Refused, match="another one"):
            a_link(row, table, (one, one), 1)

    def test_that_are_taken_back_stay_in_the_record(self) -> None:
        row = a_drawn_map()
        link = Link.objects.first()
        assert link is not None
        services.withdraw_link(row.pk, link.public_id, "A slip.", by=ADMINISTRATOR)
        assert Link.objects.get(pk=link.pk).withdrawn_reason == "A slip."
        with pytest.raises(Refused, match="does not stand"):
            services.withdraw_link(row.pk, link.public_id, "Again.", by=ADMINISTRATOR)


class TestLoopsWithAName:
    def test_are_written_from_their_first_factor_on(self) -> None:
        row = a_drawn_map()
        around = [factor_called(row, label).public_id for label in (LONELY[1], LONELY[2], LONELY[0])]
        services.name_loop(row.pk, around, "Out and about", by=ADMINISTRATOR)
        services.name_loop(row.pk, around[1:] + around[:1], "Out more", by=ADMINISTRATOR)
        assert list(NamedLoop.objects.values_list("cycle", "name")) == [("1>2>3", "Out more")]

    def test_need_every_link(self) -> None:
        row = a_drawn_map()
        around = [factor_called(row, label).public_id for label in (LONELY[0], LONELY[2])]
        with pytest.raises(Refused, match="Nobody drew a link from “feeling lonely”"):
            services.name_loop(row.pk, around, "Wrong", by=ADMINISTRATOR)

    def test_go_through_two_to_eight_factors(self) -> None:
        row = a_drawn_map()
        with pytest.raises(Refused, match="two to eight"):
            services.name_loop(row.pk, [factor_called(row, "hearing").public_id], "x", by=ADMINISTRATOR)

    def test_lose_their_name_again(self) -> None:
        row = a_drawn_map()
        around = [factor_called(row, label).public_id for label in LONELY[:3]]
        loop = services.name_loop(row.pk, around, "Out and about", by=ADMINISTRATOR)
        services.unname_loop(row.pk, loop, by=ADMINISTRATOR)
        services.unname_loop(row.pk, loop, by=ADMINISTRATOR)
        assert verbs().count("loop.unnamed") == 1

    def test_a_cycle_begins_with_the_smallest_number(self) -> None:
        assert as_cycle(["10", "9", "b"]) == "9>b>10"


class TestReferences:
    def test_a_place_looks_at_a_map_made_elsewhere(self) -> None:
        place, row = a_place(), a_map()
        one = services.refer_to_map(place.pk, row.pk, "a national map", by=ADMINISTRATOR)
        assert services.refer_to_map(place.pk, row.pk, "made in 2007", by=ADMINISTRATOR) == one
        assert MapReference.objects.get().words == "made in 2007"
        services.end_reference(one, by=ADMINISTRATOR)
        with pytest.raises(Refused, match="does not stand"):
            services.end_reference(one, by=ADMINISTRATOR)

    def test_a_place_does_not_refer_to_its_own_map(self) -> None:
        row = a_map()
        assert row.place is not None
        with pytest.raises(Refused, match="this very place"):
            services.refer_to_map(row.place.pk, row.pk, "", by=ADMINISTRATOR)

    def test_a_place_with_a_sensitive_issue_leads_to_no_map(self) -> None:
        with pytest.raises(Refused, match="sensitive"):
            services.refer_to_map(a_place(is_sensitive=True).pk, a_map().pk, "", by=ADMINISTRATOR)

    def test_a_map_that_one_may_not_see_is_not_known(self) -> None:
        place = a_place()
        lead = viewer_for(a_person(Role.PLACE_LEAD, place=place))
        with pytest.raises(Refused, match="not known"):
            services.refer_to_map(place.pk, a_map(visibility="programme").pk, "", by=lead)

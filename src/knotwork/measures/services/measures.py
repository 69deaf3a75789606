"""A place's choice of what it looks at: made, changed, set aside, taken up again, taken out of sight."""

from dataclasses import fields
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from knotwork.core import clock
from knotwork.core.accounts.viewer import Viewer
from knotwork.core.events.services import record
from knotwork.core.rules import require
from knotwork.measures import rules
from knotwork.measures.models import Improvement, Indicator, Measure, Polarity, Reading, Rebase
from knotwork.measures.querysets import indicators, measures
from knotwork.measures.words import IMPROVEMENT_OF, Choice, NewBeginning
from knotwork.methods.indicators.spc import PRESETS, SMALLEST_BASELINE
from knotwork.programmes.hold import can_show_now
from knotwork.programmes.models import Programme
from knotwork.programmes.services.made import good_slug, refuse, standing_place
from knotwork.programmes.written import can_show

TAKEN_WORDS = frozenset({"new", "import", "places", "indicators"})
"""Words that stand where a measure's slug would stand, and so cannot be one."""

_NOT_COLUMNS = frozenset({"indicator_key", "rebase", "slug"})


def choose_measure(place_id: int, choice: Choice, *, by: Viewer) -> UUID:
    """Let a place look at a series from now on."""
    with transaction.atomic():
        place = standing_place(place_id)
        require(rules.can_choose(by, place.programme, place))
        require(can_show(choice.visibility, place))
        require(can_show_now(by, place.programme, choice.visibility, place))
        indicator = _indicator(choice.indicator_key, place.programme)
        columns = _columns(choice, indicator)
        row = Measure.objects.create(
            programme=place.programme,
            place=place,
            author_id=by.person_id,
            slug=_slug(choice, str(columns["title"]), place.programme),
            **columns,
        )
        _set_rebases(row, choice.rebase, by)
        record_of(row, "measure.chosen", by)
    return row.public_id


def change_measure(measure: UUID, choice: Choice, *, by: Viewer) -> bool:
    """Choose otherwise; ``False`` when it is so already. Its address stays; what was said before is kept in events."""
    with transaction.atomic():
        row = held_measure(measure, rules.Act.CHANGE, by)
        require(can_show(choice.visibility, row.place))
        require(can_show_now(by, row.programme, choice.visibility, row.place, before=row.visibility))
        columns = _columns(choice, _indicator(choice.indicator_key, row.programme))
        different = {name: value for name, value in columns.items() if getattr(row, name) != value}
        for name, value in different.items():
            setattr(row, name, value)
        if different:
            row.save(update_fields=list(different))
        if not _set_rebases(row, choice.rebase, by) and not different:
            return False
        touch(row)
        record_of(row, "measure.changed", by)
    return True


def set_aside(measure: UUID, why: str, *, by: Viewer) -> None:
    """Look at it no longer. It stays listed, with its last result and the reason."""
    with transaction.atomic():
        row = held_measure(measure, rules.Act.SET_ASIDE, by)
        row.set_aside_at, row.set_aside_why = clock.now(), why[:300]
        row.save(update_fields=["set_aside_at", "set_aside_why"])
        record_of(row, "measure.set_aside", by)


def take_up_again(measure: UUID, *, by: Viewer) -> None:
    """Look at it again; nothing happens when it is looked at already."""
    with transaction.atomic():
        row = held_measure(measure, rules.Act.TAKE_UP_AGAIN, by)
        if row.set_aside_at is None:
            return
        row.set_aside_at, row.set_aside_why = None, ""
        row.save(update_fields=["set_aside_at", "set_aside_why"])
        record_of(row, "measure.taken_up_again", by)


def withdraw_measure(measure: UUID, reason: str, *, by: Viewer) -> None:
    """Take a measure out of sight: for mistakes alone, since all that was looked at is to stay listed."""
    with transaction.atomic():
        row = held_measure(measure, rules.Act.WITHDRAW, by)
        row.withdrawn_at, row.withdrawn_reason = clock.now(), reason[:300]
        row.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record_of(row, "measure.withdrawn", by)


def choice_of(measure: UUID) -> Choice:
    """What is chosen now, to change some of it."""
    row = Measure.objects.select_related("indicator").get(public_id=measure)
    columns = {
        field.name: getattr(row, field.name) for field in fields(Choice) if field.name not in _NOT_COLUMNS
    }
    begun = tuple(NewBeginning(one.from_date, one.cause, one.signed) for one in row.rebases.all())
    return Choice(indicator_key=row.indicator.key, rebase=begun, slug=row.slug, **columns)


def held_measure(measure: UUID, act: rules.Act, by: Viewer) -> Measure:
    """The measure, held until the end of the transaction so that two writers take turns, if the writer may do this."""
    row = (
        Measure.objects.select_for_update(of=("self",))
        .select_related("programme", "place", "indicator")
        .filter(public_id=measure)
        .first()
    )
    if row is None or not (row.withdrawn_at or measures().visible_to(by).filter(pk=row.pk).exists()):
        raise refuse(_("This measure is not known here."))
    require(rules.can(by, act, row))
    return row


def touch(row: Measure) -> None:
    """What was worked out for it is due again."""
    row.changed_at = clock.now()
    row.save(update_fields=["changed_at"])


def record_of(row: Measure, verb: str, by: Viewer) -> None:
    """Write down what happened to a measure."""
    record(
        verb,
        subject_kind="measure",
        subject_id=row.public_id,
        by=by,
        programme=row.programme.public_id,
        place=row.place.public_id if row.place else None,
    )


def set_rebase(row: Measure, begun: NewBeginning, by: Viewer) -> None:
    """Let the chart begin anew on a day, or say the cause of it better."""
    if not begun.cause.strip():
        raise refuse(_("Please say what is known to be different since then."))
    Rebase.objects.update_or_create(
        measure=row,
        from_date=begun.from_date,
        defaults={"cause": begun.cause[:300], "signed": begun.signed, "approved_by_id": by.person_id},
    )


def _set_rebases(row: Measure, wanted: tuple[NewBeginning, ...], by: Viewer) -> bool:
    """Let the chart begin anew on these days and no others; whether anything was different."""
    there = {NewBeginning(one.from_date, one.cause, one.signed) for one in row.rebases.all()}
    if there == set(wanted):
        return False
    row.rebases.exclude(from_date__in=[one.from_date for one in wanted]).delete()
    for one in set(wanted) - there:
        set_rebase(row, one, by)
    return True


def _indicator(key: str, programme: Programme) -> Indicator:
    """The indicator of this key: the programme's own before the one that is held for everybody."""
    row = indicators().filter(key=key).by_key(programme).get(key)
    if row is None:
        raise refuse(_("No indicator with the key %(key)s is held here.") % {"key": key})
    return row


def _columns(choice: Choice, indicator: Indicator) -> dict[str, Any]:
    """The choice as the measure's columns, with what follows from its indicator; refused where it makes no sense."""
    if not choice.why.strip():
        raise refuse(_("Please say why you look at this."))
    if choice.preset not in PRESETS:
        raise refuse(_("There are no chart rules called %(preset)s.") % {"preset": choice.preset})
    if choice.baseline is not None and choice.baseline < SMALLEST_BASELINE:
        raise refuse(
            _("Limits need at least %(fewest)d points to come from.") % {"fewest": SMALLEST_BASELINE}
        )
    given = {
        field.name: getattr(choice, field.name) for field in fields(Choice) if field.name not in _NOT_COLUMNS
    }
    improvement = choice.improvement or IMPROVEMENT_OF[Polarity(indicator.polarity)].value
    return given | {
        "indicator": indicator,
        "title": (choice.title or indicator.name)[:200],
        "improvement": Improvement(improvement).value,
        "reading": Reading(choice.reading).value,
    }


def _slug(choice: Choice, title: str, programme: Programme) -> str:
    return good_slug(
        choice.slug,
        title,
        lambda wanted: (
            wanted in TAKEN_WORDS or Measure.objects.filter(programme=programme, slug=wanted).exists()
        ),
    )

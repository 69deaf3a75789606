"""Who takes part in a try-out, what each gives, when it is due, and what was answered about it."""

from knotwork.actions.models import Pledge, TryOut, TryOutPartner
from knotwork.actions.nouns import PartnerView, PledgeView, ReplyView
from knotwork.actions.own_word import organisations_of
from knotwork.core.accounts.viewer import Viewer
from knotwork.programmes.ledger import money
from knotwork.programmes.queries import entries_standing


def partners_of(row: TryOut) -> tuple[PartnerView, ...]:
    """Who takes part and what each gives, in the order in which they came; an organisation stands once."""
    pledges: dict[str, list[PledgeView]] = {}
    for pledge in pledges_of(row):
        pledges.setdefault(pledge.organisation, []).append(pledge)
    rows = TryOutPartner.objects.filter(try_out=row).select_related("organisation")
    partners = [
        PartnerView(
            each.public_id, each.organisation.name, each.does, tuple(pledges.pop(each.organisation.name, ()))
        )
        for each in rows
    ]
    return (*partners, *(PartnerView(None, name, "", tuple(given)) for name, given in pledges.items()))


def pledges_of(row: TryOut) -> list[PledgeView]:
    """All that was offered, pledged, given or taken back, in the order in which it was said."""
    rows = list(
        Pledge.objects.filter(try_out=row)
        .select_related("organisation")
        .prefetch_related("replies", "reminders")
    )
    on_ledger = entries_standing([each.ledger_entry for each in rows if each.ledger_entry is not None])
    return [pledge_view(each, is_on_ledger=each.ledger_entry in on_ledger) for each in rows]


def pledge_view(row: Pledge, *, is_on_ledger: bool) -> PledgeView:
    """One pledge as it is read."""
    worth = "" if row.amount is None else money(row.amount, row.currency, is_approximate=row.is_approximate)
    asked = [each.sent_at for each in row.reminders.all() if each.due_on == row.due_on]
    return PledgeView(
        row.public_id,
        row.organisation.name,
        row.what,
        row.get_kind_display(),
        worth,
        row.state,
        is_on_ledger,
        row.why_withdrawn,
        row.due_on,
        asked[0].date() if asked else None,
        tuple(ReplyView(each.reply, each.words, each.at.date()) for each in row.replies.all()),
    )


def organisations_that_answer(row: TryOut, viewer: Viewer) -> frozenset[str]:
    """The names of the organisations for whose pledges the viewer can answer here."""
    return frozenset(each.name for each in organisations_of(viewer, row))

"""A call with sixty bids, made by the services in an installation that runs; each act in a process of its own.

``python -m tests.journeys.sixty_bids fill`` gives the addresses and who is signed in with which cookie;
``... review`` hands in every review but the first one of the reviewer who takes her seat in the browser.
"""

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSES = datetime(2026, 4, 30, 11, tzinfo=UTC)
BIDS, PLACES = 60, 25
SEATED = ("Ann Arden", "Ben Brook", "Cat Combe", "Dov Denne")
NEWCOMER, HER_ORGANISATION = "Fay Firth", "The Wheel Works"
HERS = 7
SECRET = "Hush7Kettle"


def pledges_of(number: int) -> tuple[Decimal, Decimal]:
    """What the two partners of a bid pledge: in money, and in kind."""
    return Decimal(1000 + 10 * number), Decimal("250.50") + number


def fill() -> dict[str, object]:
    """A programme of its own with an opened call in review, four reviewers who declared, and their cookies."""
    from knotwork.calls import services
    from knotwork.core import clock
    from knotwork.examples.registry import BY_THE_HOUSE
    from knotwork.programmes.services import ProgrammeWords, create_programme

    programme = create_programme(
        ProgrammeWords("Sixty bids", visibility="public"), by=BY_THE_HOUSE, slug="sixty-bids"
    )
    with clock.moved_to(OPENS - timedelta(days=1)):
        made = services.set_up_call(programme.id, _words(), by=BY_THE_HOUSE, slug="call")
        services.publish_call(made.public_id, by=BY_THE_HOUSE)
    bids = [_bid(made.public_id, number) for number in range(1, BIDS + 1)]
    with clock.moved_to(CLOSES + timedelta(hours=1)):
        services.open_bids(made.public_id, by=BY_THE_HOUSE)
        services.lead_on(made.public_id, "review", by=BY_THE_HOUSE)
        for name in SEATED:
            services.appoint_reviewer(
                made.public_id, services.ReviewerWords(_address(name), name), by=BY_THE_HOUSE
            )
            services.declare_conflicts(made.public_id, {}, by=_viewer(_address(name)))
    call = f"/programmes/{programme.slug}/calls/{made.slug}/"
    people = {name: _cookie(_address(name)) for name in SEATED}
    people |= {_author(number): _cookie(_author(number)) for number in (1, BIDS)}
    return {"call": call, "bids": [f"{call}bids/{bid}/" for bid in bids], "cookies": people}


def review() -> dict[str, object]:
    """Hand the reviews in, with a score by the number of the place and a reason that names its reviewer."""
    from knotwork.calls import services
    from knotwork.calls.models import Assignment

    chance = random.Random(0)
    asked = Assignment.objects.filter(
        bid__call__programme__slug="sixty-bids", submitted_at__isnull=True, ended_at__isnull=True
    ).select_related("reviewer__person", "bid__call")
    hers = asked.filter(reviewer__name=NEWCOMER).order_by("bid__place_name").first()
    for one in asked.order_by("bid__place_name", "reviewer__name"):
        if hers is not None and one.pk == hers.pk:
            continue
        number = int(one.bid.place_name.split()[-1])
        score = max(1, min(5, 5 - number // 13 + chance.choice([-1, 0, 0, 1])))
        reason = f"{SECRET}: {one.reviewer.name} names what led her to it."
        drafts = {
            criterion.public_id: services.DraftWords(score, reason)
            for criterion in one.bid.call.criteria.all()
        }
        by = _viewer(one.reviewer.person.email)
        services.save_draft(one.public_id, drafts, by=by)
        services.submit_review(one.public_id, by=by)
    return {"hers": "" if hers is None else hers.bid.place_name}


def _words():  # type: ignore[no-untyped-def]
    from knotwork.calls import services

    return services.CallWords(
        "Twenty-five places",
        OPENS,
        CLOSES,
        aims="We look for places that lead together.",
        needs_sign_off=False,
        number_of_places=PLACES,
        criteria=[services.CriterionWords("A knotty issue", weight=2), services.CriterionWords("Partners")],
        questions=[services.QuestionWords("What is the issue?", word_limit=60)],
    )


def _bid(call: UUID, number: int) -> UUID:
    from knotwork.calls import services
    from knotwork.core import clock

    by = _viewer(_author(number))
    about = services.BidWords(
        f"Place {number:02}", "Wakefield", f"Knot {number} comes back every year.", f"Council {number}"
    )
    money, in_kind = pledges_of(number)
    with clock.moved_to(OPENS + timedelta(hours=number)):
        bid = services.begin_bid(call, about, by=by)
        for question in services.call_questions(call):
            services.save_answer(bid, question, "Many hold it in place, and nobody alone can let go.", by=by)
        partner = HER_ORGANISATION if number == HERS else f"Partner {number}"
        for name, brings, worth in ((f"Council {number}", "cash", money), (partner, "in_kind", in_kind)):
            services.add_partner(bid, services.PartnerWords(name, brings, "Help", worth), by=by)
        services.hand_in(bid, by=by)
    return bid


def _author(number: int) -> str:
    return f"author-{number}@sixty.invalid"


def _address(name: str) -> str:
    return f"{name.lower().replace(' ', '.')}@sixty.invalid"


def _viewer(email: str):  # type: ignore[no-untyped-def]
    from knotwork.core.accounts.services import person_with_email
    from knotwork.core.accounts.viewer import viewer_for
    from knotwork.examples.registry import BY_THE_HOUSE

    return viewer_for(person_with_email(email, by=BY_THE_HOUSE))


def _cookie(email: str) -> dict[str, str]:
    """What her browser holds once she has signed in."""
    from django.conf import settings
    from django.test import Client

    from knotwork.core.accounts.services import person_with_email
    from knotwork.examples.registry import BY_THE_HOUSE

    client = Client()
    person = person_with_email(email, by=BY_THE_HOUSE)
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps({"fill": fill, "review": review}[sys.argv[1]]()))

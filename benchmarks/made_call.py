"""A call whose bids were handed in and opened, made by the services with a fixed seed, for benchmarks.

Each act runs in a process of its own with the home of an installation: ``python -m benchmarks.made_call fill 500``
before that runs, ``... waiting`` while it does (how many tasks the workers have still to do).
"""

import json
import random
import sys
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import UUID

OPENS = datetime(2026, 3, 2, 9, tzinfo=UTC)
CLOSES = datetime(2026, 4, 30, 11, tzinfo=UTC)
QUESTIONS = (
    ("What is the issue?", 250),
    ("Who works on it?", 150),
    ("What was tried?", 250),
    ("What now?", 150),
)
SAID = "people here say that the bus stops too early and the way home is long so they stay in and see nobody"


def fill(many: int) -> dict[str, object]:
    """The tables, and in them a public programme with one call, its opened bids, and a reviewer who is signed in."""
    from django.core.management import call_command
    from django.db import transaction

    from knotwork.calls import services
    from knotwork.core import clock
    from knotwork.examples.registry import BY_THE_HOUSE
    from knotwork.programmes.services import ProgrammeWords, create_programme

    call_command("migrate", verbosity=0)
    chance = random.Random(0)
    with transaction.atomic():
        programme = create_programme(
            ProgrammeWords("Five hundred bids", visibility="public"), by=BY_THE_HOUSE, slug="bench"
        )
        words = services.CallWords(
            "Ten places",
            OPENS,
            CLOSES,
            aims=_said(chance, 40),
            needs_sign_off=False,
            number_of_places=10,
            criteria=[services.CriterionWords(f"Criterion {each}", _said(chance, 12)) for each in range(6)],
            questions=[services.QuestionWords(asked, word_limit=limit) for asked, limit in QUESTIONS],
        )
        with clock.moved_to(OPENS - timedelta(days=1)):
            call = services.set_up_call(programme.id, words, by=BY_THE_HOUSE, slug="call")
            services.publish_call(call.public_id, by=BY_THE_HOUSE)
        bids = [_bid(call.public_id, number, chance) for number in range(many)]
        with clock.moved_to(CLOSES + timedelta(hours=1)):
            services.open_bids(call.public_id, by=BY_THE_HOUSE)
    address = f"/programmes/{programme.slug}/calls/{call.slug}/"
    return {"call": address, "bid": f"{address}bids/{bids[many // 2]}/", "reviewer": _reviewer(programme.id)}


def _bid(call: UUID, number: int, chance: random.Random) -> UUID:
    from knotwork.calls import services
    from knotwork.core import clock
    from knotwork.core.accounts.services import person_with_email
    from knotwork.core.accounts.viewer import viewer_for
    from knotwork.examples.registry import BY_THE_HOUSE

    by = viewer_for(person_with_email(f"author-{number}@bench.invalid", by=BY_THE_HOUSE))
    about = services.BidWords(
        f"Place {number:03}", "An area\nAnother area", _said(chance, 20), f"Council {number}"
    )
    with clock.moved_to(OPENS + timedelta(minutes=chance.randrange(80_000))):
        bid = services.begin_bid(call, about, by=by)
        for question, (_asked, limit) in zip(services.call_questions(call), QUESTIONS, strict=True):
            services.save_answer(bid, question, _said(chance, chance.randint(limit // 2, limit)), by=by)
        for partner in range(chance.randint(2, 6)):
            worth = Decimal(chance.randrange(1, 400) * 100) if chance.random() < 0.7 else None
            brings = chance.choice(["cash", "in_kind", "people"])
            words = services.PartnerWords(f"Partner {partner}", brings, _said(chance, 6), worth)
            services.add_partner(bid, words, by=by)
        services.hand_in(bid, by=by)
    return bid


def _said(chance: random.Random, words: int) -> str:
    return " ".join(chance.choices(SAID.split(), k=words))


def _reviewer(programme: int) -> str:
    """The cookie of a reviewer who is signed in."""
    from django.conf import settings
    from django.test import Client

    from knotwork.core.accounts.services import person_with_email
    from knotwork.examples.registry import BY_THE_HOUSE
    from knotwork.programmes.models import Role
    from knotwork.programmes.services import Grant, grant_membership

    person = person_with_email("reviewer@bench.invalid", by=BY_THE_HOUSE)
    grant_membership(programme, person.pk, Grant(Role.PANEL_REVIEWER), by=BY_THE_HOUSE)
    client = Client()
    client.force_login(person, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def waiting() -> int:
    """How many tasks the workers have still to do, letters of receipt for the most part."""
    from django_tasks_db.models import DBTaskResult

    return DBTaskResult.objects.filter(status__in=["READY", "RUNNING"]).count()


def main() -> None:
    import django

    django.setup()
    print(json.dumps(fill(int(sys.argv[2])) if sys.argv[1] == "fill" else waiting()))


if __name__ == "__main__":
    main()

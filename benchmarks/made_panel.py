"""What the pages of a panel's meeting cost, from the database to HTML: sixty bids, five reviewers, six criteria.

Run by :mod:`benchmarks.review` in a home of its own that is thrown away: ``python -m benchmarks.made_panel``. The bids
are handed in by the services (:mod:`benchmarks.made_call`); reviews are written straight into the tables. Another page
is read before, so that what a process does once is not counted. Prints processor milliseconds as JSON.
"""

import json
import random
import statistics
import time

BIDS = 60
REVIEWERS = 5
KEPT_RUNS = 9


def review_all(slug: str) -> None:
    """Every reviewer hands in every bid, with a score and a reason on each criterion, and the panel meets."""
    from knotwork.calls.models import Assignment, Call, CallStage, Reviewer, Score
    from knotwork.core import clock
    from knotwork.core.accounts.services import person_with_email
    from knotwork.examples.registry import BY_THE_HOUSE

    chance, now = random.Random(0), clock.now()
    call = Call.objects.get(slug=slug)
    worth = {bid: chance.gauss(3, 1) for bid in call.bids.order_by("pk")}
    for number in range(REVIEWERS):
        person = person_with_email(f"judge-{number}@bench.invalid", by=BY_THE_HOUSE)
        reviewer = Reviewer.objects.create(call=call, person_id=person.pk, name=f"Judge {number}")
        for bid, value in worth.items():
            asked = Assignment.objects.create(reviewer=reviewer, bid=bid, submitted_at=now)
            Score.objects.bulk_create(
                Score(
                    assignment=asked,
                    criterion=criterion,
                    score=min(max(round(value + chance.gauss(0, 0.8)), 1), 5),
                    reason="Nobody can solve it alone, and the partners say so.",
                )
                for criterion in call.criteria.all()
            )
    Call.objects.filter(pk=call.pk).update(stage=CallStage.MODERATION)


def measured() -> dict[str, float]:
    """Milliseconds of the processor for each page; the comparison the first time, and while it is kept."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.test.utils import override_settings

    from benchmarks.made_call import fill

    made = fill(BIDS)
    call_command("collectstatic", verbosity=0, interactive=False)
    call = str(made["call"])
    review_all(call.rstrip("/").rsplit("/", 1)[-1])
    client = Client(HTTP_HOST="127.0.0.1")
    client.cookies.load({settings.SESSION_COOKIE_NAME: str(made["reviewer"]).partition("=")[2]})

    def cost(path: str) -> float:
        began = time.process_time()
        answer = client.get(path)
        used = time.process_time() - began
        if answer.status_code != 200:
            raise SystemExit(f"{path} answered {answer.status_code}.")
        return round(used * 1000, 1)

    def kept(path: str) -> float:
        return statistics.median(cost(path) for _run in range(KEPT_RUNS))

    with override_settings(ALLOWED_HOSTS=["127.0.0.1"]):
        cost(f"{call}bids/")
        found = {"compare, first time": cost(f"{call}compare/")}
        found["compare, kept"] = kept(f"{call}compare/")
        one = f"{call}compare/{str(made['bid']).rstrip('/').rsplit('/', 1)[-1]}/"
        return found | {"one bid, kept": kept(one), "what a choice covers, kept": kept(f"{call}portfolio/")}


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(measured()))

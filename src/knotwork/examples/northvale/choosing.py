"""How the six bids were judged and three of them chosen: a panel, its reasons, two signatures, letters, one note."""

from collections.abc import Mapping
from typing import Any

from knotwork.calls import services
from knotwork.calls.models import Assignment, Bid
from knotwork.core.accounts.services import person_with_email
from knotwork.core.accounts.viewer import viewer_for
from knotwork.examples.northvale.calling import Called
from knotwork.examples.northvale.material import on, told
from knotwork.examples.northvale.programme import Cast
from knotwork.examples.registry import BY_THE_HOUSE


def choose(cast: Cast, called: Called) -> None:
    """From the opened bids to three places that were told, and one note that was answered."""
    about = told("choosing")
    with on(about["review"]):
        services.lead_on(called.call, "review", by=BY_THE_HOUSE)
        for person in about["panel"]:
            _takes_a_seat(called, person)
        services.assign(called.call, about["each"], by=BY_THE_HOUSE)
    with on(about["review"], hour=15):
        for place, judged in about["bids"].items():
            _is_read(called, place, judged["scores"])
    with on(about["compared"]):
        services.lead_on(called.call, "moderation", by=BY_THE_HOUSE)
        services.lead_on(called.call, "decision", by=BY_THE_HOUSE)
    with on(about["decided"]):
        _is_decided(called, about)
    with on(about["letters"]):
        _stand_already(cast, called)
        services.send_letters(called.call, by=BY_THE_HOUSE)
    with on(about["answered"]):
        _is_answered(called, about["note"])
        services.lead_on(called.call, "ended", by=BY_THE_HOUSE)


def _takes_a_seat(called: Called, person: Mapping[str, Any]) -> None:
    words = services.ReviewerWords(
        _address(person["name"]), person["name"], "\n".join(person["organisations"])
    )
    services.appoint_reviewer(called.call, words, by=BY_THE_HOUSE)
    by = viewer_for(person_with_email(_address(person["name"]), by=BY_THE_HOUSE))
    whys = {called.bids[place]: why for place, why in person.get("declares", {}).items()}
    services.declare_conflicts(called.call, whys, by=by)


def _is_read(called: Called, place: str, scores: list[list[tuple[int, str]]]) -> None:
    asked = Assignment.objects.filter(bid__public_id=called.bids[place], ended_at__isnull=True)
    readers = asked.select_related("reviewer__person", "bid__call").order_by("reviewer__name")
    for reads, said in zip(readers, scores, strict=True):
        criteria = reads.bid.call.criteria.all()
        drafts = {
            criterion.public_id: services.DraftWords(score, reason)
            for criterion, (score, reason) in zip(criteria, said, strict=True)
        }
        by = viewer_for(reads.reviewer.person)
        services.save_draft(reads.public_id, drafts, by=by)
        services.submit_review(reads.public_id, by=by)


def _is_decided(called: Called, about: Mapping[str, Any]) -> None:
    decision = services.propose(called.call, by=BY_THE_HOUSE)
    lines = {
        called.bids[place]: services.LineWords(judged["outcome"], judged["reason"])
        for place, judged in about["bids"].items()
    }
    services.say_outcomes(decision, lines, about["words"], by=BY_THE_HOUSE)
    services.put(decision, by=BY_THE_HOUSE)
    for person in about["panel"][:2]:
        by = viewer_for(person_with_email(_address(person["name"]), by=BY_THE_HOUSE))
        services.sign_decision(decision, person["name"], by=by)


def _stand_already(cast: Cast, called: Called) -> None:
    """The story's places were there before its call was told: the bids lead to them, and not to others beside them."""
    for name, place in cast.places.items():
        Bid.objects.filter(public_id=called.bids[name]).update(place=place)


def _is_answered(called: Called, note: Mapping[str, str]) -> None:
    bid = Bid.objects.get(public_id=called.bids[note["place"]])
    author = bid.authors.select_related("person").earliest("pk")
    appeal = services.write_appeal(bid.public_id, note["words"], by=viewer_for(author.person))
    services.answer_appeal(appeal, note["answer"], by=BY_THE_HOUSE)


def _address(name: str) -> str:
    """The address of somebody made up: it leads nowhere, so nobody can sign in with it."""
    return f"{name.lower().replace(' ', '.')}@panel.invalid"

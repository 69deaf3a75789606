"""A process of its own that signs a decision, so that two can sign: ``python -m tests.calls.signer <act>``.

``build`` makes a decision with its first signature and prints it with two more who may sign; ``sign <decision>
<person>`` signs and prints what came of it; ``compare`` prints how often the decision came into force, its signatures
and its letters.
"""

import sys

import django
from django.core.management import call_command


def build() -> None:
    from knotwork.calls import services
    from knotwork.programmes.models import Role
    from tests.calls.build_decision import a_panel
    from tests.programmes.build import somebody

    call_command("migrate", verbosity=0)
    panel = a_panel(2)
    decision = panel.put()
    services.sign_decision(decision, "Rosa Reviewer", by=panel.reviewer)
    other = somebody(Role.PANEL_REVIEWER, panel.call.programme)
    print(decision, panel.second.person_id, other.person_id)


def sign(decision: str, person: str) -> None:
    from uuid import UUID

    from knotwork.calls import services
    from knotwork.core.accounts.models import Person
    from knotwork.core.accounts.viewer import viewer_for
    from knotwork.core.rules import Refused

    try:
        print(services.sign_decision(UUID(decision), "Second", by=viewer_for(Person.objects.get(pk=person))))
    except Refused:
        print("refused")


def compare() -> None:
    from knotwork.calls.models import DecisionSignature, FeedbackLetter
    from knotwork.core.events.models import Event

    in_force = Event.objects.filter(verb="decision.in_force").count()
    print(in_force, DecisionSignature.objects.count(), FeedbackLetter.objects.count())


if __name__ == "__main__":
    django.setup()
    {"build": build, "sign": sign, "compare": compare}[sys.argv[1]](*sys.argv[2:])

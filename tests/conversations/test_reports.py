"""Reports: made at a press, frozen with date and version, published by another press, and fit for paper."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from knotwork.conversations import report_rules
from knotwork.conversations.models import Conversation, Report, ReportState, Statement, StatementState
from knotwork.conversations.services import reword_question
from knotwork.core import clock
from knotwork.core.accounts.viewer import STRANGER, viewer_for
from knotwork.core.analyses.models import Snapshot
from knotwork.core.analyses.services import prune
from knotwork.core.events.models import Event
from knotwork.programmes.models import Role
from tests.builders import a_conversation, a_person, a_place, signed_in
from tests.conversations.build import page
from tests.conversations.camps import camps, words_of, worked_out
from tests.conversations.test_reach import compared, heard

pytestmark = pytest.mark.django_db


def found(**words: object) -> Conversation:
    """A closed conversation with a result."""
    where = camps((30, 20), **words)
    worked_out(where)
    return where


def host_of(client: Client, where: Conversation) -> Client:
    return signed_in(client, a_person(Role.FACILITATOR, where.programme))


def made(client: Client, where: Conversation) -> str:
    """A host presses the button; where the report stands."""
    response = host_of(client, where).post(page("report-make", where))
    assert response.status_code == 303, response.content
    return response.url


def article_of(html: str) -> str:
    return html[html.index("<article") : html.index("</article>")]


def csrf_of(html: str) -> str:
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', html)[0]


def test_a_host_makes_a_report_that_says_everything_and_only_hosts_see_the_draft(client: Client):
    where = found()
    address = made(client, where)
    html = client.get(address).content.decode()
    for heading in (
        "In short",
        "How it was asked",
        "Who took part, and who was not heard",
        "What was agreed across groups",
        "What divides",
        "The groups",
        "Group A: 30 people",
        "Statements that are not shown, and why",
        "What we do not know",
        "Methods and versions",
    ):
        assert heading in html, heading
    assert 'class="picture picture--landscape"' in html
    assert "Draft" in html
    assert Client().get(address).status_code == 404
    assert Event.objects.filter(verb="report.made").count() == 1


def test_when_it_is_published_everybody_who_may_see_results_reads_it(client: Client):
    where = found()
    address = made(client, where)
    assert "There is no report yet" in words_of(Client(), where, "reports")
    for _press in range(2):
        assert client.post(f"{address}publish/").status_code == 303
    assert Event.objects.filter(verb="report.published").count() == 1
    html = Client().get(address).content.decode()
    assert "Draft" not in html
    assert "Publish" not in html
    assert address in words_of(Client(), where, "reports")
    assert page("reports", where) in words_of(Client(), where)


def test_nobody_else_makes_or_publishes_one(client: Client):
    where = found()
    address = made(client, where)
    for role in (Role.MODERATOR, Role.EVALUATOR, Role.PLACE_LEAD):
        other = signed_in(Client(), a_person(role, where.programme))
        assert other.post(page("report-make", where)).status_code == 403
        assert other.post(f"{address}publish/").status_code == 403
    assert Client().post(page("report-make", where)).status_code in (302, 403)
    assert Report.objects.get().state == ReportState.DRAFT


def test_of_an_open_conversation_only_those_who_may_see_results_read_its_report(client: Client):
    where = found()
    address = made(client, where)
    client.post(f"{address}publish/")
    Conversation.objects.filter(pk=where.pk).update(stage="open")
    assert Client().get(address).status_code == 403
    assert Client().get(page("reports", where)).status_code == 403
    assert client.get(address).status_code == 200


def test_a_place_that_became_sensitive_shows_its_reports_to_nobody_outside(client: Client):
    where = found()
    address = made(client, where)
    client.post(f"{address}publish/")
    place = a_place(where.programme, is_sensitive=True, help_text="Help", help_url="https://example.org")
    Conversation.objects.filter(pk=where.pk).update(place=place)
    assert Client().get(address).status_code == 403


def test_it_stays_as_it_was_and_what_is_new_is_a_new_version(client: Client):
    where = found()
    first = made(client, where)
    before = client.get(first).content.decode()
    reword_question(
        where, "What helps?", "Shorter.", by=viewer_for(a_person(Role.FACILITATOR, where.programme))
    )
    second = made(client, where)
    assert second.endswith("/reports/2/")
    after = client.get(first).content.decode()
    assert "What would make later life less lonely here?" in after
    assert article_of(before) == article_of(after).replace(csrf_of(after), csrf_of(before))
    assert (
        "it was: “What would make later life less lonely here?” Shorter."
        in client.get(second).content.decode()
    )
    client.post(f"{second}publish/")
    assert "There is a newer report." in client.get(first).content.decode()


def test_the_result_that_a_report_rests_on_is_kept(client: Client):
    where = found()
    made(client, where)
    cited = Snapshot.objects.get(is_cited=True)
    for _again in range(4):
        worked_out(where)
    prune("opinion", where.public_id)
    assert Snapshot.objects.filter(pk=cited.pk).exists()
    assert str(cited.public_id) in Report.objects.get().snapshots


def test_the_words_of_a_statement_taken_down_since_appear_no_more(client: Client):
    where = found()
    address = made(client, where)
    words = "Statement number 9 is worth a thought."
    assert words in client.get(address).content.decode()
    Statement.objects.filter(conversation=where, number=9).update(state=StatementState.NOT_SHOWN)
    html = client.get(address).content.decode()
    assert words not in html
    assert "not shown any more" in html


def test_statements_that_are_not_shown_are_counted_by_their_reasons(client: Client):
    where = found()
    for number, reason in ((11, "personal"), (12, "hurtful"), (13, "hurtful"), (14, "")):
        Statement.objects.create(
            conversation=where,
            number=number,
            text=f"Secret {number}",
            state=StatementState.NOT_SHOWN,
            reason=reason,
        )
    html = client.get(made(client, where)).content.decode()
    assert "<strong>2</strong> It is hurtful to people" in html
    assert "<strong>1</strong> It names a person" in html
    assert "No reason was given." in html
    assert "Secret" not in html


def test_who_was_not_heard_stands_in_the_report_with_its_figure(client: Client):
    where = compared(heard((60, 36, 5), rest=4))
    html = client.get(made(client, where)).content.decode()
    assert "Men aged 80 or over: fewer took part than live here." in html
    assert 'class="picture picture--reach"' in html
    assert len(Report.objects.get().snapshots) == 2


def test_without_questions_the_report_says_that_nobody_was_asked(client: Client):
    where = found()
    assert "Nobody was asked for an age" in client.get(made(client, where)).content.decode()


def test_before_there_are_results_there_is_nothing_to_report(client: Client):
    where = camps((30, 20))
    response = host_of(client, where).post(page("report-make", where))
    assert response.status_code == 422
    assert "nothing to report" in response.content.decode()
    assert not Report.objects.exists()


def test_a_conversation_held_elsewhere_and_one_with_few_people_have_reports_too(client: Client):
    elsewhere = found(held_elsewhere=True, attribution="By somebody else.", takes_statements=False)
    html = client.get(made(client, elsewhere)).content.decode()
    assert "held with another tool" in html
    assert "By somebody else." in html
    few = camps((2, 1))
    worked_out(few)
    html = client.get(made(client, few)).content.decode()
    assert "Only a few people have taken part so far." in html


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ({"takes_statements": False}, "could not add their own"),
        ({"moderation": "after"}, "looked at afterwards"),
        ({"moderation": "before"}, "looked at first"),
    ],
)
def test_it_says_how_people_were_asked(client: Client, words, says):
    where = found(**words)
    html = client.get(made(client, where)).content.decode()
    assert says in html
    assert "without an account" in html


def test_it_says_from_when_to_when(client: Client):
    now = clock.now()
    where = found(opens_at=now - timedelta(days=9), closes_at=now)
    assert "From " in client.get(made(client, where)).content.decode()
    Conversation.objects.filter(pk=where.pk).update(opens_at=None)
    where.refresh_from_db()
    assert "Until " in client.get(made(client, where)).content.decode()
    Conversation.objects.filter(pk=where.pk).update(opens_at=now, closes_at=None)
    assert made(client, where)


def test_a_version_that_there_is_not_is_not_found(client: Client):
    where = found()
    assert host_of(client, where).get(f"{page('reports', where)}7/").status_code == 404
    assert client.post(f"{page('reports', where)}7/publish/").status_code == 404


def test_a_stranger_may_not_make_one():
    where = a_conversation()
    assert not report_rules.can_make_report(STRANGER, where)

"""The editing pages: who gets in, what is saved and by whom, and the fence around the tool."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from knotwork.core.events.models import Event
from knotwork.programmes.models import Role, Stage
from knotwork.publications.editing.fence import OPEN
from knotwork.publications.models import Publication
from tests.builders import a_person, a_place, a_programme, signed_in
from tests.programmes.build import verbs
from tests.publications.build import a_publication, what_the_form_sends

pytestmark = pytest.mark.django_db

LIST, NEW = "/cms/publication/", "/cms/publication/new/"


def change_url(publication):
    return f"/cms/publication/edit/{publication.pk}/"


@pytest.fixture
def programme():
    return a_programme(name="Later life")


@pytest.fixture
def editor(client, programme):
    """A client in which somebody of the programme's team is signed in."""
    return signed_in(client, a_person(Role.PROGRAMME_TEAM, programme))


@pytest.fixture
def administrator(client):
    return signed_in(client, a_person(is_administrator=True))


def test_an_administrator_puts_something_into_the_library_and_everybody_reads_it(
    administrator, programme, django_user_model
):
    assert administrator.get("/cms/").url == LIST
    assert administrator.get(NEW).status_code == 200
    answer = administrator.post(NEW, what_the_form_sends(programme))
    assert (answer.status_code, answer.url) == (302, LIST)
    administrator.logout()
    page = administrator.get(f"/programmes/{programme.slug}/library/how-one-street-got-its-bus-back/")
    words = page.content.decode()
    assert "How one street got its bus back" in words
    assert "<p>The last bus leaves at <b>three</b>.</p>" in words
    assert "Ada Example, Bo Example" in words
    assert "Northvale Council" in words
    assert "January 2013" in words


def test_what_is_saved_on_the_editing_pages_is_one_event_of_ours_by_the_person(client, programme):
    person = a_person(is_administrator=True)
    signed_in(client, person).post(NEW, what_the_form_sends(programme))
    event = Event.objects.get()
    made = Publication.objects.get()
    assert (event.verb, event.by, event.subject_id) == (
        "publication.published",
        person.public_id,
        made.public_id,
    )
    assert made.author_id == person.pk


def test_a_draft_is_added_changed_and_published_each_with_its_event(editor, programme):
    editor.post(NEW, what_the_form_sends(programme, visibility="me"))
    made = Publication.objects.get()
    editor.post(change_url(made), what_the_form_sends(programme, visibility="me", title="Another title"))
    editor.post(change_url(made), what_the_form_sends(programme, title="Another title"))
    assert verbs() == ["publication.added", "publication.changed", "publication.published"]
    made.refresh_from_db()
    assert (made.title, made.visibility, made.slug) == (
        "Another title",
        Stage.PUBLIC,
        "how-one-street-got-its-bus-back",
    )


def test_saving_without_a_change_is_no_event(editor, programme):
    editor.post(NEW, what_the_form_sends(programme))
    editor.post(change_url(Publication.objects.get()), what_the_form_sends(programme))
    assert verbs() == ["publication.published"]


def test_the_form_shows_what_stands(editor, programme):
    editor.post(NEW, what_the_form_sends(programme))
    page = editor.get(change_url(Publication.objects.get())).content.decode()
    for words in (
        "How one street got its bus back",
        "Ada Example\nBo Example",
        "Buses, later life",
        "2013-01",
    ):
        assert words in page


def test_a_document_comes_in_with_the_form_and_goes_out_again(editor, programme):
    paper = SimpleUploadedFile("paper.pdf", b"%PDF-1.4 words")
    editor.post(NEW, what_the_form_sends(programme, files=paper))
    made = Publication.objects.get()
    document = made.documents.get()
    page = f"/programmes/{programme.slug}/library/{made.slug}/"
    assert "paper.pdf" in editor.get(page).content.decode()
    editor.post(change_url(made), what_the_form_sends(programme, without=[str(document.public_id)]))
    assert "paper.pdf" not in editor.get(page).content.decode()


def test_a_file_that_we_do_not_take_is_refused_and_nothing_is_saved(editor, programme):
    answer = editor.post(NEW, what_the_form_sends(programme, files=SimpleUploadedFile("script.exe", b"MZ")))
    assert "We cannot take the file script.exe" in answer.content.decode()
    assert not Publication.objects.exists()
    assert verbs() == []


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"title": ""}, "This field is required"),
        ({"published": "in spring"}, "Please write a year, a month or a day"),
        ({"is_teaser_only": "on"}, "Please say where the whole can be read"),
    ],
)
def test_what_is_missing_is_said_on_the_form(editor, programme, words, reason):
    answer = editor.post(NEW, what_the_form_sends(programme, **words))
    assert answer.status_code == 200
    assert reason in answer.content.decode()
    assert not Publication.objects.exists()


def test_a_place_of_another_programme_is_refused(administrator, programme):
    elsewhere = a_place()
    answer = administrator.post(NEW, what_the_form_sends(programme, place=elsewhere.pk))
    assert "This place does not belong to that programme" in answer.content.decode()


def test_nothing_of_a_sensitive_place_becomes_public(administrator, programme):
    place = a_place(programme, is_sensitive=True)
    answer = administrator.post(NEW, what_the_form_sends(programme, place=place.pk))
    assert "sensitive" in answer.content.decode()
    assert not Publication.objects.exists()


def test_a_team_sees_and_changes_the_library_of_its_own_programme_only(editor, programme):
    ours = a_publication(programme, title="One of ours")
    theirs = a_publication(a_programme(name="Another programme"), title="One of theirs")
    page = editor.get(LIST).content.decode()
    assert "One of ours" in page
    assert "One of theirs" not in page
    assert editor.get(change_url(ours)).status_code == 200
    assert editor.get(change_url(theirs)).status_code == 404
    answer = editor.post(NEW, what_the_form_sends(theirs.programme))
    assert answer.status_code == 200
    assert Publication.objects.count() == 2
    assert "Another programme" not in editor.get(NEW).content.decode()


def test_a_draft_for_its_writer_alone_is_not_even_shown_to_an_administrator(administrator, programme):
    draft = a_publication(programme, title="Not yet", visibility=Stage.ME, author=a_person())
    assert "Not yet" not in administrator.get(LIST).content.decode()
    assert administrator.get(change_url(draft)).status_code == 404


def test_a_withdrawn_publication_cannot_be_changed(administrator, programme):
    from knotwork.core import clock

    gone = a_publication(programme, withdrawn_at=clock.now())
    assert administrator.get(change_url(gone)).status_code == 404


def test_the_list_can_be_searched(editor, programme):
    a_publication(programme, title="About buses")
    a_publication(programme, title="About benches")
    page = editor.get(f"{LIST}results/?q=bench").content.decode()
    assert "About benches" in page
    assert "About buses" not in page


def addresses_of_wagtail():
    """Every address below ``/cms/`` that can be built without knowing anything."""

    def inside(resolver, prefix):
        for entry in resolver.url_patterns:
            route = prefix + str(entry.pattern).removeprefix("^").removesuffix("$").removesuffix(r"\Z")
            if isinstance(entry, URLResolver):
                yield from inside(entry, route)
            elif isinstance(entry, URLPattern):
                yield route, entry.name

    for entry in get_resolver().url_patterns:
        if isinstance(entry, URLResolver) and "publications" in str(getattr(entry, "urlconf_name", "")):
            for route, name in inside(entry, "/"):
                if route.startswith("/cms/"):
                    yield re.sub(r"<[^>]*>", "1", route.replace(".*/", "nothing/")), name


ADDRESSES = sorted(set(address for address, _ in addresses_of_wagtail() if "(" not in address))


def test_wagtail_has_many_pages_and_the_walk_finds_them():
    assert len(ADDRESSES) > 60
    assert LIST in ADDRESSES
    assert "/cms/login/" in ADDRESSES


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_stranger_is_sent_to_sign_in_from_every_page_of_wagtail(client, method):
    for address in ADDRESSES:
        answer = getattr(client, method)(address)
        assert (answer.status_code, answer.headers.get("Location", "")[:9]) == (302, "/sign-in/"), address


def test_somebody_who_looks_after_no_library_is_refused_on_every_page_of_wagtail(client, programme):
    signed_in(client, a_person(Role.PLACE_LEAD, programme))
    assert {client.get(address).status_code for address in ADDRESSES} == {403}


@pytest.mark.parametrize("role", [None, *(role for role in Role if role != Role.PROGRAMME_TEAM)])
def test_no_other_role_looks_after_a_library(client, programme, role):
    signed_in(client, a_person(role, programme) if role else a_person())
    assert {client.get(address).status_code for address in ("/cms/", LIST, NEW)} == {403}


def test_what_is_not_named_in_the_fence_does_not_exist_for_an_administrator(administrator):
    opened = {address for address in ADDRESSES if administrator.get(address).status_code != 404}
    assert opened == {
        "/cms/",
        LIST,
        f"{LIST}results/",
        NEW,
        "/cms/account/",
        "/cms/logout/",
        "/cms/choose-external-link/",
        "/cms/dismissibles/",
        "/cms/jsi18n/",
        "/cms/sprite/",
    }


def test_every_name_in_the_fence_is_a_page():
    names = {name for _, name in addresses_of_wagtail()}
    assert {name.removeprefix("publication:") for name in OPEN} <= names


def test_the_corners_of_an_account_lead_to_ours(administrator):
    assert administrator.get("/cms/account/").url == reverse("home")
    assert administrator.post("/cms/logout/").url == reverse("account_logout")


def test_the_editing_pages_have_a_policy_of_their_own_and_the_library_keeps_the_strict_one(
    administrator, programme
):
    there = administrator.get(NEW).headers["Content-Security-Policy"]
    here = administrator.get("/library/").headers["Content-Security-Policy"]
    assert "style-src 'self' 'unsafe-inline'" in there
    assert "script-src 'self';" in there + ";"
    assert "unsafe-eval" not in there
    assert "unsafe" not in here
    assert "frame-ancestors 'none'" in there


def test_the_editing_pages_call_nobody_and_hold_no_inline_script(administrator, programme):
    made = a_publication(programme)
    for address in (LIST, NEW, change_url(made)):
        page = administrator.get(address).content.decode()
        assert not re.search(r'(?:src|action)="(?:https?:)?//', page), address
        assert not re.search(r'<link[^>]*href="(?:https?:)?//', page), address
        assert "gravatar" not in page.lower()
        assert "releases.wagtail" not in page
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*application/json)|\son\w+=", page), address


def test_what_is_written_cannot_bring_a_program_to_its_readers(editor, programme):
    sent = what_the_form_sends(programme)
    sent["body"] = sent["body"].replace("three", "<script>alert(1)</script>")
    sent["teaser"] = "<script>alert(2)</script>"
    editor.post(NEW, sent)
    made = Publication.objects.get()
    page = editor.get(f"/programmes/{programme.slug}/library/{made.slug}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(2)" in page


def test_nothing_of_ours_is_followed_by_wagtail_when_it_is_saved():
    from wagtail.models import ReferenceIndex

    assert not [model for model in ReferenceIndex.tracked_models if model.__module__.startswith("knotwork.")]


def test_a_publication_that_is_not_there_is_not_found(administrator):
    assert administrator.get("/cms/publication/edit/987654/").status_code == 404


def test_a_file_that_lies_about_its_kind_is_refused(editor, programme):
    answer = editor.post(NEW, what_the_form_sends(programme, files=SimpleUploadedFile("paper.pdf", b"MZ")))
    assert "is not what its name says" in answer.content.decode()
    assert not Publication.objects.exists()

"""A restore brings every publication back with its text."""

import pytest
from django.contrib.auth import get_user_model

from knotwork.publications.models import Publication
from knotwork.publications.services import words_of
from knotwork.website.backup import kept_models, write_backup
from knotwork.website.restore import restore_backup
from tests.builders import a_person, a_programme, signed_in
from tests.publications.build import added

pytestmark = pytest.mark.django_db(transaction=True)


def test_nothing_that_a_dump_holds_refers_to_what_it_leaves_out():
    kept = kept_models()
    fields = [field for model in kept for field in model._meta.concrete_fields]
    assert not [str(field) for field in fields if field.is_relation and field.related_model not in kept]


def test_a_publication_comes_back_with_its_words_authors_and_topics(client, tmp_path):
    # Whoever looked at the editing pages has preferences there, which must not stand in the way.
    editor = signed_in(client, a_person(is_administrator=True))
    assert editor.get("/cms/publication/").status_code == 200
    made = added(
        a_programme(), body="<p>Später – 後で ✓</p>", written_by=("Bo", "Ada"), topics=("Buses", "Later life")
    )
    said = words_of(made)
    write_backup(tmp_path / "dump.zip")
    restore_backup(tmp_path / "dump.zip", replace=True)
    again = Publication.objects.get()
    assert words_of(again) == said
    assert again.public_id == made.public_id
    assert get_user_model().objects.count() == 1

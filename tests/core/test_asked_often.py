"""Questions that are asked at every vote, without what Django puts around them."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.db import OperationalError, connection
from django.test.utils import CaptureQueriesContext

from knotwork.core.asked_often import row_of, rows_of

pytestmark = pytest.mark.django_db


def test_a_row_comes_as_the_database_gives_it_and_none_where_there_is_none() -> None:
    assert row_of("SELECT 1, 'two'") == (1, "two")
    assert row_of("SELECT 1 WHERE 1 = 2") is None
    assert rows_of("SELECT 1 UNION ALL SELECT 2") == [(1,), (2,)]


def test_moments_and_identifiers_go_in_the_words_of_the_database() -> None:
    moment, public_id = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), uuid4()
    kept = row_of("SELECT %s, %s", moment, public_id)
    assert kept is not None
    if connection.vendor == "sqlite":
        assert kept == ("2026-01-02 03:04:05", public_id.hex)
    else:
        assert kept == (moment, public_id)


def test_whoever_counts_questions_counts_these_too() -> None:
    with CaptureQueriesContext(connection) as asked:
        row_of("SELECT 1")
    assert len(asked) == 1


def test_a_question_that_cannot_be_understood_is_an_error_of_the_database_as_django_names_it() -> None:
    with pytest.raises(OperationalError if connection.vendor == "sqlite" else Exception, match="nowhere"):
        row_of("SELECT 1 FROM nowhere")


@pytest.mark.django_db(transaction=True)
def test_the_first_question_of_a_request_is_asked_again_when_the_database_went_away_since_the_last() -> None:
    row_of("SELECT 1")
    _take_away_the_connection()
    connection.health_check_done = False
    assert row_of("SELECT 2") == (2,)
    assert connection.health_check_done


def _take_away_the_connection() -> None:
    """SQLite has no server: there the connection is closed. PostgreSQL's is ended by the server itself."""
    if connection.vendor == "sqlite":
        connection.close()
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        mine = cursor.fetchone()[0]
    other = connection.copy()
    with other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [mine])
    other.close()

from datetime import UTC, datetime, timedelta

import pytest

from knotwork.core import clock
from knotwork.core.limits.models import Attempt
from knotwork.core.limits.services import Limit, address_of, attempt, keyed_hash, sweep

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
THREE_A_MINUTE = Limit("knock", 3, timedelta(minutes=1))


def test_a_limit_lets_so_many_through_and_then_waits():
    with clock.moved_to(NOON):
        assert [attempt(THREE_A_MINUTE, "Ada") for _ in range(5)] == [True, True, True, False, False]
    with clock.moved_to(NOON + timedelta(seconds=61)):
        assert attempt(THREE_A_MINUTE, "Ada")


def test_a_limit_counts_each_one_alone():
    with clock.moved_to(NOON):
        assert all(attempt(THREE_A_MINUTE, name) for name in ("Ada", "Grace", "Joan", "Ada", "Grace"))


def test_attempts_are_kept_as_keyed_hashes_and_forgotten_after_a_day():
    with clock.moved_to(NOON):
        attempt(THREE_A_MINUTE, "192.0.2.7")
    assert "192.0.2.7" not in str(Attempt.objects.values_list())
    with clock.moved_to(NOON + timedelta(days=2)):
        assert sweep() == 1


def test_a_keyed_hash_differs_by_purpose_so_that_it_cannot_be_linked():
    assert keyed_hash("mail", "a@example.org") != keyed_hash("knock", "a@example.org")


@pytest.mark.parametrize(
    ("behind_proxy", "expected"), [(False, "127.0.0.1"), (True, "198.51.100.9")], ids=["direct", "proxied"]
)
def test_the_forwarded_address_is_believed_only_behind_a_declared_proxy(rf, settings, behind_proxy, expected):
    settings.KNOTWORK_BEHIND_PROXY = behind_proxy
    request = rf.get("/", headers={"X-Forwarded-For": "203.0.113.1, 198.51.100.9"})
    assert address_of(request) == expected

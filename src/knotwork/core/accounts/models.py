"""A person who signs in. Those who answer a question are participants, not persons: they live in ``conversations``."""

from collections.abc import Iterable
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from knotwork.core import clock
from knotwork.core.accounts import library_rights
from knotwork.core.identifiers import new_public_id


class PersonQuerySet(models.QuerySet["Person"]):
    """People, as sentences."""

    def not_erased(self) -> "PersonQuerySet":
        return self.filter(blanked_at__isnull=True)

    def administrators_who_have_signed_in(self) -> "PersonQuerySet":
        return self.filter(is_administrator=True, last_login__isnull=False)


class PersonManager(BaseUserManager["Person"]):
    """Looks people up by address, without regard to upper and lower case."""

    def get_queryset(self) -> PersonQuerySet:
        return PersonQuerySet(self.model, using=self._db)

    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(email__iexact=username)


class Person(AbstractBaseUser):
    """Somebody with an account. Only the address is known; what she may do comes from memberships in ``programmes``."""

    public_id = models.UUIDField(default=new_public_id, unique=True, editable=False)
    email = models.EmailField(max_length=254, unique=True)
    is_administrator = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    blanked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    # Libraries ask for it; nobody passes our rules by a flag.
    is_superuser = False

    def __str__(self) -> str:
        return self.email

    def has_perm(self, permission: str, thing: object = None) -> bool:
        """What a library asks; a room's rules answer. Our own code asks the rules themselves."""
        return library_rights.is_granted(self, permission)

    def has_perms(self, permissions: Iterable[str], thing: object = None) -> bool:
        return all(self.has_perm(permission, thing) for permission in permissions)


class StartLink(models.Model):
    """The link that the first start prints: it lets the host in once, while no administrator ever signed in."""

    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(default=clock.now)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"start link of {self.created_at:%Y-%m-%d %H:%M}"


class Erasure(models.Model):
    """That somebody was erased: kept so that restoring an older dump erases her again. ``key`` names nobody."""

    kind = models.CharField(max_length=30)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "key"], name="erased_once")
        ]

    def __str__(self) -> str:
        return f"erased {self.kind}"

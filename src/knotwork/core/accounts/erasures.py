"""The erasure list: whoever was erased stays erased, also after an older dump is put back."""

from collections.abc import Callable, Iterable

from knotwork.core.accounts.models import Erasure

Eraser = Callable[[str], object]

_ERASERS: dict[str, list[Eraser]] = {}


def register(kind: str, eraser: Eraser) -> None:
    """``eraser(key)`` erases one of ``kind`` again; nothing happens when the key is not there.

    Several rooms may hold something of one kind: all of their erasers are called, in the order of the floors.
    """
    known = _ERASERS.setdefault(kind, [])
    if eraser not in known:
        known.append(eraser)


def carry_out(kind: str, key: str) -> None:
    """Erase one everywhere; inside the transaction of the caller."""
    for eraser in _ERASERS.get(kind, ()):
        eraser(key)


def remember(kind: str, key: str) -> None:
    """Put one on the list, in the transaction of the erasure."""
    Erasure.objects.get_or_create(kind=kind, key=key)


def all_of_them() -> list[tuple[str, str]]:
    """Everybody on the list, in order."""
    return list(Erasure.objects.order_by("kind", "key").values_list("kind", "key"))


def apply_again(further: Iterable[tuple[str, str]] = ()) -> None:
    """Erase everybody on the list, and on a further one, again."""
    for kind, key in further:
        remember(kind, key)
    for kind, key in all_of_them():
        carry_out(kind, key)

"""The erasure list: whoever was erased stays erased, also after an older dump is put back."""

from collections.abc import Callable, Iterable

from knotwork.core.accounts.models import Erasure

Eraser = Callable[[str], object]

_ERASERS: dict[str, list[Eraser]] = {}


def register(kind: str, eraser: Eraser) -> None:
    """``eraser(key)`` erases what one room holds of one of ``kind``; nothing happens when the key is not there.

    Several rooms may hold something of the same one; each registers its own.
    """
    if eraser not in _ERASERS.setdefault(kind, []):
        _ERASERS[kind].append(eraser)


def erase_everywhere(kind: str, key: str) -> None:
    """Let every room erase what it holds of this one."""
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
        erase_everywhere(kind, key)

"""What must change around a try-out, and how far it has come."""

from knotwork.actions.keys import KEY_SETS, QUESTIONS
from knotwork.actions.models import ChangeKey, MustChange, TryOut
from knotwork.actions.nouns import KeySetView, KeyView, TurnView


def key_sets_of(row: TryOut) -> tuple[KeySetView, ...]:
    """The two sets of keys with what was said under each."""
    rows = MustChange.objects.filter(try_out=row).prefetch_related("steps")
    said = {each.key: each for each in rows}
    return tuple(
        KeySetView(each.title, tuple(_key(key, said.get(key.value)) for key in each.keys))
        for each in KEY_SETS
    )


def key_of(row: TryOut, code: str) -> KeyView | None:
    """One key with what was said to it; nothing while nothing was said, or where there is no such key."""
    held = MustChange.objects.filter(try_out=row, key=code).prefetch_related("steps").first()
    return None if held is None else _key(ChangeKey(code), held)


def _key(key: ChangeKey, held: MustChange | None) -> KeyView:
    turns = () if held is None else tuple(TurnView(one.state, one.on, one.words) for one in held.steps.all())
    return KeyView(key.value, str(key.label), QUESTIONS[key], "" if held is None else held.words, turns)

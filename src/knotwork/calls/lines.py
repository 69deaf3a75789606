"""Boxes in which one thing stands on each line."""


def lines_of(text: str) -> tuple[str, ...]:
    """What stands on each line, without space around it and without empty lines, each once."""
    return tuple(dict.fromkeys(" ".join(line.split()) for line in text.splitlines() if line.strip()))

"""Return codes: what a participant writes down to come back to her answers from another device.

A code is 50 random bits as ten characters of Crockford's base 32 (digits and letters but I, L, O and U), then
one check character: the number modulo 37, the smallest prime above 32, so that one wrong character or two
neighbours that changed places are always noticed. Five of the 37 check characters are awkward to read aloud
(``*~$=U``): a number that would need one is drawn again, which costs a fifth of a bit.

Only a keyed hash of a code is kept.
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 50
LENGTH = 11
GROUPS = (4, 4, 3)
_CHECK_MODULUS = 37
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1", " ": "", "-": "", "–": "", "\u00a0": ""})


def new_code() -> str:
    """A fresh code of eleven characters, without spaces."""
    while True:
        number = secrets.randbits(BITS)
        if number % _CHECK_MODULUS < len(ALPHABET):
            return _characters(number) + ALPHABET[number % _CHECK_MODULUS]


def _characters(number: int) -> str:
    return "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))


def grouped(code: str) -> str:
    """The code as people see it and read it aloud: ``7K2M 9QXW 4TC``."""
    parts, start = [], 0
    for size in GROUPS:
        parts.append(code[start : start + size])
        start += size
    return " ".join(parts)


def spelled(code: str) -> str:
    """The code with a space after each character, for people who listen to the page."""
    return ", ".join(" ".join(part) for part in grouped(code).split(" "))


def understood(typed: str) -> str | None:
    """The code that somebody typed, in any case and with any spaces; ``None`` when it cannot be one."""
    code = typed.strip().upper().translate(_MISREAD)
    if len(code) != LENGTH or any(character not in ALPHABET for character in code):
        return None
    number = 0
    for character in code[:-1]:
        number = number * 32 + ALPHABET.index(character)
    return code if number % _CHECK_MODULUS == ALPHABET.index(code[-1]) else None


SHORT_LENGTH = 6


def new_short_code() -> str:
    """What stands at the end of a conversation's short link: six characters, told to everybody, so not a secret."""
    return "".join(secrets.choice(ALPHABET) for _ in range(SHORT_LENGTH))


def understood_short(typed: str) -> str:
    """The short code that somebody typed from paper, in any case, with what is easily misread put right."""
    return typed.strip().upper().translate(_MISREAD)

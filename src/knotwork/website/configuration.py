"""Every setting a host can make: one environment variable each, with its default and its meaning.

The table is the documentation's source too: a test holds ``docs/hosts/settings.md`` equal to it.
"""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import platformdirs


@dataclass(frozen=True)
class Setting:
    """One environment variable: its name, its default, and what it means for a host."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("KNOTWORK_HOME", "", "The folder that holds the database, uploaded files and the secret key. Default: this user's data folder."),
    Setting("KNOTWORK_DATABASE", "", "A database address such as postgres://user:password@host:5432/name. Default: SQLite in the home folder."),
    Setting("KNOTWORK_ORIGIN", "", "How people reach this installation, such as https://knotwork.example.org. Used in letters, feeds and share links. Default: the address that `knotwork up` serves."),
    Setting("KNOTWORK_HOSTS", "", "Further host names that are answered, with commas between them. The origin's own and those of this machine are always answered."),
    Setting("KNOTWORK_SECRET_KEY", "", "The key that signs sessions and hashes. Default: made once and kept in the home folder, readable by its owner only."),
    Setting("KNOTWORK_MAIL", "", "The mail server, such as smtp+tls://user:password@host:587. Without it letters stay on this machine and are shown on its local mail page."),
    Setting("KNOTWORK_MAIL_FROM", "Knotwork <knotwork@localhost>", "The sender of our letters."),
    Setting("KNOTWORK_BEHIND_PROXY", "no", "yes: a proxy of yours stands in front and sets X-Forwarded-For and X-Forwarded-Proto. Believe it."),
    Setting("KNOTWORK_TIME_ZONE", "Europe/London", "The time zone in which times are shown where a programme sets none."),
    Setting("KNOTWORK_LOG_LEVEL", "INFO", "How much is written to the log: DEBUG, INFO, WARNING or ERROR."),
    Setting("KNOTWORK_DEBUG", "no", "yes: show details of errors to everybody. Only for people who work on Knotwork itself."),
)  # fmt: skip


class BadSetting(ValueError):  # noqa: N818 - the message is for the host and stands alone
    """A setting that cannot be understood; the message names it, what was found and what was expected."""


def value_of(name: str) -> str:
    """The value of a setting from the environment, or its default."""
    setting = next(setting for setting in SETTINGS if setting.name == name)
    return os.environ.get(name, "").strip() or setting.default


def is_yes(name: str) -> bool:
    """Whether a yes-or-no setting says yes."""
    value = value_of(name).lower()
    if value not in ("yes", "no", "true", "false", "1", "0"):
        raise BadSetting(f"{name}: found {value!r}, expected yes or no.")
    return value in ("yes", "true", "1")


def home_folder() -> Path:
    """The home folder, made if it is missing, or a clear refusal."""
    home = Path(value_of("KNOTWORK_HOME") or platformdirs.user_data_path("knotwork")).expanduser().resolve()
    try:
        home.mkdir(parents=True, exist_ok=True, mode=0o700)
        probe = home / f".probe-{secrets.token_hex(4)}"
        probe.touch()
        probe.unlink()
    except OSError as problem:
        raise BadSetting(
            f"KNOTWORK_HOME: the folder {home} cannot be read and written ({problem.strerror}); "
            "expected a folder that belongs to this user."
        ) from problem
    return home


def secret_key(home: Path) -> str:
    """The installation's key: from the environment, else made once and kept with mode 0600."""
    if given := value_of("KNOTWORK_SECRET_KEY"):
        return given
    path = home / "secret-key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    key = secrets.token_urlsafe(48)
    with os.fdopen(handle, "w", encoding="ascii") as target:
        target.write(key)
    return key


SQLITE_SETTINGS = (
    "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA busy_timeout=10000;"
    "PRAGMA foreign_keys=ON;PRAGMA cache_size=-32000"
)


def database(home: Path) -> dict[str, Any]:
    """Django's description of the database."""
    address = value_of("KNOTWORK_DATABASE")
    if not address:
        return sqlite(home / "knotwork.sqlite3")
    parts = urlsplit(address)
    if parts.scheme == "sqlite":
        return sqlite(Path(unquote(parts.path)))
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BadSetting(
            f"KNOTWORK_DATABASE: found an address that begins with {parts.scheme or address[:12]!r}, "
            "expected postgres://user:password@host:5432/name or sqlite:///path."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options_of(parts.query),
    }


def options_of(query: str) -> dict[str, Any]:
    """What stands after the question mark of PostgreSQL's address, and how it prepares what every vote asks.

    That is planned once for each connection; a pooler between that cannot keep it needs ``prepare_threshold=none``.
    """
    options: dict[str, Any] = {key: values[-1] for key, values in parse_qs(query).items()}
    threshold = str(options.get("prepare_threshold", 5)).lower()
    if threshold != "none" and not threshold.isdecimal():
        raise BadSetting(
            f"KNOTWORK_DATABASE: found prepare_threshold={threshold[:12]!r}, expected a whole number or none."
        )
    return options | {"prepare_threshold": None if threshold == "none" else int(threshold)}


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite as we run it: write-ahead log, every acknowledged write on disk (synchronous FULL), writers queue."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {"transaction_mode": "IMMEDIATE", "init_command": SQLITE_SETTINGS, "timeout": 10},
    }


def mail_server() -> dict[str, Any]:
    """Django's mail settings, or none when letters stay on this machine."""
    address = value_of("KNOTWORK_MAIL")
    if not address:
        return {}
    parts = urlsplit(address)
    if parts.scheme not in ("smtp", "smtp+tls", "smtp+ssl") or not parts.hostname:
        raise BadSetting(
            f"KNOTWORK_MAIL: found an address that begins with {parts.scheme or address[:12]!r}, "
            "expected smtp://, smtp+tls:// or smtp+ssl:// with a host."
        )
    return {
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}[parts.scheme],
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parts.scheme == "smtp+ssl",
        "EMAIL_TIMEOUT": 20,
    }

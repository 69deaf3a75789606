"""How each database keeps words and finds them: FTS5 in SQLite, tsvector in PostgreSQL.

Both take words apart at what is no letter or digit, forget capitals and diacritics, weigh the title four times, want
every word of the question, and take the last one as the beginning of a word, since people type while they read.
"""

import re
import unicodedata
from collections.abc import Iterable

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from knotwork.core.search.models import IndexedDocument

MOST_WORDS = 12
LONGEST_WORD = 60
_WORD = re.compile(r"[^\W_]+")

SQLITE = (
    "CREATE VIRTUAL TABLE search_words USING fts5(title, text, content='search_indexeddocument', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 2', prefix='2 3')",
    "CREATE TRIGGER search_words_added AFTER INSERT ON search_indexeddocument BEGIN "
    "INSERT INTO search_words(rowid, title, text) VALUES (new.id, new.title, new.text); END",
    "CREATE TRIGGER search_words_removed AFTER DELETE ON search_indexeddocument BEGIN "
    "INSERT INTO search_words(search_words, rowid, title, text) "
    "VALUES ('delete', old.id, old.title, old.text); END",
    "CREATE TRIGGER search_words_changed AFTER UPDATE ON search_indexeddocument BEGIN "
    "INSERT INTO search_words(search_words, rowid, title, text) "
    "VALUES ('delete', old.id, old.title, old.text); "
    "INSERT INTO search_words(rowid, title, text) VALUES (new.id, new.title, new.text); END",
)
POSTGRESQL = (
    "ALTER TABLE search_indexeddocument ADD COLUMN words tsvector",
    "CREATE INDEX search_words ON search_indexeddocument USING gin (words)",
)

_FIND = {
    "sqlite": "SELECT d.kind, d.public_id, d.title, d.text FROM search_words JOIN search_indexeddocument d "
    "ON d.id = search_words.rowid WHERE search_words MATCH %s "
    "ORDER BY bm25(search_words, 4.0, 1.0), d.id DESC LIMIT %s OFFSET %s",
    "postgresql": "SELECT d.kind, d.public_id, d.title, d.text "
    "FROM search_indexeddocument d, to_tsquery('simple', %s) q WHERE d.words @@ q "
    "ORDER BY ts_rank('{0, 0, 0.25, 1}', d.words, q) DESC, d.id DESC LIMIT %s OFFSET %s",
}
_WRITE_WORDS = (
    "UPDATE search_indexeddocument SET words = setweight(to_tsvector('simple', %s), 'A') || "
    "setweight(to_tsvector('simple', %s), 'B') WHERE kind = %s AND public_id = %s"
)

Row = tuple[str, object, str, str]


def prepare(database: BaseDatabaseWrapper) -> None:
    """Make what this database finds words with; called by the migration."""
    with database.cursor() as cursor:
        for command in SQLITE if database.vendor == "sqlite" else POSTGRESQL:
            cursor.execute(command)


def take_away(database: BaseDatabaseWrapper) -> None:
    """The way back."""
    with database.cursor() as cursor:
        if database.vendor == "sqlite":
            for name in ("added", "removed", "changed"):
                cursor.execute(f"DROP TRIGGER search_words_{name}")
            cursor.execute("DROP TABLE search_words")
        else:
            cursor.execute("ALTER TABLE search_indexeddocument DROP COLUMN words")


def words_in(typed: str) -> list[str]:
    """The words of a question: letters and digits without diacritics, in small letters; at most twelve."""
    return [word[:LONGEST_WORD] for word in _WORD.findall(plain(typed))][:MOST_WORDS]


def plain(text: str) -> str:
    """Small letters without diacritics, as both databases compare them."""
    apart = unicodedata.normalize("NFKD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def find(words: list[str], *, most: int, after: int = 0) -> list[Row]:
    """Kind, public id, title and text of what has all these words, the best first."""
    with connection.cursor() as cursor:
        cursor.execute(_FIND[connection.vendor], [_question(words), most, after])
        return list(cursor.fetchall())


def _question(words: list[str]) -> str:
    """Words are letters and digits only, so nothing in them is a sign of either language.

    The last word is asked for twice, whole and as a beginning, so that what has it whole comes first.
    """
    *others, last = words
    if connection.vendor == "sqlite":
        return " AND ".join([*(f'"{word}"' for word in others), f'("{last}" OR "{last}"*)'])
    return " & ".join([*others, f"({last} | {last}:*)"])


def after_writing(documents: Iterable[IndexedDocument]) -> None:
    """PostgreSQL is told the words; in SQLite triggers do it."""
    if connection.vendor == "postgresql":
        rows = [(plain(one.title), plain(one.text), one.kind, one.public_id) for one in documents]
        with connection.cursor() as cursor:
            cursor.executemany(_WRITE_WORDS, rows)

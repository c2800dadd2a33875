"""Word search in documents and tasks, the same answers on both databases.

The folded column `search` is indexed word by word: on SQLite by an FTS5 table that triggers keep, on PostgreSQL by a
GIN index over the words. A row is found when every word asked for begins some word of it.
"""

from typing import Any, TypeVar

from django.db import connections
from django.db.models import Lookup, Model, QuerySet, TextField, Value
from django.db.models.functions import Concat

from chongdich.core.vietnamese import fold_words

INDEXES = {"directives_directive": "directive_words", "directives_task": "task_words"}
INDEXED = 900_000  # characters of a row that are indexed, some five hundred pages: PostgreSQL holds a megabyte of words
WORD = 200  # characters of one word that are indexed
ASKED_WORDS = 12

Row = TypeVar("Row", bound=Model)


def words_of(text: str) -> list[str]:
    """What is looked for: folded words, each once, at most `ASKED_WORDS`; a word that begins another one goes."""
    words = [word[:WORD] for word in dict.fromkeys(fold_words(text[: 4 * WORD]).split())]
    longest = [word for word in words if not any(other != word and other.startswith(word) for other in words)]
    return longest[:ASKED_WORDS]


def holds(search: str, words: list[str]) -> bool:
    """The reference that both databases are held to: each word begins some word of the folded text."""
    present = {word[:WORD] for word in search[:INDEXED].split()}
    return all(any(one.startswith(word) for one in present) for word in words)


@TextField.register_lookup
class WordsBegin(Lookup):
    """`search__words_begin` of a folded column on PostgreSQL, `words__asked__words_begin` on SQLite."""

    lookup_name = "words_begin"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, _params = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [" AND ".join(f'"{word}" *' for word in self.rhs)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, _params = self.process_lhs(compiler, connection)
        return f"chongdich_words({column}) @@ %s::tsquery", [" & ".join(f"'{word}':*" for word in self.rhs)]


def with_words(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """The rows (of documents or tasks) that hold what is looked for; all of them when no word is."""
    words = words_of(text)
    if not words:
        return rows
    if connections[rows.db].vendor == "sqlite":
        return rows.filter(words__asked__words_begin=words)
    return rows.filter(search__words_begin=words)


def with_words_among_few(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """The same answer, read row by row: faster where other conditions leave a few thousand rows."""
    spaced: Any = rows.annotate(spaced=Concat(Value(" "), "search", output_field=TextField()))
    for word in words_of(text):
        spaced = spaced.filter(spaced__contains=f" {word}")
    found: QuerySet[Row] = spaced
    return found


def newest_first(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """The same, newest first, in the order in which the index itself gives them."""
    inside = bool(words_of(text)) and connections[rows.db].vendor == "sqlite"
    return with_words(rows, text).order_by("-words__place" if inside else "-pk")


def install(using: str = "default", **_: Any) -> None:
    """Create the indexes where their tables exist; safe to repeat. An index that missed changes is made anew."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    tables = [table for table in INDEXES if table in present]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(_WORDS)
        for table in tables:
            if connection.vendor == "sqlite":
                _install_sqlite(cursor, table, INDEXES[table])
            else:
                cursor.execute(
                    f'CREATE INDEX IF NOT EXISTS "{INDEXES[table]}" ON "{table}" USING gin (chongdich_words("search"))'
                )


_WORDS = f"""
CREATE OR REPLACE FUNCTION chongdich_words(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT array_to_tsvector(array_remove(string_to_array(
    regexp_replace(left(folded, {INDEXED}), '([^ ]{{{WORD}}})[^ ]+', '\\1', 'g'), ' '), ''))
$$"""


def _install_sqlite(cursor: Any, table: str, index: str) -> None:
    cursor.execute(
        f'CREATE VIRTUAL TABLE IF NOT EXISTS "{index}" USING fts5('
        f"search, content='{table}', content_rowid='id', detail=none, columnsize=0, prefix='1 2 3 4', "
        "tokenize='ascii')"
    )
    # The plus keeps SQLite from asking the index row by row: it walks the matches and looks the rows up.
    cursor.execute(
        f'CREATE VIEW IF NOT EXISTS "{index}_found" AS '
        f'SELECT +rowid AS id, rowid AS place, "{index}" AS asked FROM "{index}"'
    )
    names = [f"{index}_{name}" for name, _when, _body in _TRIGGERS]
    marks = ", ".join(["%s"] * len(names))
    cursor.execute(f"SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ({marks})", names)
    if cursor.fetchone()[0] == len(_TRIGGERS):
        return
    for name, when, body in _TRIGGERS:
        cursor.execute(f'DROP TRIGGER IF EXISTS "{index}_{name}"')
        cursor.execute(f'CREATE TRIGGER "{index}_{name}" {when.format(table)} BEGIN {body.format(index)} END')
    cursor.execute(f'INSERT INTO "{index}"("{index}") VALUES (\'rebuild\')')


_ADD = 'INSERT INTO "{0}"(rowid, search) VALUES (NEW.id, NEW.search);'
_TAKE = 'INSERT INTO "{0}"("{0}", rowid, search) VALUES (\'delete\', OLD.id, OLD.search);'
_TRIGGERS = (
    ("added", 'AFTER INSERT ON "{0}"', _ADD),
    ("taken", 'AFTER DELETE ON "{0}"', _TAKE),
    ("changed", 'AFTER UPDATE OF search ON "{0}" WHEN OLD.search IS NOT NEW.search', f"{_TAKE} {_ADD}"),
)


def remove(using: str = "default") -> None:
    """Take the indexes away."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for index in INDEXES.values():
            if connection.vendor == "postgresql":
                cursor.execute(f'DROP INDEX IF EXISTS "{index}"')
                continue
            for name, _when, _body in _TRIGGERS:
                cursor.execute(f'DROP TRIGGER IF EXISTS "{index}_{name}"')
            cursor.execute(f'DROP VIEW IF EXISTS "{index}_found"')
            cursor.execute(f'DROP TABLE IF EXISTS "{index}"')

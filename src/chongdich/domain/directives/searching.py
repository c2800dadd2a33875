"""Word search in documents and tasks, the same answers on both databases.

The folded column `search` is indexed word by word: on SQLite by an FTS5 table that triggers keep, on PostgreSQL by a
table of words with a GIN index, kept by triggers too. A row is found when every word asked for begins some word of it.
"""

from typing import Any, TypeVar

from django.db import connections
from django.db.models import F, Lookup, Model, QuerySet, TextField, Value
from django.db.models.functions import Concat

from chongdich.core.vietnamese import fold_words

INDEXES = {"directives_directive": "directive_words", "directives_task": "task_words"}
INDEXED = 900_000  # characters of a row that are indexed, some five hundred pages: PostgreSQL holds a megabyte of words
WORD = 200  # characters of one word that are indexed
ASKED_WORDS = 12
RECENT = 10_000  # newest rows that are looked through before the index is asked for all others

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
    """`words__asked__words_begin`: the rows of the index in which each of these words begins some word."""

    lookup_name = "words_begin"
    prepare_rhs = False

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, _params = self.process_lhs(compiler, connection)
        return f"{column} MATCH %s", [" AND ".join(f'"{word}" *' for word in self.rhs)]

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, _params = self.process_lhs(compiler, connection)
        return f"{column} @@ %s::tsquery", [" & ".join(f"'{word}':*" for word in self.rhs)]


@TextField.register_lookup
class WordsBeginRowByRow(WordsBegin):
    """The same on PostgreSQL without its index: for few rows, where gathering all rows of a common word costs more."""

    lookup_name = "words_begin_row_by_row"

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, list[Any]]:
        column, _params = self.process_lhs(compiler, connection)
        sql, params = super().as_postgresql(compiler, connection)
        return sql.replace(column, f"({column} || ''::tsvector)", 1), params


def with_words(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """The rows (of documents or tasks) that hold what is looked for; all of them when no word is."""
    words = words_of(text)
    return rows.filter(words__asked__words_begin=words) if words else rows


def with_words_among_few(rows: QuerySet[Row], text: str) -> QuerySet[Row]:
    """The same answer, read row by row: faster where other conditions leave a few thousand rows."""
    spaced: Any = rows.annotate(spaced=Concat(Value(" "), "search", output_field=TextField()))
    for word in words_of(text):
        spaced = spaced.filter(spaced__contains=f" {word}")
    found: QuerySet[Row] = spaced
    return found


def find_lasts(*models: type[Model]) -> dict[type[Model], int]:
    """The last identifier of each table, in one question; only PostgreSQL's search wants to know it."""
    connection = connections["default"]
    if connection.vendor == "sqlite":
        return dict.fromkeys(models, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT max(id) FROM "{model._meta.db_table}")' for model in models))
        return dict(zip(models, [last or 0 for last in cursor.fetchone()]))


def find_newest(rows: QuerySet[Row], text: str, limit: int, last: int | None = None) -> list[Row]:
    """The newest rows that hold what is looked for; `last` is the table's last identifier where it is known.

    PostgreSQL cannot know how many rows of a person's hold a word, and reads the whole table backwards for a rare one:
    so the newest rows are looked through first, and only then are all others asked of the index.
    """
    found = with_words(rows, text)
    if not words_of(text):
        return list(found.order_by("-pk")[:limit])
    if connections[rows.db].vendor == "sqlite":
        return list(found.order_by("-words__place")[:limit])
    if last is None:
        last = find_lasts(rows.model)[rows.model]
    recent = rows.filter(pk__gt=last - RECENT, words__pk__gt=last - RECENT)
    newest = list(recent.filter(words__asked__words_begin_row_by_row=words_of(text)).order_by("-pk")[:limit])
    if len(newest) == limit or last <= RECENT:
        return newest
    sorted_apart = found.filter(pk__lte=last - RECENT).order_by((F("pk") + 0).desc())
    return [*newest, *sorted_apart[: limit - len(newest)]]


def install(using: str = "default", **_: Any) -> None:
    """Create the indexes where their tables exist; safe to repeat. An index that missed changes is made anew."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    build = _install_sqlite if connection.vendor == "sqlite" else _install_postgresql
    with connection.cursor() as cursor:
        for table in [table for table in INDEXES if table in present]:
            build(cursor, table, INDEXES[table])


def _install_postgresql(cursor: Any, table: str, index: str) -> None:
    cursor.execute("SELECT to_regclass(%s)", [f"{index}_found"])
    is_new = cursor.fetchone()[0] is None
    for statement in _POSTGRESQL:
        cursor.execute(statement.replace("TABLE_", table).replace("INDEX_", index))
    if is_new:
        cursor.execute(f'INSERT INTO "{index}_found" SELECT id, chongdich_words(search) FROM "{table}"')
        cursor.execute(f'ANALYZE "{index}_found"')


_POSTGRESQL = (
    f"""
CREATE OR REPLACE FUNCTION chongdich_words(folded text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
SELECT array_to_tsvector(array_remove(string_to_array(
    regexp_replace(left(folded, {INDEXED}), '([^ ]{{{WORD}}})[^ ]+', '\\1', 'g'), ' '), ''))
$$""",
    # No foreign key: tables that are pointed at cannot be emptied alone.
    'CREATE TABLE IF NOT EXISTS "INDEX__found" (id bigint PRIMARY KEY, asked tsvector NOT NULL)',
    'CREATE INDEX IF NOT EXISTS "INDEX__asked" ON "INDEX__found" USING gin (asked) WITH (fastupdate = off)',
    """
CREATE OR REPLACE FUNCTION keep_INDEX_() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
IF TG_OP = 'DELETE' THEN
    DELETE FROM "INDEX__found" WHERE id = OLD.id;
ELSE
    INSERT INTO "INDEX__found" VALUES (NEW.id, chongdich_words(NEW.search))
    ON CONFLICT (id) DO UPDATE SET asked = EXCLUDED.asked;
END IF;
RETURN NULL; END $$""",
    'CREATE OR REPLACE TRIGGER "INDEX__kept" AFTER INSERT OR DELETE ON "TABLE_" '
    "FOR EACH ROW EXECUTE FUNCTION keep_INDEX_()",
    'CREATE OR REPLACE TRIGGER "INDEX__changed" AFTER UPDATE OF search ON "TABLE_" '
    "FOR EACH ROW WHEN (OLD.search IS DISTINCT FROM NEW.search) EXECUTE FUNCTION keep_INDEX_()",
)


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
        for table, index in INDEXES.items():
            if connection.vendor == "sqlite":
                for name, _when, _body in _TRIGGERS:
                    cursor.execute(f'DROP TRIGGER IF EXISTS "{index}_{name}"')
                cursor.execute(f'DROP VIEW IF EXISTS "{index}_found"')
                cursor.execute(f'DROP TABLE IF EXISTS "{index}"')
                continue
            for name in ("kept", "changed"):
                cursor.execute(f'DROP TRIGGER IF EXISTS "{index}_{name}" ON "{table}"')
            cursor.execute(f'DROP TABLE IF EXISTS "{index}_found"')

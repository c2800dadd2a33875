"""The index behind find-as-you-type: words of names without diacritics, and places, kept by the database itself.

SQLite keeps a full-text table by triggers; PostgreSQL an inverted index over an expression. Names hold no digits, so
a number among the words is the place where somebody resides or is, or with a 0 before it the unit that entered the
row. People merged into others are left out.
"""

from typing import Any

from django.db import connections

TABLE = "people_search"
PERSON = "people_person"
PREFIX = 6
POSTGRES_WORDS = "people_lexemes(name_folded, residence_id, present_id, created_for_id)"
_WORDS = (
    "NEW.name_folded || ' ' || coalesce(NEW.residence_id, '') || ' ' || coalesce(NEW.present_id, '') "
    "|| ' ' || coalesce('0' || NEW.created_for_id, '')"
)


def install(using: str = "default", **_: Any) -> None:
    """Create the index of an existing table of people; safe to repeat."""
    connection = connections[using]
    if PERSON not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            _install_sqlite(cursor)
        else:
            for statement in _postgres():
                cursor.execute(statement)


def _install_sqlite(cursor: Any) -> None:
    cursor.execute("SELECT count(*) FROM sqlite_master WHERE name = %s", [TABLE])
    is_new = cursor.fetchone()[0] == 0
    for statement in _sqlite():
        cursor.execute(statement)
    if is_new:
        _fill(cursor)


def _fill(cursor: Any) -> None:
    cursor.execute(
        f"INSERT INTO {TABLE} (rowid, words) SELECT id, {_WORDS.replace('NEW.', '')} FROM {PERSON} "
        "WHERE merged_into_id IS NULL ORDER BY id"
    )


def rebuild(using: str = "default") -> None:
    """Empty and fill SQLite's index: after rows were written or removed with the triggers away."""
    install(using)
    if connections[using].vendor == "sqlite":
        with connections[using].cursor() as cursor:
            cursor.execute(f"INSERT INTO {TABLE} ({TABLE}) VALUES ('delete-all')")
            _fill(cursor)


def _sqlite() -> list[str]:
    add = f"INSERT INTO {TABLE} (rowid, words) SELECT NEW.id, {_WORDS} WHERE NEW.merged_into_id IS NULL;"
    remove = f"DELETE FROM {TABLE} WHERE rowid = OLD.id;"
    watched = "name_folded, residence_id, present_id, merged_into_id"
    return [
        f"CREATE VIRTUAL TABLE IF NOT EXISTS {TABLE} USING fts5(words, content='', contentless_delete=1, "
        "detail=none, prefix='1 2 3 4 5 6', tokenize='ascii')",
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_added AFTER INSERT ON {PERSON} BEGIN {add} END",
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_removed AFTER DELETE ON {PERSON} BEGIN {remove} END",
        f"CREATE TRIGGER IF NOT EXISTS {TABLE}_changed AFTER UPDATE OF {watched} ON {PERSON} BEGIN {remove} {add} END",
    ]


def _postgres() -> list[str]:
    """Every beginning of a word, up to `PREFIX` letters, is a lexeme of its own, a whole word one with = before it:
    asking for beginnings of common words is then as cheap as asking for words (a `:*` would read every match)."""
    return [
        "CREATE OR REPLACE FUNCTION people_lexemes(name text, residence bigint, present bigint, unit bigint) "
        "RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$ SELECT array_to_tsvector(array_remove("
        "ARRAY(SELECT left(word, long) FROM unnest(string_to_array(name, ' ')) word, "
        f"generate_series(1, {PREFIX}) long WHERE word <> '') "
        "|| ARRAY(SELECT '=' || word FROM unnest(string_to_array(name, ' ')) word WHERE word <> '') "
        "|| ARRAY[residence::text, present::text, '0' || unit::text], NULL)) $$",
        f"CREATE INDEX IF NOT EXISTS person_lexemes ON {PERSON} "
        f"USING gin ({POSTGRES_WORDS}) WITH (fastupdate = off) "
        "WHERE merged_into_id IS NULL",
    ]

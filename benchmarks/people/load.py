"""Generated people into the database, past the operations: only for measuring."""

from itertools import islice

from django.db import connection, transaction

from benchmarks.people.generate import Someone, people
from chongdich.registry.people.rules import folded_name
from chongdich.registry.places.models import Place

LOT = 20_000
_COLUMNS = """
id uid name name_folded birth_date birth_year sex cccd cmnd passport insurance_number nationality occupation workplace
school guardian_name guardian_phone comorbidities last_vaccine residence_id residence_hamlet residence_address
present_hamlet present_address note version created_at
"""
_PERSON = _COLUMNS.split()


def communes() -> list[int]:
    """Numbers of the communes that people of the benchmark live in."""
    return list(Place.objects.filter(level=3).order_by("pk").values_list("pk", flat=True)[:110])


def _row(pk: int, one: Someone) -> tuple[object, ...]:
    facets = one.facets
    uid = f"{pk:032x}" if connection.vendor == "sqlite" else f"{pk:08x}-0000-0000-0000-{pk:012x}"
    return (
        pk, uid, facets.name, folded_name(facets.name), facets.birth_date and facets.birth_date.isoformat(),
        facets.birth_year, facets.sex, facets.cccd, "", "", "", "VN", "", "", "", "", "", "[]", "", facets.residence,
        facets.hamlet, "", "", "", "", 1, "2021-11-29 00:00:00+00",
    )  # fmt: skip


def load(count: int, seed: int = 1) -> int:
    """Write so many people and their telephones; how many rows."""
    marks = ", ".join(["%s"] * len(_PERSON))
    insert = f"INSERT INTO people_person ({', '.join(_PERSON)}) VALUES ({marks})"
    phone = (
        "INSERT INTO people_phone (person_id, number, owner, created_at) VALUES (%s, %s, '', '2021-11-29 00:00:00+00')"
    )
    stream = enumerate(people(count, communes(), seed), start=1)
    with transaction.atomic(), connection.cursor() as cursor:
        while lot := list(islice(stream, LOT)):
            cursor.executemany(insert, [_row(pk, one) for pk, one in lot])
            cursor.executemany(phone, [(pk, number) for pk, one in lot for number in one.facets.phones])
        cursor.execute("ANALYZE")
    return count

"""How long 500 positive results of one batch take until every contact is on a worklist, against a month of presences.

    .venv/bin/python -m benchmarks.settling.run [--rows 20000000] [--people 315000] [--results 500]

Builds a house of its own in a temporary folder (SQLite, or the empty database of DATABASE_URL), fills it with invented
people and with presences of a province-month straight into the tracing store, records one batch of results and settles
everything, as the worker does. Prints what was found and the seconds of each part.
"""

import argparse
import os
import tempfile
import time
from datetime import UTC, datetime, timedelta
from typing import Any

AT = datetime(2022, 1, 10, 3, 0, tzinfo=UTC)  # under 11042/BYT-DP: windows of two days


def main() -> None:
    told = argparse.ArgumentParser()
    told.add_argument("--rows", type=int, default=20_000_000)
    told.add_argument("--people", type=int, default=315_000)
    told.add_argument("--results", type=int, default=500)
    asked = told.parse_args()
    os.environ["CHONGDICH_VAR"] = tempfile.mkdtemp(prefix="chongdich-settling-")
    os.environ["DJANGO_SETTINGS_MODULE"] = "chongdich.config.settings.base"
    import django

    django.setup()
    from django.core.management import call_command

    from chongdich.config.first_start import load_lists

    call_command("migrate", verbosity=0)
    load_lists()
    timed("people", people, asked.people)
    timed("presences", presences, asked.rows, asked.people)
    timed("warm", warm)
    measure(asked.results, asked.people)


def timed(name: str, work: Any, *args: Any) -> Any:
    wall, own = time.perf_counter(), time.process_time()
    found = work(*args)
    print(f"{name:12} {time.perf_counter() - wall:8.1f} s   (own CPU {time.process_time() - own:.1f} s)", flush=True)
    return found


def people(count: int) -> None:
    """Invented people over the communes of the province."""
    import uuid

    from django.db import transaction

    from chongdich.registry.people.models import Person
    from chongdich.registry.places.models import Place

    communes = list(
        Place.objects.filter(level=3, valid_until__gt=AT, code__startswith="01").values_list("pk", flat=True)
    )
    with transaction.atomic():
        for start in range(1, count + 1, 20_000):
            Person.objects.bulk_create(
                [Person(pk=n, uid=uuid.UUID(int=n), name=f"Người {n}", name_folded=f"nguoi {n}", created_at=AT,
                        birth_year=1940 + n % 80, residence_id=communes[n % len(communes)], vaccine_doses=n % 3)
                 for n in range(start, min(start + 20_000, count + 1))], batch_size=900)  # fmt: skip


def presences(rows: int, count: int) -> None:
    """A month of presences, sealed; homes and workplaces are closed rooms, a fifth of public places is narrow."""
    from dataclasses import replace

    from django.db import transaction

    from benchmarks.tracing.province import OPEN, SHOP, month, places
    from chongdich.application.ports import ports
    from chongdich.application.tracing import keeping
    from chongdich.domain.contacts.models import StoreMark, Venue
    from chongdich.domain.contacts.nearness import class_of
    from chongdich.kernels.tracing import TracingStore

    kinds = places(count)
    first_day = (AT - keeping.EPOCH).days - 30
    store = TracingStore.create(ports.tracing_folder(), epoch=keeping.EPOCH.isoformat())
    for lot in range(0, rows, 5_000_000):
        part = month(min(5_000_000, rows - lot), people=count, seed=lot + 1, first_day=first_day)
        store.append(replace(part, person=part.person + 1, place=part.place + 1))
    store.seal()
    told = {SHOP: (False, 3.0), OPEN: (False, 2.0)}
    near = [told.get(int(kind), (True, None)) for kind in kinds]
    store.set_distance({n: class_of(closed=closed, distance_m=m) for n, (closed, m) in enumerate(near, 1)})
    with transaction.atomic():
        Venue.objects.bulk_create(
            [Venue(pk=n, kind="other", name=f"Nơi {n}", search=f"noi {n}", closed=closed, distance_m=m, kept=True,
                   created_at=AT) for n, (closed, m) in enumerate(near, 1)], batch_size=900)  # fmt: skip
        now = store.manifest()
        StoreMark.objects.create(pk=1, rows=now.rows, version=now.version)


def warm() -> None:
    from chongdich.application.desk import Desk
    from chongdich.application.journeys.presence_store import warm_tracing
    from chongdich.registry.accounts.actor import THE_MACHINE

    warm_tracing(Desk(THE_MACHINE, AT, os.urandom))


def measure(results: int, count: int) -> None:
    from chongdich.application.settling import settle_all
    from chongdich.domain.cases.models import Case
    from chongdich.domain.contacts.models import Contact, Link, Tracing
    from chongdich.domain.lab.operations import NewResult, record_results
    from chongdich.registry.ledger.models import Settlement
    from chongdich.registry.ledger.operations import Author

    taken = AT - timedelta(hours=20)
    step = max(1, count // results)
    new = [NewResult(person_id=1 + n * step, kind="pcr", outcome="positive", taken_at=taken, resulted_at=taken)
           for n in range(results)]  # fmt: skip
    timed("record", lambda: record_results(results=new, by=Author(None, None, AT, os.urandom)))
    timed("settle", lambda: settle_all(worker="bench", clock=lambda: AT, entropy=os.urandom))
    print("settlements not done:", Settlement.objects.exclude(state="settled").count(),
          Settlement.objects.exclude(error="").values_list("error", flat=True).first() or "")  # fmt: skip
    print("cases", Case.objects.count(), "tracings", Tracing.objects.count())
    print("F1", Contact.objects.filter(generation=1).count(), "F2", Contact.objects.filter(generation=2).count(),
          "links", Link.objects.count())  # fmt: skip


if __name__ == "__main__":
    main()

"""One unit with one of everything, and people in every role at every distance from it."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from django.db import connection
from django.test import Client

from chongdich.application.journeys import (
    cases,
    drafting,
    importing,
    people,
    receive,
    review,
    scenarios,
    scenarios_resources,
    work,
)
from chongdich.application.journeys.files import Upload
from chongdich.core.errors import Refused
from chongdich.domain.cases.models import ImportRow
from chongdich.domain.contacts.models import Contact, Link, Presence, Venue
from chongdich.domain.directives.models import Citation, Clause, Directive, Evidence, SourceFile, Task
from chongdich.domain.directives.operations import intake
from chongdich.domain.directives.operations.intake import ReadClause, ReadDocument
from chongdich.domain.scenarios.asking.reading import spec_of, template_values
from chongdich.domain.scenarios.operations import NewResource
from chongdich.registry.accounts import operations, tokens
from chongdich.registry.accounts.models import Account, Appointment
from chongdich.registry.accounts.roles import ROLES
from chongdich.registry.inbox.models import Message
from chongdich.registry.ledger.models import Settlement
from chongdich.registry.local_law.models import LocalRule
from chongdich.registry.people.models import Likeness, Person
from chongdich.registry.places.models import Place
from tests.journeys.house import House

SECRET = "BIMAT"  # stands in every word of the unit's things, and nowhere else
UNITS = {"own": "061", "below": "01894", "above": "06", "sibling": "058", "other": "121", "former": "058"}
STRANGERS = ("below", "sibling", "other", "former")
OFFICER, STATION = "bm.chuyenvien", "bm.dichte"


def populate(house: House) -> None:
    """An account for every role at every distance; `former` held the same role in the unit until yesterday."""
    units = {relation: house.unit("ubnd", place) for relation, place in UNITS.items()}
    names = [(relation, role) for relation in UNITS for role in ROLES]
    accounts = [Account(username=f"{relation}.{role}", display_name=f"{relation} {role}", created_at=house.at)
                for relation, role in names]  # fmt: skip
    for account in accounts:
        account.set_unusable_password()
    Account.objects.bulk_create(accounts)
    posts = [Appointment(account=account, unit=units[relation], role=role, since=date(2021, 1, 1))
             for account, (relation, role) in zip(accounts, names)]  # fmt: skip
    posts += [Appointment(account=account, unit=units["own"], role=role, since=date(2021, 1, 1), withdrawn_at=house.at)
              for account, (relation, role) in zip(accounts, names) if relation == "former"]  # fmt: skip
    Appointment.objects.bulk_create(posts)
    _local_rule(house)


def _local_rule(house: House) -> None:
    """The law is everybody's: a rule of the province stands for all to read, before the unit does anything."""
    LocalRule.objects.create(
        number="9999/UBND", signed_on=house.at.date(), signatory="Người Ký Mẫu", at=house.at,
        editions={"levels/notice_hours": {"since": "2019-01-01", "until": "2019-01-02", "value": 1}},
    )  # fmt: skip


@dataclass
class World:
    """The unit's things by name, for addresses and bodies."""

    things: dict[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Any:
        """`=text` stands for itself."""
        return name[1:] if name.startswith("=") else self.things[name]


def build_world(house: House) -> World:
    """One of everything in the unit."""
    unit = house.unit("ubnd", UNITS["own"])
    world = World({"unit": unit.pk, "below": house.unit("ubnd", UNITS["below"]).pk})
    _staff(house, unit.pk)
    _documents(house, world)
    _tasks(house, world)
    _draft(house, world)
    _failed(house, world)
    _accounts(house, world)
    _people(house, world)
    _cases(house, world)
    _contacts(house, world)
    _scenarios(house, world)
    world.things["local_rule"] = LocalRule.objects.get().pk
    row = Settlement.objects.filter(entry__unit_id=unit.pk).latest("pk")
    Settlement.objects.filter(pk=row.pk).update(state="dead", error=f"ValueError: {SECRET}")
    world.things["settlement"] = row.pk
    return world


def _staff(house: House, unit_id: int) -> None:
    by = house.machine().author
    for username, roles in ((OFFICER, ("officer",)), (STATION, ("epidemiologist",))):
        account = operations.open_account(username=username, display_name=f"{SECRET} Cán bộ", email="", by=by)
        for role in roles:
            operations.appoint(account_id=account.pk, unit_id=unit_id, role=role, since=date(2021, 1, 1), by=by)


def _document(house: House, number: str, period: str = "") -> Directive:
    desk, unit_id = house.desk(OFFICER), house.unit("ubnd", UNITS["own"]).pk
    text = f"Số: {number}/UBND\n{SECRET} về việc thử"
    row = receive.receive_text(desk, unit_id=unit_id, text=text, name=f"{SECRET}.txt")
    lead = ((unit_id, SECRET),)
    read = ReadDocument(
        number=number, symbol="UBND", kind="công văn", subject=f"{SECRET} trích yếu", year=2021, month=11, day=28,
        citations=((f"9/{SECRET}", "", "", True),),
        clauses=tuple(ReadClause(str(n), f"{SECRET} điều {n}", lead_units=lead, due=date(2021, 12, 3), period=each)
                      for n, each in enumerate(("", "", "weekly"), start=1)),
    )  # fmt: skip
    intake.keep_reading(directive_id=row.pk, read=read, by=desk.author)
    return row


def _documents(house: House, world: World) -> None:
    desk = house.desk(OFFICER)
    first, second = _document(house, "71"), _document(house, "72")
    for clause in Clause.objects.filter(directive=second):
        review.confirm_clause(desk, clause_id=clause.pk)
    review.confirm_directive(desk, directive_id=second.pk)
    Settlement.objects.filter(journey="read_directive").update(state="settled")
    house.settle()
    world.things |= {
        "read_directive": first.pk,
        "given_directive": second.pk,
        "clause": Clause.objects.filter(directive=first).order_by("order")[1].pk,
        "citation": Citation.objects.filter(directive=first).latest("pk").pk,
        "source_file": SourceFile.objects.filter(directive=first).latest("pk").pk,
        "given_clause": Clause.objects.filter(directive=second).order_by("order")[0].pk,
    }


def _tasks(house: House, world: World) -> None:
    desk = house.desk(OFFICER)
    one, two, three = Task.objects.filter(directive=world["given_directive"]).order_by("clause__order")
    work.start_task(desk, task_id=one.pk)
    extension = work.ask_extension(desk, task_id=one.pk, until=date(2021, 12, 9), reason=f"{SECRET} lý do")
    work.report_task(desk, task_id=two.pk, text=f"{SECRET} báo cáo", files=[Upload(f"{SECRET}.csv", b"a,b")])
    house.settle()
    world.things |= {
        "task": one.pk, "reported_task": two.pk, "periodic_task": three.pk, "extension": extension.pk,
        "evidence": Evidence.objects.filter(report__task=two).latest("pk").file_id,
    }  # fmt: skip


def _draft(house: House, world: World) -> None:
    row = drafting.draft_directive(
        house.desk(OFFICER), unit_id=world["unit"], kind="công văn", subject=f"{SECRET} dự thảo"
    )  # fmt: skip
    world.things["draft"] = row.pk


def _failed(house: House, world: World) -> None:
    try:
        receive.receive_directive(
            house.desk(OFFICER), unit_id=world["unit"], main=Upload(f"{SECRET}.pdf", b"%PDF-1.7 broken")
        )
    except Refused:
        world.things["failed_file"] = SourceFile.objects.get(role="failed").pk


def _accounts(house: House, world: World) -> None:
    member, by = Account.objects.get(username=OFFICER), house.desk(OFFICER).author
    operations.invite(account_id=member.pk, token="x" * 43, at=house.at)
    token = tokens.make_token(account_id=member.pk, token="cd_x", label=SECRET, days=9, may_write=True, by=by)
    message = Message.objects.filter(account=member).first()
    world.things |= {
        "member": member.pk, "appointment": member.appointments.get().pk, "invitation": "x" * 43, "token": token.pk,
        "message": message.pk if message else 0,
    }  # fmt: skip


def _people(house: House, world: World) -> None:
    desk = house.desk(STATION)
    home = Place.objects.get(code="01900", valid_from="2020-02-01").pk
    raw = {"birth": "1987", "sex": "Nam", "phone": "0912345678", "residence_id": home}
    made = []
    for name in (f"{SECRET} Văn An", f"{SECRET} Văn An", f"{SECRET} Thị Bình", f"{SECRET} Thị Bình"):
        person = people.register_person(desk, raw={**raw, "name": name}, sure=True).person
        assert person
        made.append(person)
    merge = people.merge_people(desk, kept=made[2].uid, gone=made[3].uid)
    likeness = Likeness.objects.filter(state="open").order_by("pk").first()
    world.things |= {"person": made[0].uid, "likeness": likeness.pk if likeness else 0, "merge": merge.pk}


def _cases(house: House, world: World) -> None:
    desk = house.desk(STATION)
    raw = {"name": f"{SECRET} Văn Ca", "birth": "1980", "residence_id": Place.objects.get(
        code="01900", valid_from="2020-02-01").pk}  # fmt: skip
    told = cases.Told(test="pcr", sampled_on=date(2021, 11, 27), code=SECRET)
    case = cases.report_case(desk, told=told, person=raw, sure=True).case
    assert case
    lines = f"Họ tên;Năm sinh\n{SECRET} Văn Một;1980\n".encode()
    listed = importing.receive_list(desk, name=f"{SECRET}.csv", data=lines)
    row = ImportRow.objects.get(import_of=listed)
    world.things |= {"case": case.pk, "import": listed.pk, "import_row": row.pk}


def _contacts(house: House, world: World) -> None:
    person = Person.objects.get(uid=world["person"])
    place = person.residence
    contact = Contact.objects.create(person=person, generation=1, state="to_reach", place=place, unit_id=world["unit"],
                                     found_at=house.at)  # fmt: skip
    Link.objects.create(contact=contact, case_id=world["case"], first_at=house.at, last_at=house.at, minutes=30)
    venue = Venue.objects.create(kind="class", name=f"{SECRET} lớp", search="x", place=place, created_at=house.at)
    Presence.objects.create(person=person, venue=venue, since=house.at, until=house.at, source="list",
                            recorded_at=house.at)  # fmt: skip
    world.things |= {"contact": contact.pk, "venue": venue.pk}


def _scenarios(house: House, world: World) -> None:
    desk = house.desk(OFFICER)
    values = {**template_values("cluster"), "name": f"{SECRET} kịch bản", "people": 1000, "days": 7}
    made = scenarios.keep_scenario(desk, unit_id=world["unit"], spec=spec_of(values), template="cluster")
    run = scenarios.ask_run(desk, scenario_id=made.pk, runs=2, seed=1)
    with TemporaryDirectory() as folder:
        scenarios.advance_next_run(house.machine(), keep_in=Path(folder), threads=1, due=lambda: False,
                                   stop=lambda number: lambda: False)  # fmt: skip
    new = NewResource(kind="meals", name=f"{SECRET} bếp", quantity=5)
    resource = scenarios_resources.register_resource(desk, unit_id=world["unit"], new=new)
    world.things |= {"scenario": made.pk, "run": run.pk, "resource": resource.pk}


class Crowd:
    """Signed-in clients by account, in the house's time; made when they are first needed."""

    def __init__(self, house: House) -> None:
        self.house, self.clients = house, {}  # type: ignore[var-annotated]

    def client(self, username: str) -> Client:
        if username not in self.clients:
            from tests.web.client import signed_in

            self.clients[username] = signed_in(self.house, username)
        return self.clients[username]


NOT_CONTENT = (  # sessions; and lists loaded before the tests, long to count, that no page writes
    "django_session", "axes_accessattempt", "axes_accesslog", "axes_accessfailurelog", "sqlite_sequence",
    "accounts_reach", "organisations_standing", "places_within", "places_border",
)  # fmt: skip


def fingerprint() -> tuple[Any, ...]:
    """How many rows each table has; a changed row of ours leaves one in the history, so the numbers say it all."""
    tables = [name for name in connection.introspection.table_names() if name not in NOT_CONTENT and "fts" not in name]
    parts = " UNION ALL ".join(f"SELECT '{name}' AS t, count(*) AS n FROM \"{name}\"" for name in sorted(tables))
    with connection.cursor() as cursor:
        cursor.execute(parts)
        return tuple(cursor.fetchall())


def in_house_time(house: House) -> Any:
    """The pages' clock stands still."""

    def still() -> datetime:
        return house.at

    return patch("chongdich.web.middleware.now", still)

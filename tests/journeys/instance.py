"""One instance of the house in a process of its own: `python -m tests.journeys.instance STEP …`, answers in JSON.

Its folder, its place on the exchange and the shared post come from the environment, as in life.
"""

import json
import os
import sys
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chongdich.config.settings.base")

AT = datetime(2021, 11, 29, 12, 0, tzinfo=UTC)
WARD_OFFICER = "ducxuan.vp"


def main() -> None:
    import django

    django.setup()
    step, *words = sys.argv[1:]
    print(json.dumps(STEPS[step](*words), ensure_ascii=False))


def build() -> None:
    """An empty house with the lists and the sample's posts."""
    from django.core.management import call_command

    from chongdich.config.first_start import load_lists
    from tests.journeys.house import House, build
    from tests.journeys.outgoing_desk import hire

    call_command("migrate", verbosity=0)
    load_lists()
    build(AT)
    hire(House(AT), WARD_OFFICER, "officer", House(AT).unit("ubnd", "01840"))


def house() -> Any:
    from tests.journeys.house import House

    return House(AT)


def issue(drafter: str, signer: str, clerk: str, unit: str, to: str, implements: str = "") -> dict[str, Any]:
    """Draft, sign, number and issue from one body to another (kind:place)."""
    from chongdich.application.journeys import drafting, issuing, signing
    from chongdich.domain.directives.models import Directive
    from chongdich.domain.directives.queries import find_clauses

    here = house()
    source = Directive.objects.filter(direction="in").order_by("pk").last() if implements else None
    made = drafting.draft_directive(
        here.desk(drafter), unit_id=here.unit(*unit.split(":")).pk, kind="công văn",
        subject="tăng cường phòng, chống dịch COVID-19", send_to=[here.unit(*to.split(":")).pk],
        implements_id=source.pk if source else None,
        clause_ids=[row.pk for row in find_clauses(source.pk)] if source else [],
    )  # fmt: skip
    if not source:
        made = _with_orders(here, drafter, made, to)
    drafting.submit_draft(here.desk(drafter), directive_id=made.pk)
    signing.sign_directive(here.desk(signer), directive_id=made.pk)
    issuing.issue_directive(here.desk(clerk), directive_id=made.pk)
    here.settle()
    return show()


def _with_orders(here: Any, drafter: str, made: Any, to: str) -> Any:
    from chongdich.application.journeys import drafting

    name = here.unit(*to.split(":")).name
    content = made.content
    content["document"]["body"] = [
        {"text": "Yêu cầu thực hiện các nội dung sau:"},
        {"text": f"{name} rà soát toàn bộ người trở về từ vùng dịch.", "level": "number"},
    ]
    content["document"]["recipients"] = content["document"]["recipients"][:1]
    return drafting.edit_draft(here.desk(drafter), directive_id=made.pk, content=content, version=made.version)


def turn(kill_at: str = "") -> dict[str, Any]:
    """What the clock does: take in what waits, settle what follows. `kill_at` names a port at which we die."""
    from chongdich.application.journeys.exchange import take_packets
    from chongdich.application.ports import ports

    if kill_at:
        setattr(ports, kill_at, lambda *_: os._exit(9))
    here = house()
    take_packets(here.machine())
    here.settle()
    return show()


def confirm(username: str, unit: str) -> dict[str, Any]:
    """The clerk gives every clause read to one unit, and confirms."""
    from chongdich.application.journeys import review
    from chongdich.domain.directives.models import Directive

    here = house()
    desk = here.desk(username)
    directive = Directive.objects.filter(direction="in", state="read").latest("pk")
    for clause in directive.clauses.all():
        review.set_clause_units(desk, clause_id=clause.pk, lead=[here.unit(*unit.split(":")).pk], coordinating=[])
        review.confirm_clause(desk, clause_id=clause.pk)
    review.confirm_directive(desk, directive_id=directive.pk)
    here.settle()
    return show()


def work_on(worker: str, judge: str) -> dict[str, Any]:
    """All open tasks are started, reported and accepted."""
    from chongdich.application.journeys import work
    from chongdich.domain.directives.models import Task

    here = house()
    for task in Task.objects.filter(state="received"):
        work.start_task(here.desk(worker), task_id=task.pk)
        here.settle()
        work.report_task(here.desk(worker), task_id=task.pk, text="Đã rà soát.")
        work.judge_report(here.desk(judge), task_id=task.pk, accept=True)
    here.settle()
    return show()


def recall(clerk: str, reason: str) -> dict[str, Any]:
    """Take the last issued document back."""
    from chongdich.application.journeys import issuing
    from chongdich.domain.directives.models import Directive

    here = house()
    last = Directive.objects.filter(direction="out", state="issued").latest("pk")
    issuing.recall_directive(here.desk(clerk), directive_id=last.pk, reason=reason)
    here.settle()
    return show()


def replace_last(drafter: str, signer: str, clerk: str) -> dict[str, Any]:
    """Issue another document in place of the last one."""
    from chongdich.application.journeys import drafting, issuing, signing
    from chongdich.domain.directives.models import Directive

    here = house()
    last = Directive.objects.filter(direction="out", state="issued").latest("pk")
    made = drafting.draft_replacement(here.desk(drafter), directive_id=last.pk)
    drafting.submit_draft(here.desk(drafter), directive_id=made.pk)
    signing.sign_directive(here.desk(signer), directive_id=made.pk)
    issuing.issue_directive(here.desk(clerk), directive_id=made.pk)
    here.settle()
    return show()


def refuse(clerk: str, reason: str) -> dict[str, Any]:
    """The last document received is not taken in."""
    from chongdich.application.journeys import issuing
    from chongdich.domain.directives.models import Directive

    here = house()
    last = Directive.objects.filter(direction="in").latest("pk")
    issuing.refuse_directive(here.desk(clerk), directive_id=last.pk, reason=reason)
    here.settle()
    return show()


def update() -> None:
    """Another maker's system sends new content for the last document issued: a packet of kind update."""
    from pathlib import Path

    from django.conf import settings

    from chongdich.application.journeys.issuing import sending_of
    from chongdich.config.exchange import Post
    from chongdich.domain.directives.models import Delivery
    from chongdich.integrations import edxml

    row = Delivery.objects.filter(channel="edxml").latest("pk")
    post = Post(Path(settings.EXCHANGE), settings.ORGAN_ID)
    partner = post.partner_of(row.unit)
    assert partner
    packet = post._packet(replace(sending_of(row.directive, partner), at=AT))
    post.folders.send(edxml.update(packet, reason="Sửa thời hạn", at=AT, changes_content=True), partner.organ_id)


def refer(group: str) -> dict[str, Any]:
    """The six cases of the demonstration; those who live at one place are handed over and the dispatch is issued."""
    from chongdich.application.journeys import issuing, referring, signing
    from chongdich.application.journeys.drafting import submit_draft
    from chongdich.application.lenses.contacts_elsewhere import groups_elsewhere
    from chongdich.domain.contacts.models import Contact
    from chongdich.universe.cluster import build_cluster
    from tests.journeys.outgoing_desk import hire

    here = house()
    desk = here.desk("cdc.dichte")
    build_cluster(desk, here.desk("phucloc.tyt"), here.settle)
    for username, role in (("cdc.giamdoc", "leader"), ("cdc.vanthu", "clerk")):
        hire(here, username, role, here.unit("cdc", "06"))
    found = next(one for one in groups_elsewhere(desk) if one.name == group)
    made = referring.refer_contacts(desk, group=found.key)
    submit_draft(desk, directive_id=made.pk)
    signing.sign_directive(here.desk("cdc.giamdoc"), directive_id=made.pk)
    issuing.issue_directive(here.desk("cdc.vanthu"), directive_id=made.pk)
    here.settle()
    rows = Contact.objects.filter(pk__in=found.contact_ids)
    return {"contacts": dict(rows.values_list("person__name", "state"))}


def take_list() -> dict[str, Any]:
    """Take in what waits; the list of the last document received becomes contacts."""
    from chongdich.application.journeys.exchange import take_packets
    from chongdich.application.journeys.receiving_contacts import take_list as take
    from chongdich.domain.contacts.models import Contact
    from chongdich.domain.directives.models import Directive

    here = house()
    take_packets(here.machine())
    here.settle()
    last = Directive.objects.filter(direction="in").latest("pk")
    take(here.desk("tp.chuyenvien"), directive_id=last.pk)
    again = take(here.desk("tp.chuyenvien"), directive_id=last.pk)
    rows = Contact.objects.all()
    return {"contacts": dict(rows.values_list("person__name", "state")), "again": len(again),
            "units": sorted(rows.values_list("unit__name", flat=True))}  # fmt: skip


def show() -> dict[str, Any]:
    """What is in the books."""
    from django.conf import settings

    from chongdich.application.ports import ports
    from chongdich.domain.directives.models import Delivery, Directive, Task
    from chongdich.registry.ledger.queries import find_ledger_breaks

    rows = Directive.objects.order_by("pk")
    state = ports.exchange_state()
    return {
        "me": settings.ORGAN_ID,
        "in": [[d.number, d.symbol, d.issuer_name, d.state, d.arrival_number] for d in rows.filter(direction="in")],
        "out": [[d.number, d.symbol, d.state] for d in rows.filter(direction="out")],
        "clauses": [clause for d in rows.filter(direction="in") for clause in d.clauses.values_list("text", flat=True)],
        "status": list(Delivery.objects.filter(channel="edxml").order_by("pk").values_list("status", flat=True)),
        "tasks": list(Task.objects.order_by("pk").values_list("state", flat=True)),
        "files": sorted({name for d in rows.filter(direction="in") for name in d.files.values_list("name", flat=True)}),
        "waiting": [*state.waiting_here, *state.waiting_to_go],
        "aside": [[one.name, one.reason] for one in state.aside],
        "breaks": len(list(find_ledger_breaks())),
    }


STEPS = {
    "build": build, "issue": issue, "turn": turn, "confirm": confirm, "work_on": work_on, "recall": recall,
    "replace": replace_last, "refuse": refuse, "update": update, "refer": refer, "take_list": take_list, "show": show,
}  # fmt: skip

if __name__ == "__main__":
    main()

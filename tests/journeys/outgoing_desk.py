"""What tests of documents going out share: a dispatch received and confirmed, a draft taken to a step."""

from chongdich.application.journeys import drafting, issuing, review, signing
from chongdich.domain.directives.models import Clause, Directive
from chongdich.domain.directives.operations import intake
from chongdich.domain.directives.operations.intake import ReadClause, ReadDocument
from chongdich.registry.accounts import operations
from chongdich.registry.ledger.models import Settlement
from chongdich.registry.organisations.models import Organisation
from tests.journeys.house import House

SIGNED_WORDS = "Rà soát toàn bộ người trở về từ vùng dịch; báo cáo trước ngày 05/12/2021."


def received(house: House, username: str = "tp.chuyenvien", kind: str = "ubnd", place: str = "058") -> Directive:
    """A dispatch of the province in the register of a body, with two clauses for it, confirmed."""
    office = house.desk(username)
    unit = house.unit(kind, place)
    directive = intake.receive(unit_id=unit.pk, text="…", files=[], arrived_on=office.today, by=office.author)
    clauses = (
        ReadClause("1", f"1. {SIGNED_WORDS}", lead_units=((unit.pk, unit.name),), area="tracing"),
        ReadClause(
            "2", "2. Lấy mẫu xét nghiệm\n- ưu tiên F1;\n- xong trong 24 giờ.", lead_units=((unit.pk, unit.name),)
        ),
    )
    read = ReadDocument(
        number="8005", symbol="UBND-VXNV", kind="công văn", subject="V/v tăng cường phòng, chống dịch COVID-19",
        issuer_name="Ủy ban nhân dân tỉnh Bắc Kạn", year=2021, month=11, day=29, clauses=clauses,
    )  # fmt: skip
    intake.keep_reading(directive_id=directive.pk, read=read, by=office.author)
    Settlement.objects.filter(journey="read_directive").update(state="settled")  # "…" is no document to read
    for clause in Clause.objects.filter(directive=directive):
        review.confirm_clause(office, clause_id=clause.pk)
    review.confirm_directive(office, directive_id=directive.pk)
    house.settle()
    return Directive.objects.get(pk=directive.pk)


def draft(house: House, *to: Organisation, kind: str = "công văn", **given: object) -> Directive:
    """A draft of the city."""
    return drafting.draft_directive(
        house.desk("tp.chuyenvien"),
        unit_id=house.unit("ubnd", "058").pk,
        kind=kind,
        subject="tăng cường phòng, chống dịch COVID-19 trên địa bàn",
        send_to=[unit.pk for unit in to],
        **given,  # type: ignore[arg-type]
    )


def signed(house: House, directive: Directive) -> Directive:
    """Submitted by its drafter and signed by the chairman of the city."""
    drafting.submit_draft(house.desk("tp.chuyenvien"), directive_id=directive.pk)
    signing.sign_directive(house.desk("tp.lanhdao"), directive_id=directive.pk)
    return Directive.objects.get(pk=directive.pk)


def issued(house: House, *to: Organisation, **given: object) -> Directive:
    """Drafted, signed, numbered, printed and delivered."""
    directive = signed(house, draft(house, *to, **given))  # type: ignore[arg-type]
    issuing.issue_directive(house.desk("tp.vanthu"), directive_id=directive.pk)
    house.settle()
    return Directive.objects.get(pk=directive.pk)


def hire(house: House, username: str, role: str, unit: Organisation) -> None:
    """One more account with a post."""
    machine = house.machine()
    account = operations.open_account(username=username, display_name="Nông Thị Mẫu", email="", by=machine.author)
    operations.appoint(account_id=account.pk, unit_id=unit.pk, role=role, since=machine.today, by=machine.author)

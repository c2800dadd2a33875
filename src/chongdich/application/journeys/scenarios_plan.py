"""The plan (“phương án”) that a run gives: as a document, as a draft to be signed, and gaps as duties of units."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from chongdich.application.desk import Desk
from chongdich.application.journeys.drafting import keep_first, own_body
from chongdich.application.lenses.scenarios import Readiness, answers_in, get_visible_run, place_names, see_readiness
from chongdich.application.outline import Outline, first_draft, signatory_of, symbol_for
from chongdich.core.errors import Conflict, NotFound, Refused
from chongdich.core.official_document import (
    CONG_VAN,
    KINDS,
    Align,
    Appendix,
    Block,
    Cell,
    Channel,
    Column,
    Level,
    OfficialDocument,
    Paragraph,
    PartialDate,
    Recipient,
    Table,
)
from chongdich.domain.directives.models import Directive
from chongdich.domain.scenarios.answering import wording
from chongdich.domain.scenarios.answering.wording import number
from chongdich.domain.scenarios.asking import kinds
from chongdich.domain.scenarios.asking.reading import spec_of
from chongdich.domain.scenarios.asking.shape import norm
from chongdich.domain.scenarios.models import Run
from chongdich.domain.scenarios.rules import Gap
from chongdich.registry.organisations.models import Organisation
from chongdich.registry.organisations.queries import find_superior_name, get_body, get_organisation_by_id
from chongdich.registry.places.queries import get_place

TOLD_BY_PLACE = ("quarantine_places", "beds_mild", "tracers", "samplers", "care_staff", "quarantine_staff", "meals")
MOST_COMMUNES = 30
_CARRY_OUT = (
    "Các cơ quan, đơn vị, địa phương chuẩn bị phần còn thiếu nêu tại Phụ lục; báo cáo khi nguồn lực thay đổi để "
    "tính lại phương án."
)


def make_plan(desk: Desk, *, run_id: int, policy: int = 0, unit_id: int | None = None) -> OfficialDocument:
    """The plan of one policy as an official document: needs by phase and by place, the four on-the-spot columns."""
    desk.require("scenarios.read")
    run = get_visible_run(desk, run_id)
    body = get_organisation_by_id(unit_id or run.scenario.unit_id)
    ready = see_readiness(desk, run, policy)
    return OfficialDocument(
        issuing_body=body.name,
        superior_body="" if body.kind == "ubnd" else find_superior_name(body, desk.today),
        symbol=symbol_for(KINDS["PA"], body, ""),
        place=body.place.name,
        date=PartialDate(desk.today.year, desk.today.month),
        kind=KINDS["PA"],
        abstract=f"phòng, chống dịch theo phương châm “4 tại chỗ” với tình huống: {run.scenario.name}",
        body=_body(desk, body, ready),
        recipients=(Recipient("Các cơ quan, đơn vị nêu tại phần III", "t/h", Channel.ELECTRONIC),),
        archive="VT",
        signatory=signatory_of(body),
        appendices=_appendices(run, ready),
        draft=True,
    )


def draft_plan(desk: Desk, *, run_id: int, policy: int = 0, unit_id: int) -> Directive:
    """The plan becomes a draft of the body, to be corrected, signed and issued like any document."""
    desk.require("directives.draft", unit=unit_id)
    own_body(desk.actor, "directives.draft", unit_id)
    document = make_plan(desk, run_id=run_id, policy=policy, unit_id=unit_id)
    return keep_first(desk, get_organisation_by_id(unit_id), document)


def draft_gaps(
    desk: Desk, *, run_id: int, policy: int = 0, unit_id: int, chosen: Sequence[tuple[str, str]], due: date
) -> Directive:
    """A công văn in which each chosen gap (kind, place) is a duty of one unit with a deadline.

    Issued, its clauses become tasks of these units by the way every document goes. Refused when nothing is lacking.
    """
    desk.require("directives.draft", unit=unit_id)
    own_body(desk.actor, "directives.draft", unit_id)
    if due < desk.today:
        raise Refused("Hạn hoàn thành phải từ hôm nay trở đi.", "due")
    run = get_visible_run(desk, run_id)
    ready = see_readiness(desk, run, policy)
    gaps = [gap for gap in ready.lacking if (gap.kind, gap.place) in set(chosen)]
    if not gaps:
        raise Refused("Chọn ít nhất một phần còn thiếu.", "gaps")
    body = get_organisation_by_id(unit_id)
    told = [(responsible_for(gap, body, desk.today), gap) for gap in gaps]
    names = tuple(dict.fromkeys(unit.name for unit, _ in told))
    about = f"bổ sung nguồn lực bảo đảm tình huống “{run.scenario.name}”"
    first = first_draft(body, Outline(CONG_VAN, about, None, (), names, "VP"), desk.today)
    return keep_first(desk, body, replace(first, body=tuple(_duties(body, run, told, due))))


def responsible_for(gap: Gap, body: Organisation, on: date) -> Organisation:
    """Whose duty a gap is: the district's committee; the department of health for what serves the whole province."""
    if gap.place:
        return get_body("ubnd", get_place(gap.place, on), on)
    province = body.place if body.place.level == 1 else get_place("06", on)
    try:
        return get_body("so_y_te", province, on)
    except NotFound as error:
        raise Conflict("Chưa có Sở Y tế trong danh mục đơn vị của ngày này.") from error


def _duties(body: Organisation, run: Run, told: Sequence[tuple[Organisation, Gap]], due: date) -> list[Paragraph]:
    opening = (
        f"Theo kết quả tính kịch bản “{run.scenario.name}” (ngày bắt đầu {run.day:%d/%m/%Y}, {run.done} lần chạy), "
        f"để chủ động theo phương châm “4 tại chỗ”, {body.name} yêu cầu:"
    )
    return [Paragraph(opening), *(Paragraph(duty_words(unit, gap, due), Level.NUMBER) for unit, gap in told)]


def duty_words(unit: Organisation, gap: Gap, due: date) -> str:
    """One gap as an instruction that says who, what, how many and until when."""
    kind = kinds.KINDS[gap.kind]
    what = kind.label[0].lower() + kind.label[1:]
    return (
        f"{unit.name} chuẩn bị thêm {number(gap.lacking)} {kind.unit} ({what}; nhu cầu {number(gap.wanted)}, hiện có "
        f"{number(gap.there)}), hoàn thành trước ngày {due:%d/%m/%Y}."
    )


def _body(desk: Desk, body: Organisation, ready: Readiness) -> tuple[Block, ...]:
    run, policy = ready.run, ready.policy
    answers = answers_in(run)
    return (
        Paragraph("TÌNH HUỐNG", Level.ROMAN, heading=True),
        Paragraph(_situation(run)),
        Paragraph(f"Phương án ứng phó được tính: {policy['name']}."),
        Paragraph("NHU CẦU THEO GIAI ĐOẠN", Level.ROMAN, heading=True),
        *(Paragraph(text, Level.DASH) for text in _forecast(run, policy)),
        Paragraph("Nhu cầu ở mức 95 % số lần chạy không vượt quá:"),
        _phase_table(policy),
        *(Paragraph(text, Level.DASH) for text in _shortages(run, policy)),
        Paragraph("BỐN TẠI CHỖ", Level.ROMAN, heading=True),
        Paragraph("Chỉ huy, lực lượng, phương tiện, hậu cần của từng địa bàn ở mức 95 %:"),
        _four_columns(desk, body, ready),
        Paragraph("TỔ CHỨC THỰC HIỆN", Level.ROMAN, heading=True),
        Paragraph(_CARRY_OUT),
        Paragraph(_honest(run, answers)),
    )  # fmt: skip


def _situation(run: Run) -> str:
    spec = spec_of(run.spec)
    note = f" {spec.note.strip()}" if spec.note.strip() else ""
    return f"{run.scenario.name}, tính từ ngày {run.day:%d/%m/%Y} trong {spec.days} ngày.{note}"


def _forecast(run: Run, policy: dict[str, Any]) -> list[str]:
    low, _, middle, _, high = policy["totals"]["detected"]
    told = [
        f"Tổng số ca phát hiện: trung vị {number(middle)}; 90 % số lần chạy nằm trong khoảng từ {number(low)} đến "
        f"{number(high)}."
    ]
    labels = wording.FIGURE_LABELS
    for name in ("detected", "in_central", "in_severe"):
        told.append(f"{labels[name]}: {wording.said(wording.fan_sentence(policy['fans'][name], run.day))}")
    return told


def _shortages(run: Run, policy: dict[str, Any]) -> list[str]:
    return [
        f"{kind.label}: {wording.said(wording.need_sentence(name, policy['needs'][name], run.done, run.day))}"
        for name, kind in kinds.KINDS.items()
        if (policy["needs"][name]["shortage"] or {}).get("probability")
    ]


def _phase_table(policy: dict[str, Any]) -> Table:
    phases = policy["phases"]
    columns = (
        Column("Nguồn lực", 3),
        *(Column(phase["name"], 1.6, Align.RIGHT) for phase in phases),
        Column("Hiện có", 1.1, Align.RIGHT),
    )
    rows = []
    for name, kind in kinds.KINDS.items():
        needs = [number(wording.up(phase["needs"][name][1])) for phase in phases]
        there = policy["needs"][name]["there"]
        rows.append((f"{kind.label} ({kind.unit})", *needs, "chưa biết" if there is None else number(there)))
    return Table(columns, tuple(rows))


def _four_columns(desk: Desk, body: Organisation, ready: Readiness) -> Table:
    columns = (Column("Địa bàn", 1.3), *(Column(label, 2) for label in kinds.COLUMNS.values()))
    districts = list(dict.fromkeys(answers_in(ready.run)["districts"]))
    rows = [_place_row(desk, code, place, ready) for place, code in enumerate(districts)]
    return Table(columns, (*rows, _province_row(body, ready)))


def _place_row(desk: Desk, code: str, place: int, ready: Readiness) -> tuple[Cell, ...]:
    needs = {kind: rows[place][1] for kind, rows in ready.policy["places"]["districts"].items()}
    said = {column: _needs_words(needs, column, local=True) for column in kinds.COLUMNS}
    return (ready.names.get(code, code), _command(desk, code), *(said[c] for c in ("forces", "means", "logistics")))


def _command(desk: Desk, code: str) -> str:
    """The steering committee of a place; where none is recorded its people's committee."""
    place = get_place(code, desk.today)
    for kind in ("bcd", "ubnd"):
        try:
            return get_body(kind, place, desk.today).name
        except NotFound:
            continue
    return "chưa có trong danh mục đơn vị"


def _province_row(body: Organisation, ready: Readiness) -> tuple[Cell, ...]:
    needs = {name: need["peak"][4] for name, need in ready.policy["needs"].items()}
    said = {column: _needs_words(needs, column, local=False) for column in kinds.COLUMNS}
    return ("Cấp tỉnh", body.name, *(said[column] or "–" for column in ("forces", "means", "logistics")))


def _needs_words(needs: dict[str, float], column: str, *, local: bool) -> str:
    told = [
        f"{kind.label}: {number(wording.up(needs[name]))} {kind.unit}"
        for name, kind in kinds.KINDS.items()
        if kind.column == column and kind.local == local and needs[name] > 0
    ]
    return "; ".join(told) or "chưa cần thêm"


def _appendices(run: Run, ready: Readiness) -> tuple[Appendix, ...]:
    return (
        Appendix("Nhu cầu theo xã, phường, thị trấn", (_commune_table(run, ready.policy),), landscape=True),
        Appendix("Nguồn lực còn thiếu so với đăng ký", (_gap_table(ready),)),
        Appendix("Giả định và định mức đã dùng", _assumptions(run)),
    )


def _commune_table(run: Run, policy: dict[str, Any]) -> Table:
    needs = policy["places"]["communes"]
    codes = answers_in(run)["communes"]
    order = sorted(range(len(codes)), key=lambda at: -needs["quarantine_places"][at][1] - needs["beds_mild"][at][1])
    names = place_names(run, [codes[at] for at in order[:MOST_COMMUNES]])
    columns = (Column("Địa bàn", 2), *(Column(kinds.KINDS[kind].label, 1.2, Align.RIGHT) for kind in TOLD_BY_PLACE))
    rows = tuple(
        (names.get(codes[at], codes[at]), *(number(wording.up(needs[kind][at][1])) for kind in TOLD_BY_PLACE))
        for at in order[:MOST_COMMUNES]
    )
    return Table(columns, rows, caption=f"{len(rows)} địa bàn có nhu cầu cao nhất, mức 95 %")


def _gap_table(ready: Readiness) -> Table:
    columns = (
        Column("Địa bàn", 1.5), Column("Nguồn lực", 2.5), Column("Cần", 1, Align.RIGHT),
        Column("Đã đăng ký", 1, Align.RIGHT), Column("Còn thiếu", 1, Align.RIGHT),
    )  # fmt: skip
    rows = tuple(
        (ready.names.get(gap.place, gap.place) or "Cấp tỉnh", kinds.KINDS[gap.kind].label, number(gap.wanted),
         number(gap.there), number(gap.lacking))
        for gap in sorted(ready.lacking, key=lambda gap: (gap.place, gap.kind))
    )  # fmt: skip
    return Table(columns, rows or (("–", "Không thiếu nguồn lực nào", "0", "0", "0"),))


def _assumptions(run: Run) -> tuple[Block, ...]:
    spec = spec_of(run.spec)
    columns = (Column("Định mức", 3), Column("Giá trị", 1, Align.RIGHT), Column("Đơn vị", 1.4), Column("Căn cứ", 2.4))
    rows = []
    for name, one in kinds.NORMS.items():
        own = name in spec.norms
        basis = "do người lập kịch bản đặt" if own else one.note
        rows.append((one.label, number(norm(spec, name)), one.unit, f"{basis} (chưa xác minh)"))
    told = "Các định mức dưới đây và mức giảm tiếp xúc của từng biện pháp là giả định, chưa được xác minh bằng văn bản."
    return (Paragraph(told), Table(columns, tuple(rows)))


def _honest(run: Run, answers: dict[str, Any]) -> str:
    return (
        f"Số liệu tính bằng mô phỏng trên dân số tổng hợp ({run.done} lần chạy mỗi phương án, hạt giống {run.seed}, "
        f"dân số {run.population or answers['population']}, phiên bản {run.program or 'chưa ghi'}); là khoảng có thể "
        "xảy ra theo các giả định đã nêu, không phải dự báo chắc chắn."
    )

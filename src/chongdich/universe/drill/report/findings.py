"""The whole after-action report of a drill, from its town, its true outbreak and the house's own tables."""

from chongdich.universe.drill import notebook
from chongdich.universe.drill.outbreak import Infection
from chongdich.universe.drill.recognising import recognise
from chongdich.universe.drill.report.bodies import duties_of, units_of
from chongdich.universe.drill.report.compare import FRESH, Comparison
from chongdich.universe.drill.report.figures import Findings, Missed
from chongdich.universe.drill.report.shares import contacts_traced, data_quality, people_found
from chongdich.universe.drill.report.times import clocks_of, delays_of
from chongdich.universe.drill.stage import Stage


def findings_of(stage: Stage) -> Findings:
    """What there is to say of a drill as it stands."""
    recognise(stage, again=True)
    one = Comparison(stage)
    return Findings(
        options=stage.options.as_json(), since=stage.options.start, until=stage.today,
        finished=notebook.next_waiting(stage.end) is None, people=people_found(one), tracing=contacts_traced(one),
        delays=delays_of(one), clocks=clocks_of(one), units=units_of(one), duties=duties_of(stage),
        quality=data_quality(one),
        missed=[_missed(one, infection) for infection in one.infections if infection not in one.found],
    )  # fmt: skip


def _missed(one: Comparison, infection: Infection) -> Missed:
    true, stage = one.stage.town.identity(infection.person), one.stage
    onset = stage.date_of(infection.onset) if infection.onset is not None else None
    name = stage.names[stage.town.commune(infection.person)]
    return Missed(true.name, name, stage.date_of(infection.day), onset, _reason(one, infection))


def _reason(one: Comparison, infection: Infection) -> str:
    seen = one.of(infection.person)
    if seen.positive:
        return "có kết quả dương tính nhưng chưa thành ca bệnh"
    if seen.results:
        return "đã xét nghiệm, kết quả âm tính"
    if infection.day + FRESH >= one.stage.truth.lived:
        return "mới nhiễm"
    if infection.onset is None:
        return "không triệu chứng, không được xét nghiệm"
    return "có triệu chứng, chưa xét nghiệm hoặc chưa có kết quả"

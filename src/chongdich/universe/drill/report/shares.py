"""Who was found, whose contacts were traced, how good the written data are: shares of what is true."""

from datetime import datetime

from chongdich.registry.ledger.models import Settlement
from chongdich.registry.people.models import Person
from chongdich.universe.drill import notebook
from chongdich.universe.drill.outbreak import Infection
from chongdich.universe.drill.report.compare import Comparison, duplicates
from chongdich.universe.drill.report.figures import Share


def people_found(one: Comparison) -> list[Share]:
    """Infections that are known as cases, and how."""
    ripe = one.ripe
    symptoms = [infection for infection in ripe if infection.onset is not None and infection.onset < one.stage.day]
    sources = [infection for infection in one.found if infection.source >= 0]
    listed = [
        i for i in one.found if (contact := one.of(i.person).first_contact) and _before_case(one, i, contact.found_at)
    ]
    return [
        Share("Người nhiễm được phát hiện", len(one.found), len(one.infections)),
        Share("… trong số nhiễm trước đó hơn 5 ngày", _found(one, ripe), len(ripe)),
        Share("… trong số đó, người có triệu chứng", _found(one, symptoms), len(symptoms)),
        Share("Ca có nguồn lây trong cuộc diễn tập đã được phát hiện", _source_found(one, sources), len(sources)),
        Share("Ca đã là người tiếp xúc trong danh sách khi phát hiện", len(listed), len(one.found)),
    ]


def _was_listed(one: Comparison, infection: Infection) -> bool:
    contact = one.of(infection.person).first_contact
    return contact is not None and _before_case(one, infection, contact.found_at)


def _before_case(one: Comparison, infection: Infection, at: datetime) -> bool:
    case = one.of(infection.person).case
    return case is not None and at < case.created_at


def _found(one: Comparison, among: list[Infection]) -> int:
    return sum(1 for infection in among if one.of(infection.person).case)


def _source_found(one: Comparison, among: list[Infection]) -> int:
    return sum(1 for infection in among if one.of(infection.source).case)


def contacts_traced(one: Comparison) -> list[Share]:
    """True meetings of found patients, as far as the house knows of them: the sensitivity of tracing."""
    everybody = one.all_pairs
    recorded = one.pairs(one.recorded)
    reached = {pair for pair in recorded if any(c.reached_at for c in one.of(pair[1]).contacts)}
    held = {pair for pair in recorded if any(c.quarantined_at for c in one.of(pair[1]).contacts)}
    infected = {(i.source, i.person) for i in one.infected_by_found()}
    claimed = sum(len(others) for person, others in one.recorded.items() if person in one.true_contacts)
    return [
        Share("Người tiếp xúc thật được nêu trong điều tra dịch tễ", len(one.pairs(one.named)), len(everybody)),
        Share("Người tiếp xúc thật có trong danh sách F1", len(recorded), len(everybody)),
        Share("… đã liên hệ được", len(reached), len(everybody)),
        Share("… đã cách ly", len(held), len(everybody)),
        Share("Người bị ca đã biết lây, có trong danh sách F1 của ca đó", len(infected & recorded), len(infected)),
        Share("Người trong danh sách F1 thật sự đã gặp ca bệnh", len(recorded), claimed),
    ]


def data_quality(one: Comparison) -> list[Share]:
    """What is wrong or lacking in what was written."""
    rows = [row for seen in one.seen.values() for row in seen.rows]
    merged = set(Person.objects.exclude(merged_into=None).values_list("pk", flat=True))
    counted = duplicates(one.seen, merged)
    people = Person.objects.filter(pk__in=rows, merged_into=None)
    homes = {place.pk: number for number, place in enumerate(one.stage.places)}
    truth = notebook.known()
    wrong = [p for p in people if homes.get(p.residence_id or 0) != one.stage.town.commune(truth[p.pk])]
    dead = Settlement.objects.filter(state=Settlement.State.DEAD).count()
    return [
        Share("Hồ sơ trùng đã gộp", counted["merged"], counted["extra"]),
        Share("Hồ sơ ghi sai hoặc thiếu xã", len(wrong), len(people)),
        Share("Hồ sơ không có số điện thoại", people.filter(phones=None).count(), len(people)),
        Share("Việc tự động dừng vì lỗi", dead, Settlement.objects.count()),
    ]

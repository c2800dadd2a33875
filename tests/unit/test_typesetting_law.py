"""Our sizes, lengths and codes held against the law's tables."""

from datetime import date
from typing import Any

import pytest

from chongdich.core.official_document import CONG_VAN, KINDS
from chongdich.integrations.edxml import BusinessKind, Priority, ReceiverChange, StatusCode, Steering
from chongdich.integrations.edxml.codes import INFERRED_TYPES, TYPE_CODES
from chongdich.integrations.edxml.packets import LONGEST_ORGAN_ID
from chongdich.integrations.edxml.write import NAMESPACE
from chongdich.integrations.typesetting import decree30
from chongdich.integrations.typesetting.measure import longest
from chongdich.integrations.typesetting.plan import lay_out
from chongdich.regulations import Law
from tests.unit.typesetting_samples import DECISION, LETTER, PLAN

LAW = Law.load()
TODAY = date(2026, 11, 1)
COMPONENTS = {
    "national_name": ("nation",),
    "motto": ("motto",),
    "superior_body": ("superior",),
    "issuing_body": ("issuing",),
    "number": ("number",),
    "place_and_date": ("place",),
    "kind_name": ("kind",),
    "abstract": ("abstract",),
    "letter_abstract": ("subject",),
    "body": ("body", "cell"),
    "part_title": ("heading",),
    "signer_title": ("authority",),
    "signer_name": ("signer",),
    "addressees": ("addressee",),
    "recipients_word": ("recipients",),
    "recipients_list": ("recipient",),
    "secrecy_stamp": ("stamp",),
    "urgency_stamp": ("stamp",),
    "circulation_note": ("stamp",),
    "drafter_mark": ("drafter",),
    "contact_line": ("contact",),
}


def _law(name: str, **given: Any) -> Any:
    return LAW.value(f"documents/{name}", on=TODAY, **given)


@pytest.mark.parametrize(
    ("component", "name"), [(component, name) for component, names in COMPONENTS.items() for name in names]
)
def test_every_part_has_a_size_and_cut_the_decree_allows(component: str, name: str) -> None:
    style = decree30.STYLES[name]
    assert _law("layout.least_size", component=component) <= style.size <= _law("layout.most_size", component=component)
    assert style.bold is (_law("layout.weight", component=component) == "bold")
    assert style.italic is (_law("layout.slant", component=component) == "italic")


def test_every_part_the_decree_names_is_drawn() -> None:
    drawn_elsewhere = {"copy_signature"}
    assert set(LAW.inputs("common/documents/layout")["component"].choices) == set(COMPONENTS) | drawn_elsewhere


def test_the_page_is_the_decrees() -> None:
    assert (_law("page.width_mm"), _law("page.height_mm")) == decree30.PAGE
    for side, ours in (
        ("top", decree30.TOP),
        ("bottom", decree30.BOTTOM),
        ("left", decree30.LEFT),
        ("right", decree30.RIGHT),
    ):
        least, most = _law(f"page.{side}_mm")
        assert least <= ours <= most
    least, most = _law("page.page_number_size")
    assert least <= decree30.STYLES["page"].size <= most


def test_paragraphs_are_the_decrees() -> None:
    least, most = _law("paragraphs.first_line_cm")
    assert least <= decree30.FIRST_LINE / 10 <= most
    assert _law("paragraphs.least_spacing_pt") <= decree30.PARAGRAPH_GAP


@pytest.mark.parametrize("document", [LETTER, PLAN, DECISION])
def test_rules_are_as_long_as_the_decree_says(document: Any) -> None:
    plan = lay_out(document)
    assert _law("layout.rule_below", component="issuing_body") == "third_to_half"
    assert 1 / 3 <= plan.issuing_rule / longest(plan.issuing, "issuing") <= 1 / 2
    assert _law("layout.rule_below", component="motto") == "full"
    assert plan.motto_rule == longest((decree30.MOTTO,), "motto")


@pytest.mark.parametrize("urgency", ["urgent", "very_urgent", "express"])
def test_urgency_stamps_have_their_size(urgency: str) -> None:
    text = _law("urgency_stamps.text", urgency=urgency)
    assert decree30.STAMP_WIDTHS[text] == _law("urgency_stamps.width_mm", urgency=urgency)
    assert _law("urgency_stamps.height_mm", urgency=urgency) == decree30.STAMP_HEIGHT


def test_the_types_of_documents_and_their_codes_are_the_decrees() -> None:
    kinds = LAW.inputs("common/documents/kinds")["kind"].choices
    ours = {kind.name.lower(): kind.code for kind in (*KINDS.values(), CONG_VAN)} | {"thư công": ""}
    assert ours == {_law("kinds.name", kind=kind): _law("kinds.abbreviation", kind=kind) for kind in kinds}


def test_codes_in_packets_are_the_standards() -> None:
    for table, given, ours in (
        ("edxml_priority", "urgency", Priority),
        ("edxml_business", "business", BusinessKind),
        ("edxml_steering", "steering", Steering),
        ("edxml_receiver", "change", ReceiverChange),
    ):
        (name, choices) = next(iter(LAW.inputs(f"common/documents/{table}").items()))
        codes = {int(_law(f"{table}.code", **{name: choice})) for choice in choices.choices}
        assert codes == {int(code) for code in ours} - ({0} if ours is Steering else set()), (table, given)


def test_status_codes_are_the_standards() -> None:
    statuses = LAW.inputs("common/documents/edxml_status")["status"].choices
    assert [_law("edxml_status.code", status=status) for status in statuses] == [status.code for status in StatusCode]


def test_type_codes_agree_where_the_standard_is_known() -> None:
    known = LAW.inputs("common/documents/edxml_kind")["kind"].choices
    codes = {label.lower(): int(_law("edxml_kind.code", kind=kind)) for kind, label in known.items()}
    ours = {name.lower(): code for name, code in TYPE_CODES.items() if code not in INFERRED_TYPES}
    assert ours == codes


def test_the_namespace_and_the_length_of_codes_are_the_standards() -> None:
    assert _law("edxml_namespace") == NAMESPACE
    assert _law("edxml_organ_id.most_characters") == LONGEST_ORGAN_ID

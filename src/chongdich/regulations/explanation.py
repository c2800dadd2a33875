"""A decision told in Vietnamese: what was decided, by which clause, because of what, resting on what else."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from chongdich.regulations import wording
from chongdich.regulations.decision import Decision

KINDS = {
    "province": "quy định của địa phương, áp dụng trước quy định chung",
    "what_if": "GIẢ ĐỊNH để tính kịch bản, không có hiệu lực pháp lý",
}


@dataclass(frozen=True, slots=True)
class Explanation:
    """One node of the tree. Every part is ready for a screen; `row` names the row for ever."""

    title: str
    answers: tuple[tuple[str, str], ...]
    basis: str
    reasons: tuple[str, ...]
    assumed: tuple[str, ...]
    warnings: tuple[str, ...]
    notes: tuple[str, ...]
    row: str
    verified: bool
    because: tuple["Explanation", ...]

    def lines(self, depth: int = 0) -> Iterator[str]:
        """Indented lines, two blanks a level."""
        indent = "  " * depth
        yield f"{indent}{self.title}"
        for words in self._body():
            yield f"{indent}  {words}"
        for one in self.because:
            yield from one.lines(depth + 1)

    def text(self) -> str:
        """The whole tree as text, for a screen, a decision's annex or an answer to a complaint."""
        return "\n".join(self.lines())

    def _body(self) -> Iterator[str]:
        yield from (f"• {label}: {said}" for label, said in self.answers)
        yield from (f"⚠ {words}" for words in self.warnings)
        if self.basis:
            yield f"Căn cứ: {self.basis}"
        if self.reasons:
            yield f"Vì: {'; '.join(self.reasons)}"
        if self.assumed:
            yield f"Coi như (không được cung cấp): {'; '.join(self.assumed)}"
        yield from (f"Ghi chú: {words}" for words in self.notes)


def explain(decision: Decision | Mapping[str, Any]) -> Explanation:
    """The explanation of a decision, or of the record kept of one."""
    record = decision.record() if isinstance(decision, Decision) else decision
    basis = record["basis"]
    return Explanation(
        title=f"{record['label']} — ngày {wording.day(record['on'])}",
        answers=tuple((label, said) for label, said in record["answers"]),
        basis=_basis(basis, record["row"]) if basis else "",
        reasons=tuple(record["because_of"]),
        assumed=tuple(record["assumed"]),
        warnings=tuple(_warnings(record)),
        notes=tuple(record["notes"]),
        row=record["row"],
        verified=record["verified"],
        because=tuple(explain(one) for one in record["because"]),
    )


def _basis(basis: Mapping[str, Any], row: str) -> str:
    parts = [basis["document"] or wording.NO_NUMBER]
    if basis["signed_on"]:
        parts[0] += f" ngày {wording.day(basis['signed_on'])}"
    if basis["issuer"]:
        parts[0] += f" của {basis['issuer']}"
    if basis["signatory"]:
        parts.append(f"người ký: {basis['signatory']}")
    if basis["clause"]:
        parts.append(basis["clause"])
    return f"{', '.join(parts)}; áp dụng từ {wording.day(basis['since'])} [{row}]"


def _warnings(record: Mapping[str, Any]) -> Iterator[str]:
    if record["kind"] in KINDS:
        yield KINDS[record["kind"]]
    if record["gap"]:
        yield record["gap"]
    if record["outdated"]:
        yield "Tạm dùng quy định được ghi nhận gần nhất; phải có người kiểm tra trước khi áp dụng."
    if record["basis"] and record["outcome"] is not None and not record["basis"]["verified"]:
        yield f"Số liệu này {wording.UNVERIFIED} với văn bản gốc."

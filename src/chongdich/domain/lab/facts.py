"""What the laboratory room announces."""

from dataclasses import dataclass
from datetime import date

from chongdich.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ResultRecorded(Fact):
    """One result. Positive ones lead to a case, negative ones to a review of quarantine."""

    label = "Ghi kết quả xét nghiệm"
    result_id: int
    person_id: int
    positive: bool
    sampled_on: date


@dataclass(frozen=True, kw_only=True)
class ResultCorrected(Fact):
    label = "Đính chính kết quả xét nghiệm"
    result_id: int
    supersedes_id: int
    person_id: int
    positive: bool
    sampled_on: date

"""What the registry of local rules announces."""

from dataclasses import dataclass
from datetime import date

from chongdich.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class LocalRuleRecorded(Fact):
    """A rule of the province applies from a day on: what was decided from that day on is looked at again."""

    label = "Ghi quy định của địa phương"
    rule_id: int
    since: date


@dataclass(frozen=True, kw_only=True)
class LocalRuleWithdrawn(Fact):
    label = "Bỏ quy định của địa phương"
    rule_id: int
    since: date

"""What the scenarios room announces."""

from dataclasses import dataclass

from chongdich.core.facts import Fact


@dataclass(frozen=True, kw_only=True)
class ScenarioKept(Fact):
    """A scenario was written, or written anew."""

    label = "Lưu kịch bản"
    scenario_id: int
    unit_id: int


@dataclass(frozen=True, kw_only=True)
class RunAsked(Fact):
    """Somebody wants a scenario run; the worker does it in the background."""

    label = "Yêu cầu chạy kịch bản"
    scenario_id: int
    run_id: int


@dataclass(frozen=True, kw_only=True)
class RunFinished(Fact):
    label = "Chạy xong kịch bản"
    scenario_id: int
    run_id: int


@dataclass(frozen=True, kw_only=True)
class RunCancelled(Fact):
    label = "Dừng chạy kịch bản"
    scenario_id: int
    run_id: int


@dataclass(frozen=True, kw_only=True)
class ResourcesChanged(Fact):
    """Registered resources were added, set right or taken away."""

    label = "Cập nhật nguồn lực"
    resource_ids: tuple[int, ...]
    unit_id: int

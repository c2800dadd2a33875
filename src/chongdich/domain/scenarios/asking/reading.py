"""A scenario file becomes a checked scenario, or is refused with the parameter's name and its allowed range."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from pydantic import ValidationError

from chongdich.core.errors import NotFound, Refused
from chongdich.domain.scenarios.asking.kinds import KINDS, NORMS, ROOM
from chongdich.domain.scenarios.asking.shape import Spec

LARGEST = 200_000  # characters
TEMPLATES = (
    "one_imported", "community_unknown", "cluster", "wave_20", "wave_50", "wave_100", "wave_500", "wave_1000",
    "market", "factory", "school", "tet",
)  # fmt: skip


def read_spec(text: str) -> Spec:
    """A scenario from YAML. Raises Refused; `where` is the parameter as the file names it."""
    if len(text) > LARGEST:
        raise Refused(f"Tệp kịch bản dài quá {LARGEST} ký tự.", "scenario", "too_large")
    try:
        raw = yaml.safe_load(text)
    except (yaml.YAMLError, RecursionError) as error:
        line = getattr(getattr(error, "problem_mark", None), "line", None)
        at = f" (dòng {line + 1})" if line is not None else ""
        raise Refused(f"Tệp kịch bản không phải YAML đúng dạng{at}.", "scenario", "not_yaml") from error
    if not isinstance(raw, dict):
        raise Refused("Tệp kịch bản phải là các dòng “tên: giá trị”.", "scenario", "not_yaml")
    return spec_of(raw)


def spec_of(raw: dict[str, Any]) -> Spec:
    """A scenario from plain values (a file's, a form's, or as kept)."""
    try:
        spec = Spec.model_validate(_with_base(raw))
    except ValidationError as error:
        raise _refusal(error) from error
    _check_together(spec)
    return spec


def template_text(name: str) -> str:
    """The file of a template. NotFound names those there are."""
    if name not in TEMPLATES:
        raise NotFound(f"Không có mẫu “{name}”; chọn một trong: {', '.join(TEMPLATES)}.", "template")
    return files("chongdich.domain.scenarios.templates").joinpath(f"{name}.yaml").read_text(encoding="utf-8")


def template_values(name: str) -> dict[str, Any]:
    """A template as plain values, with what its base says."""
    return _with_base(yaml.safe_load(template_text(name)))


def _with_base(raw: dict[str, Any]) -> dict[str, Any]:
    """What a file leaves out comes from the template it is based on."""
    if "based_on" not in raw:
        return raw
    own = {key: value for key, value in raw.items() if key != "based_on"}
    base = _base() if raw["based_on"] == "base" else template_values(str(raw["based_on"]))
    return {**base, **own}


def _base() -> dict[str, Any]:
    text = files("chongdich.domain.scenarios.templates").joinpath("base.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def _check_together(spec: Spec) -> None:
    """What no single field can say."""
    for kind in ROOM:
        if kind not in spec.capacities:
            raise Refused(
                f"Chưa biết năng lực “{KINDS[kind].label}”: ghi một số trong khoảng [0; 1000000], hoặc “unlimited”.",
                f"capacities.{kind}", "unknown_capacity",
            )  # fmt: skip
    _known("capacities", spec.capacities, [name for name, kind in KINDS.items() if not kind.stock])
    _known("stock", spec.stock, [name for name, kind in KINDS.items() if kind.stock])
    _known("norms", spec.norms, list(NORMS))
    for name, value in spec.norms.items():
        within(f"norms.{name}", value, NORMS[name].low, NORMS[name].high)
    for name, (low, high) in spec.uncertainty.items():
        within(f"uncertainty.{name}", low, 0, high)
    names = [policy.name for policy in spec.policies]
    if len(set(names)) < len(names):
        raise Refused("Các phương án ứng phó phải có tên khác nhau.", "policies", "same_name")
    if spec.vaccinated.two_doses > spec.vaccinated.one_dose:
        within("vaccinated.two_doses", spec.vaccinated.two_doses, 0, spec.vaccinated.one_dose)
    _check_spans(spec)


def _check_spans(spec: Spec) -> None:
    rules: dict[str, Any] = {"arrivals": spec.arrivals, "phases": spec.phases}
    for number, policy in enumerate(spec.policies):
        for name in ("levels", "contacts", "screening"):
            rules[f"policies[{number}].{name}"] = getattr(policy, name)
    for name, spans in rules.items():
        for number, span in enumerate(spans):
            within(f"{name}[{number}].last", span.last, span.first, 730)


def within(where: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        text = f"Tham số “{where}” phải nằm trong khoảng [{low:.10g}; {high:.10g}], đang là {value:.10g}."
        raise Refused(text, where, "out_of_range")


def _known(where: str, given: dict[str, Any], allowed: list[str]) -> None:
    unknown = [name for name in given if name not in allowed]
    if unknown:
        text = f"Không có tham số “{where}.{unknown[0]}”; chọn một trong: {', '.join(allowed)}."
        raise Refused(text, f"{where}.{unknown[0]}", "unknown_parameter")


def _refusal(error: ValidationError) -> Refused:
    """The first thing that is wrong, in words: which parameter, what is allowed, what was found."""
    first = error.errors()[0]
    where = _where(first["loc"])
    found = first.get("input")
    if first["type"] == "extra_forbidden":
        allowed = ", ".join(_siblings(first["loc"]))
        return Refused(f"Không có tham số “{where}”; chọn một trong: {allowed}.", where, "unknown_parameter")
    if first["type"] == "missing":
        return Refused(f"Thiếu tham số “{where}”{_allowed_at(first['loc'])}.", where, "missing")
    said = f", đang là {found!r}" if isinstance(found, (int, float, str, bool, type(None))) else ""
    return Refused(f"Tham số “{where}”{_allowed(first) or _allowed_at(first['loc'])}{said}.", where, "out_of_range")


def _allowed(first: Any) -> str:
    context = first.get("ctx") or {}
    if first["type"] == "literal_error":
        return f" phải là một trong: {context['expected'].replace(' or ', ', ')}"
    if first["type"] in ("too_short", "too_long"):
        least, most = context.get("min_length"), context.get("max_length")
        return f" cần {f'ít nhất {least}' if least else f'nhiều nhất {most}'} mục"
    return ""


def _allowed_at(path: tuple[int | str, ...]) -> str:
    """The range declared for a field, from the schema: " phải nằm trong khoảng [0; 1]"."""
    node = _node(path)
    low, high = node.get("minimum"), node.get("maximum")
    if low is not None and high is not None:
        kind = "số nguyên " if node.get("type") == "integer" else "số "
        return f" phải là {kind}trong khoảng [{low:.10g}; {high:.10g}]"
    words = {"string": "chữ", "array": "danh sách", "object": "nhóm giá trị", "boolean": "true hoặc false"}
    if node.get("format") == "date":
        return " phải là ngày dạng 2021-11-29"
    if "maxLength" in node:
        return f" phải là chữ, từ {node.get('minLength', 0)} đến {node['maxLength']} ký tự"
    return f" phải là {words[node['type']]}" if node.get("type") in words else " không đúng dạng"


def _node(path: tuple[int | str, ...]) -> dict[str, Any]:
    """The piece of the schema at a path; of alternatives the one that has a range."""
    schema = Spec.model_json_schema()
    node: dict[str, Any] = schema
    for part in path:
        node = _plain(node, schema)
        if isinstance(part, int):
            node = node.get("items") or (node.get("prefixItems") or [{}])[min(part, 1)]
        else:
            node = node.get("properties", {}).get(part) or node.get("additionalProperties") or node
        if not isinstance(node, dict):
            return {}
    return _plain(node, schema)


def _plain(node: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node or "anyOf" in node or "allOf" in node:
        if "$ref" in node:
            node = schema["$defs"][node["$ref"].rsplit("/", 1)[-1]]
        else:
            options = node.get("anyOf") or node["allOf"]
            node = next((one for one in options if "minimum" in one or "$ref" in one or "format" in one), options[0])
    return node


def _siblings(path: tuple[int | str, ...]) -> list[str]:
    return sorted(_node(path[:-1]).get("properties", {}))


_BRANCHES = {"int", "float", "literal['unlimited']", "constrained-int", "constrained-float"}


def _where(path: tuple[int | str, ...]) -> str:
    said = ""
    for part in path:
        if isinstance(part, int):
            said += f"[{part}]"
        elif part not in _BRANCHES and part != "[key]":
            said += f".{part}" if said else part
    return said


@cache
def ready_policies() -> dict[str, dict[str, Any]]:
    """Responses to choose from, by slug."""
    text = files("chongdich.domain.scenarios.templates").joinpath("policies.yaml").read_text(encoding="utf-8")
    return dict(yaml.safe_load(text))


def written(spec: Spec) -> str:
    """A scenario as a file to be read and changed."""
    values = spec.model_dump(mode="json", exclude_defaults=True)
    return str(yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=110))

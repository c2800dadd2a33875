"""The small language of a row's conditions, made into tests.

    flag      true | false
    choice    code | [code, code] | {not: code} | {not: [code, code]}
    number    15 | [1, 2] | ">= 15" | ">= 20, < 50"
    set       {all: [a, b]} | {any: [a, b]} | {none: [a, b]} | {at_least: 3, of: [a, b, c]}

A row holds when all its conditions hold; "or" is another row, so that each way to a decision has a line of its own.
"""

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from chongdich.regulations import wording
from chongdich.regulations.sources import Input

_BOUND = re.compile(r"^(<=|>=|<|>)\s*(-?\d+(?:\.\d+)?)$")
_OPERATORS = {"<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge}


@dataclass(frozen=True, slots=True)
class Condition:
    """One test of one input. `marks` are the values at which the answer may turn (for the completeness check)."""

    name: str
    holds: Callable[[Any], bool]
    text: str
    marks: tuple[Any, ...]


def compile_condition(name: str, asked: Input, spec: Any) -> Condition:
    """Raises ValueError saying what cannot be understood."""
    maker = {"set": _of_set, "integer": _of_number, "number": _of_number}.get(asked.kind, _of_code)
    holds, words, marks = maker(asked, spec)
    return Condition(name, holds, f"{asked.label}: {words}", marks)


Parts = tuple[Callable[[Any], bool], str, tuple[Any, ...]]


def _of_code(asked: Input, spec: Any) -> Parts:
    negated = isinstance(spec, dict)
    wanted = spec["not"] if negated else spec
    codes = tuple(wanted) if isinstance(wanted, list) else (wanted,)
    _known(asked, codes)
    words = " hoặc ".join(wording.value(code, asked.choices, asked.unit) for code in codes)
    if negated:
        return (lambda given: given not in codes), f"không phải {words}", codes
    if len(codes) == 1:
        return partial(operator.eq, codes[0]), words, codes
    return codes.__contains__, words, codes


def _known(asked: Input, codes: tuple[Any, ...]) -> None:
    allowed: tuple[Any, ...] = (True, False) if asked.kind == "flag" else tuple(asked.choices)
    wrong = [code for code in codes if code not in allowed]
    if wrong or (asked.kind == "flag" and not all(isinstance(code, bool) for code in codes)):
        raise ValueError(f"{wrong or codes} is none of {list(allowed)}")


def _of_number(asked: Input, spec: Any) -> Parts:
    if isinstance(spec, list):
        return frozenset(spec).__contains__, " hoặc ".join(wording.number(n) for n in spec), tuple(spec)
    if isinstance(spec, (int, float)) and not isinstance(spec, bool):
        return partial(operator.eq, spec), wording.value(spec, asked.choices, asked.unit), (spec,)
    bounds = [_bound(part) for part in str(spec).split(",")]
    words = " và ".join(f"{wording.SIGNS[sign]} {wording.value(n, None, asked.unit)}" for sign, n in bounds)
    return _within(bounds), words, tuple(n for _, n in bounds)


def _bound(text: str) -> tuple[str, float]:
    found = _BOUND.match(text.strip())
    if not found:
        raise ValueError(f"{text!r} is not a bound such as '>= 15'")
    number = float(found[2])
    return found[1], int(number) if number.is_integer() else number


def _within(bounds: list[tuple[str, float]]) -> Callable[[Any], bool]:
    tests = [(_OPERATORS[sign], n) for sign, n in bounds]
    if len(tests) == 1:
        compare, limit = tests[0]
        return lambda given: bool(compare(given, limit))
    return lambda given: all(compare(given, n) for compare, n in tests)


def _of_set(asked: Input, spec: Any) -> Parts:
    if not isinstance(spec, dict):
        raise ValueError(f"{spec!r} is not all, any, none or at_least")
    word = next(w for w in ("all", "any", "none", "at_least") if w in spec)
    codes = tuple(spec["of"] if word == "at_least" else spec[word])
    _known(asked, codes)
    named = ", ".join(asked.choices.get(code, code) for code in codes)
    return _set_test(word, frozenset(codes), spec), _set_words(word, named, spec), (Mark(word, codes, spec.get(word)),)


def _set_test(word: str, codes: frozenset[str], spec: dict[str, Any]) -> Callable[[Any], bool]:
    if word == "none":
        return lambda given: codes.isdisjoint(given)
    least = {"all": len(codes), "any": 1}.get(word) or int(spec["at_least"])
    return lambda given: len(codes.intersection(given)) >= least


def _set_words(word: str, named: str, spec: dict[str, Any]) -> str:
    lead = {"all": "có đủ", "any": "có một trong", "none": "không có"}.get(
        word, f"có ít nhất {spec.get('at_least')} trong"
    )
    return f"{lead} {named}"


@dataclass(frozen=True, slots=True)
class Mark:
    """What a condition on a set turns on."""

    word: str
    codes: tuple[str, ...]
    count: Any

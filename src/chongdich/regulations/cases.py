"""Cases a jurist can write, and what the tables answer to them.

    - name: F1 đã tiêm đủ liều ngày 16/12/2021
      ask: quarantine/contact
      on: 2021-12-16
      given: {doses: 2, days_since_last_dose: 30, months_since_last_dose: 1}
      expect: {place: home, days: 7}

`expect` is a mapping of answers, one answer, `không có quy định` (no rule is recorded), or `cần biết thêm` (the rule
must know more). In place of `expect`, `each` lists many: `- [{age_years: 64}, medium]`.
Optional: `disease`, `known_on`, `document`, `verified`, `assume_last`.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import Field

from chongdich.core.errors import Refused
from chongdich.regulations.decision import Decision, Missing
from chongdich.regulations.law import Law
from chongdich.regulations.reading import parse_yaml
from chongdich.regulations.sources import Strict

NO_RULE = "không có quy định"
MORE = "cần biết thêm"


class Case(Strict):
    """One case and its expected answer."""

    name: str
    ask: str
    day: date = Field(alias="on")
    known_on: date | None = None
    disease: str | None = None
    assume_last: bool = False
    given: dict[str, Any] = {}
    expect: Any
    document: str | None = None
    verified: bool | None = None


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, or of all YAML files below a folder."""
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    written = (one for file in files for one in parse_yaml(file.read_bytes(), file.name))
    return [Case.model_validate(case) for one in written for case in _each(one)]


def _each(one: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A case, or one for each pair of what is given and what is expected."""
    shared = {key: value for key, value in one.items() if key != "each"}
    for given, expect in one.get("each") or [(None, one.get("expect"))]:
        if given is None:
            yield shared
        else:
            told = ", ".join(f"{name}={value}" for name, value in given.items())
            yield {
                **shared,
                "name": f"{one['name']} [{told}]",
                "given": {**one.get("given", {}), **given},
                "expect": expect,
            }


def differences(law: Law, case: Case) -> list[str]:
    """What the tables answer otherwise than the case expects; empty when they agree."""
    asked = law.pack(case.disease) if case.disease and case.disease != law.disease else law
    try:
        decision = asked.decide(
            case.ask, on=case.day, known_on=case.known_on, assume_last=case.assume_last, **case.given
        )
    except Missing as missing:
        return [] if case.expect == MORE else [str(missing)]
    except Refused as refused:
        return [] if case.expect == NO_RULE and refused.code == "not_found" else [str(refused)]
    return list(_compare(case, decision))


def _compare(case: Case, decision: Decision) -> Iterator[str]:
    if (case.expect == NO_RULE) != (not decision):
        yield f"mong đợi {case.expect!r}, được {dict(decision.outcome) if decision.outcome else decision.gap!r}"
    elif decision:
        yield from _answers(case, decision)
    if case.document is not None and case.document != decision.document:
        yield f"mong đợi văn bản {case.document}, được {decision.document}"
    if case.verified is not None and case.verified != decision.verified:
        yield f"mong đợi {'đã' if case.verified else 'chưa'} xác minh"


def _answers(case: Case, decision: Decision) -> Iterator[str]:
    expected = case.expect if isinstance(case.expect, dict) else {next(iter(decision.require())): case.expect}
    for name, wanted in expected.items():
        found = decision[name]
        if (list(found) if isinstance(found, tuple) else found) != wanted:
            yield f"{name}: mong đợi {wanted!r}, được {found!r}"

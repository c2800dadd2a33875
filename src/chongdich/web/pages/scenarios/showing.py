"""One run's answers made ready for the page."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from chongdich.application.lenses.scenarios import answers_in
from chongdich.domain.scenarios.answering import wording
from chongdich.domain.scenarios.answering.levels import RISKS
from chongdich.domain.scenarios.asking.kinds import COLUMNS, KINDS
from chongdich.domain.scenarios.models import Run
from chongdich.web.pages.scenarios.charts import Chart, fan_chart
from chongdich.web.pages.scenarios.words import kind_label, localised, n, said

USUAL_RISK, USUAL_DAYS = 0.95, 14
HORIZONS = (7, 14, 21, 28)


def asked_reserve(params: Mapping[str, str], days: int) -> tuple[float, int]:
    """(how sure, for how many days) as chosen on the page; what is not offered is the usual."""
    try:
        risk = float(params.get("chac", USUAL_RISK))
        horizon = int(params.get("ngay", USUAL_DAYS))
    except ValueError:
        return USUAL_RISK, USUAL_DAYS
    return (risk if risk in RISKS else USUAL_RISK), min(days, horizon if 1 <= horizon <= 365 else USUAL_DAYS)


def fans_of(run: Run, policy: Mapping[str, Any]) -> list[Chart]:
    """The charts of the epidemic, each with its sentence."""
    return [
        fan_chart(_(wording.FIGURE_LABELS[name]), said(wording.fan_sentence(rows, run.day)), rows, run.day)
        for name, rows in policy["fans"].items()
    ]


def need_charts(run: Run, policy: Mapping[str, Any]) -> tuple[list[Chart], list[Chart]]:
    """(what may run short, most likely first; what suffices or is not registered); what is never needed is left out."""
    wanted = [(name, need) for name, need in policy["needs"].items() if need["peak"][4] > 0]
    likely = {name: (need["shortage"] or {"probability": 0})["probability"] for name, need in wanted}
    wanted.sort(key=lambda pair: -likely[pair[0]])
    short = [_need_chart(run, name, need) for name, need in wanted if likely[name]]
    return short, [_need_chart(run, name, need) for name, need in wanted if not likely[name]]


def _need_chart(run: Run, name: str, need: Mapping[str, Any]) -> Chart:
    there = need["there"]
    title = kind_label(name) + (f" – {_('dùng cộng dồn')}" if KINDS[name].stock else "")
    sentence = said(wording.need_sentence(name, need, run.done, run.day))
    near = there is not None and there <= 4 * max(1.0, need["peak"][4])  # a limit far above would flatten the fan
    label = f"{_('Hiện có')} {n(there)}" if there is not None else ""
    return fan_chart(title, sentence, need["fan"], run.day, there if near else None, label)


def need_rows(run: Run, policy: Mapping[str, Any], risk: float, days: int) -> list[dict[str, Any]]:
    """Each kind: needs, what there is, when it runs out, and the reserve for a risk."""
    return [_need_row(run, name, policy["needs"][name], risk, days) for name in KINDS]


def _need_row(run: Run, name: str, need: Mapping[str, Any], risk: float, days: int) -> dict[str, Any]:
    short = need["shortage"]
    wanted, more = wording.reserve_of(need, risk, days)
    quantiles = short["days"] if short else None
    return {
        "label": kind_label(name),
        "column": _(COLUMNS[KINDS[name].column]),
        "middle": n(need["peak"][2]),
        "high": n(need["peak"][4]),
        "there": None if need["there"] is None else n(need["there"]),
        "probability": percent_words(short["probability"]) if short else None,
        "tone": _tone(short["probability"]) if short else "neutral",
        "day": wording.day_words(run.day, quantiles[1]) if quantiles else "",
        "span": [wording.day_words(run.day, at) for at in (quantiles[0], quantiles[2])] if quantiles else [],
        "wanted": n(wording.up(wanted)),
        "more": None if more is None else n(wording.up(more)),
        "sentence": said(wording.reserve_sentence(name, need, risk, days)),
    }


def percent_words(share: float) -> str:
    """As the sentences say it ("dưới 1"), translated."""
    told = wording.percent(share)
    return told if told.isdigit() else _(told)


def _tone(probability: float) -> str:
    return "bad" if probability >= 0.5 else "warn" if probability >= 0.05 else "good"


def sensitivities(policy: Mapping[str, Any]) -> list[dict[str, Any]]:
    """For each outcome the assumptions by strength, and what that says."""
    return [
        {
            "title": _(wording.OUTCOME_LABELS[outcome]),
            "sentence": said(wording.sensitivity_sentence(outcome, ranks)),
            "bars": [_bar(name, strength) for name, strength in ranks],
        }
        for outcome, ranks in policy["sensitivity"].items()
    ]


def _bar(name: str, strength: float) -> dict[str, Any]:
    """A bar from the middle (100) to either side."""
    width = round(100 * abs(strength), 1)
    return {
        "label": _(wording.FACTOR_LABELS[name]),
        "text": localised(f"{strength:+.2f}".replace(".", ",")),
        "x": 100 - width if strength < 0 else 100,
        "width": width,
        "side": "less" if strength < 0 else "more",
    }


def place_rows(run: Run, policy: Mapping[str, Any], names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Needs of each district at 95 % for what is used on the spot."""
    codes = list(dict.fromkeys(answers_in(run)["districts"]))
    local = [name for name, kind in KINDS.items() if kind.local]
    needs = policy["places"]["districts"]
    return [
        {"name": names.get(code, code), "needs": [n(wording.up(needs[kind][place][1])) for kind in local]}
        for place, code in enumerate(codes)
    ]


def local_labels() -> list[str]:
    """The columns of that table."""
    return [_(kind.label) for kind in KINDS.values() if kind.local]


def chosen_policy(run: Run, params: Mapping[str, str]) -> int:
    """Which policy the page shows; the first when what is asked does not exist."""
    asked = params.get("pa", "0")
    number_of = len(answers_in(run)["policies"])
    return int(asked) if asked.isdigit() and int(asked) < number_of else 0


def policy_tabs(run: Run, chosen: int, address: str, more: str = "") -> Sequence[dict[str, Any]]:
    """Tabs that are links, one a policy."""
    return [
        {"label": policy["name"], "url": f"{address}?pa={place}{more}", "active": place == chosen}
        for place, policy in enumerate(answers_in(run)["policies"])
    ]

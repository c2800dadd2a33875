"""The law as dated, cited tables. Pure Python.

law = Law.load()
law.value("quarantine/contact.days", on=day, ...)      one number
law.decide("cases/definition", on=day, ...)            a decision with the tree of rows it rests on
law.explain(decision).text()                           the same, told in Vietnamese
law.with_overlay(Overlay.province(...))                a province's own document over the law
"""

from chongdich.regulations.changes import Change, InForce, Ruling, changes, history, in_force
from chongdich.regulations.decision import Decision, Missing, NotRecorded
from chongdich.regulations.explanation import Explanation, explain
from chongdich.regulations.law import Law, LawOfDay
from chongdich.regulations.overlay import Overlay
from chongdich.regulations.spans import months_between

__all__ = [
    "Change",
    "Decision",
    "Explanation",
    "InForce",
    "Law",
    "LawOfDay",
    "Missing",
    "NotRecorded",
    "Overlay",
    "Ruling",
    "changes",
    "explain",
    "history",
    "in_force",
    "months_between",
]

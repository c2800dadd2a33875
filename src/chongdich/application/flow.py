"""What happens next: for each fact the journeys that follow it, by name; or that nothing follows."""

import importlib
from collections.abc import Callable, Sequence
from typing import Any

FLOW: dict[str, tuple[str, ...]] = {
    "DirectiveReceived": ("read_directive", "tell_office", "answer_sender"),
    "DirectiveRefused": ("answer_sender",),
    "DirectiveVoided": ("answer_sender",),
    "DirectiveConfirmed": ("assign_tasks", "answer_sender"),
    "TasksAssigned": ("tell_unit", "answer_sender"),
    "TaskStarted": ("answer_sender",),
    "TaskReported": ("tell_giver", "answer_sender"),
    "PeriodicReported": ("tell_giver",),
    "TaskDeclined": ("tell_giver",),
    "ExtensionAsked": ("tell_giver",),
    "ReportJudged": ("tell_judged", "answer_sender"),
    "ExtensionDecided": ("tell_judged",),
    "TaskReopened": ("tell_judged",),
    "TasksCancelled": ("tell_cancelled",),
    "TasksPressed": ("tell_pressed",),
    "DirectiveSubmitted": ("tell_signers",),
    "DirectiveSentBack": ("tell_drafter",),
    "DirectiveSigned": ("tell_clerks",),
    "DirectiveIssued": ("print_issued", "deliver_directive", "hand_over"),
    "DirectiveRecalled": ("recall_deliveries",),
    "DirectiveReplaced": ("withdraw_replaced",),
    "ResultRecorded": ("confirm_case",),
    "ListReceived": ("read_list",),
    "ImportStarted": ("take_next_lot",),
    "CasesImported": ("take_next_lot", "trace_contacts"),
    "CaseConfirmed": ("trace_contacts",),
    "CaseChanged": ("trace_contacts",),
    "CaseDiscarded": ("trace_contacts",),
    "CaseClosed": ("trace_contacts",),
    "CaseReopened": ("trace_contacts",),
    "InterviewFinished": ("take_interview",),
    "PresencesRecorded": ("trace_contacts",),
    "LinksRecorded": ("trace_contacts",),
    "ImportUndone": ("trace_contacts",),
    "ContactConverted": ("trace_contacts",),
    "PeopleMerged": ("trace_contacts",),
    "LocalRuleRecorded": ("trace_contacts",),
    "LocalRuleWithdrawn": ("trace_contacts",),
    "MergeUndone": ("trace_contacts",),
}

ENDS: frozenset[str] = frozenset(
    {
        "AccountOpened",
        "AppointmentMade",
        "AppointmentWithdrawn",
        "AccountClosed",
        "AccountReopened",
        "AccountInvited",
        "SessionsEnded",
        "TokenMade",
        "TokenRevoked",
        "SettlementRevived",
        "LedgerVerified",
        "HistorySealed",
        "PasswordSet",
        "SecondFactorSet",
        "SecondFactorReset",
        "DirectiveRead",
        "ClauseChanged",
        "DirectiveDrafted",
        "DirectiveCorrected",
        "DirectiveDiscarded",
        "DeliveryChanged",
        "SenderAnswered",
        "PersonRegistered",
        "PeopleRegistered",
        "PersonCorrected",
        "DistinctSaid",
        "RecordOpened",
        "ResultCorrected",
        "CaseReported",
        "PatientVisited",
        "ContactsTraced",
        "ContactCalled",
        "ContactMoved",
        "ContactsAssigned",
        "ContactsReleased",
        "ContactsReferred",
        "ContactsReceived",
        "ScenarioKept",
        "RunAsked",
        "RunFinished",
        "RunCancelled",
        "ResourcesChanged",
    }
)

# Where each journey that follows from a fact is found: "module below application.journeys".
HOMES: dict[str, str] = {
    "read_directive": "read",
    "confirm_case": "confirming",
    "read_list": "importing",
    "take_next_lot": "importing",
    "trace_contacts": "tracing",
    "hand_over": "referring",
    "take_interview": "itineraries",
    "assign_tasks": "assign",
    "tell_office": "receive",
    "tell_unit": "assign",
    "tell_giver": "press",
    "tell_judged": "press",
    "tell_cancelled": "press",
    "tell_pressed": "press",
    "tell_signers": "signing",
    "tell_drafter": "signing",
    "tell_clerks": "signing",
    "print_issued": "issuing",
    "deliver_directive": "issuing",
    "recall_deliveries": "issuing",
    "withdraw_replaced": "issuing",
    "answer_sender": "exchange",
}


def journeys_of(kind: str) -> Sequence[str]:
    """Names of the journeys that follow a kind of fact."""
    return FLOW.get(kind, ())


def journey(name: str) -> Callable[..., Any]:
    """The journey's function."""
    module = importlib.import_module(f"chongdich.application.journeys.{HOMES[name]}")
    found: Callable[..., Any] = getattr(module, name)
    return found

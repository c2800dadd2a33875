"""Who gets what: one line for every address and method. A new address without a line fails the matrix.

`needs` is the permission of the page; `sees` the one under which its row is visible; `does` the one its deed asks for.
`kind`: public (everybody), signed_in (every account), open (who holds `needs` anywhere),
either (who holds `needs` or `does`), row (bounded by unit),
own (of the unit alone: a draft is nobody else's before it is issued),
land (bounded by the unit's territory), mine (my own rows only). `at` names the things the address is about.
"""

from dataclasses import dataclass, field
from typing import Any

from chongdich.registry.accounts.roles import ACTS

READS = {"directives": "directives.read", "tasks": "tasks.read"}


@dataclass(frozen=True)
class Row:
    """One line. `whole` says why a list may change when foreign units work: it shows the house itself."""

    name: str
    method: str
    kind: str
    needs: str = ""
    at: dict[str, Any] = field(default_factory=dict)
    sees: str = ""
    does: str = ""
    body: dict[str, Any] = field(default_factory=dict)
    query: str = ""
    whole: str = ""

    @property
    def sight(self) -> str:
        """The permission that makes the row visible: for deeds the reading permission of their room."""
        return self.sees or (READS[self.needs.split(".")[0]] if self.needs in ACTS else self.needs)

    @property
    def deed(self) -> str:
        return self.does or self.needs

    @property
    def api(self) -> bool:
        return self.name.startswith("api_")

    def __str__(self) -> str:
        return f"{self.method} {self.name}" + (f" {self.at}" if self.at else "")


def get(name: str, kind: str, needs: str = "", **rest: Any) -> Row:
    return Row(name, "GET", kind, needs, **rest)


def post(name: str, kind: str, needs: str = "", **rest: Any) -> Row:
    return Row(name, "POST", kind, needs, **rest)


D = {"directive_id": "read_directive"}  # a document of the unit under review
G = {"directive_id": "given_directive"}  # one whose tasks are given
C = {**D, "clause_id": "clause"}
O = {"directive_id": "draft"}  # noqa: E741  a document the unit makes
T = {"task_id": "task"}
A = {"account_id": "member"}
P = {"uid": "person"}
I = {"import_id": "import"}  # noqa: E741
K = {"case_id": "case"}
X = {"contact_id": "contact"}
V = {"venue_id": "venue"}
S = {"scenario_id": "scenario"}
U = {"run_id": "run"}
OPENED = "an opening that said what for"  # beyond every permission

TABLE = [
    # The way in
    get("sign_in", "public"),
    post("sign_in", "public"),
    post("sign_out", "public"),  # leads everybody to the way in
    get("second_factor", "signed_in"),
    post("second_factor", "signed_in"),
    get("second_factor_setup", "signed_in"),
    post("second_factor_setup", "signed_in"),
    get("invitation", "public", at={"token": "invitation"}),  # whoever holds the link
    post("invitation", "public", at={"token": "invitation"}),
    post("set_language", "public"),
    post("switch_unit", "signed_in"),
    # Today, search, inbox
    get("home", "signed_in"),
    get("search", "signed_in", query="q=bimat"),
    get("inbox", "signed_in"),
    post("inbox_mark", "signed_in"),
    get("message", "mine", at={"message_id": "message"}),
    # Tasks
    *(get(name, "open", "tasks.read") for name in ("my_tasks", "tasks_below", "all_tasks", "given_tasks",
                                                   "given_single", "matrix")),
    post("given_act", "open", "tasks.read"),
    get("given_group", "row", "tasks.read", at={"clause_id": "given_clause", "giver_id": "unit"}),
    get("task", "row", "tasks.read", at=T),
    get("task_story", "row", "tasks.read", at=T),
    get("task_evidence", "row", "tasks.read", at={"task_id": "reported_task", "file_id": "evidence"}),
    get("task_report", "row", "tasks.work", at=T),
    post("task_report", "row", "tasks.work", at=T),
    get("task_report_period", "row", "tasks.work", at={"task_id": "periodic_task"}),
    post("task_report_period", "row", "tasks.work", at={"task_id": "periodic_task"}),
    get("task_pass_down", "row", "directives.assign", sees="tasks.read", at=T),
    post("task_pass_down", "row", "directives.assign", sees="tasks.read", at=T),
    *(post("task_act", "row", "tasks.read", does=does, at={**T, "deed": f"={deed}"}, body={"reason": "x", "note": "x"})
      for deed, does in (("bat-dau", "tasks.work"), ("chap-nhan", "tasks.judge"), ("tra-lai", "tasks.judge"),
                         ("gia-han", "tasks.judge"), ("xin-gia-han", "tasks.work"), ("khong-lam-duoc", "tasks.work"),
                         ("mo-lai", "tasks.judge"), ("huy", "directives.assign"))),
    # Documents received
    get("incoming", "open", "directives.read"),
    get("receive", "open", "directives.receive"),
    post("receive", "open", "directives.receive"),
    get("failed_files", "open", "directives.receive"),
    get("failed_file", "row", "directives.receive", sees="directives.receive", at={"file_id": "failed_file"}),
    get("scan", "row", "directives.receive", sees="directives.receive", at={"file_id": "failed_file"}),
    post("scan_again", "row", "directives.receive", sees="directives.receive", at={"file_id": "failed_file"}),
    post("void_directive", "row", "directives.review", at=D, body={"reason": "x"}),
    *(post("same_act", "row", "directives.review", at={**D, "other_id": "given_directive", "deed": f"={deed}"})
      for deed in ("dinh-vao", "thay")),
    get("directive", "row", "directives.read", at=D),
    get("directive_reading", "row", "directives.read", at=D),
    get("directive_story", "row", "directives.read", at=D),
    post("refuse_directive", "row", "directives.receive", at=D),
    post("read_again", "row", "directives.review", at=D),
    get("directive_file", "row", "directives.read", at={**D, "file_id": "source_file"}),
    get("citations", "row", "directives.read", at=D),
    post("attach_citation", "row", "directives.review", at={**D, "citation_id": "citation"}),
    get("give", "row", "directives.review", at=D),
    post("give", "row", "directives.review", at=D),
    get("review", "row", "directives.review", at=D),
    get("review_units", "row", "directives.review", at=D),
    get("review_add", "row", "directives.review", at=D),
    post("review_add", "row", "directives.review", at=D),
    get("review_head", "row", "directives.review", at={**D, "group": "=so"}),
    post("review_head", "row", "directives.review", at={**D, "group": "=so"}),
    get("review_clause", "row", "directives.review", at=C),
    *(post("review_act", "row", "directives.review", at={**C, "action": f"={action}"})
      for action in ("xac-nhan", "bo", "lay-lai", "gop")),
    *(get("review_panel", "row", "directives.review", at={**C, "panel": f"={panel}"})
      for panel in ("sua", "don-vi", "han", "tach")),
    *(post("review_panel", "row", "directives.review", at={**C, "panel": f"={panel}"})
      for panel in ("sua", "don-vi", "han", "tach")),
    # Documents made here
    get("outgoing", "open", "directives.read"),
    get("draft_new", "open", "directives.draft"),
    post("draft_new", "open", "directives.draft"),
    get("exchange", "open", "directives.receive"),
    get("outgoing_detail", "own", "directives.read", at=O),
    get("outgoing_story", "own", "directives.read", at=O),
    post("outgoing_act", "own", "directives.read", does="directives.draft", at={**O, "deed": "=submit"}),
    post("outgoing_act", "own", "directives.read", does="directives.draft", at={**O, "deed": "=discard"}),
    get("outgoing_version", "own", "directives.read", at={**O, "order": "=1"}),
    get("outgoing_correct", "own", "directives.draft", at=O),
    post("outgoing_correct", "own", "directives.draft", at=O),
    get("outgoing_page", "own", "directives.read", at={**O, "number": "=1"}),
    get("outgoing_file", "own", "directives.read", at={**O, "form": "=docx"}),
    get("draft", "own", "directives.draft", at=O),
    post("draft", "own", "directives.draft", at=O),
    # Reports
    get("reports", "open", "reports.make"),
    get("report_file", "open", "reports.make", at={"form": "=xlsx"}),
    post("report_draft", "open", "reports.make", does="directives.draft"),
    # Registers
    *(get(name, "open", "registry.read") for name in ("law", "law_changes", "places", "places_list", "place_lookup",
                                                      "organisations", "resolver")),
    get("local_rules", "open", "registry.read"),
    get("local_rule_new", "open", "law.record"),
    post("local_rule_new", "open", "law.record"),
    post("local_rule_withdraw", "open", "law.record", at={"rule_id": "local_rule"}),
    get("law_table", "open", "registry.read", at={"name": "=common/disease_law/law"}),
    get("place", "open", "registry.read", at={"key": "=061@2020-02-01"}),
    get("organisation", "open", "registry.read", at={"organisation_id": "unit"}),
    # Accounts
    get("accounts", "open", "accounts.manage"),
    get("account_open", "open", "accounts.manage"),
    post("account_open", "open", "accounts.manage"),
    get("account_detail", "row", "accounts.manage", at=A),
    post("account_appoint", "row", "accounts.manage", at=A),
    post("account_withdraw", "row", "accounts.manage", at={**A, "appointment_id": "appointment"}),
    post("account_invite", "row", "accounts.manage", at=A),
    *(post("account_act", "row", "accounts.manage", at={**A, "deed": f"={deed}"})
      for deed in ("khoa", "mo", "hai-lop", "phien")),
    get("account", "signed_in"),
    get("account_password", "signed_in"),
    post("account_password", "signed_in"),
    get("account_change_phone", "signed_in"),
    post("account_change_phone", "signed_in"),
    post("account_token", "signed_in", body={"label": "x", "days": "30"}),
    post("account_token_revoke", "mine", at={"token_id": "token"}),
    # The house
    get("system", "open", "system.watch", whole="the ledger's head is one for the whole house"),
    get("settlements", "open", "system.watch"),
    post("settlement_revive", "row", "system.watch", at={"settlement_id": "settlement"}),
    get("checkup", "open", "system.watch", does="system.watch at a province",
        whole="what doctor says of the whole house"),
    post("ledger_verify", "open", "system.watch", does="system.watch at a province"),
    # People
    get("people", "open", "people.read"),
    post("people", "open", "people.read"),  # names are not searched for in addresses
    get("person_new", "open", "people.write"),
    post("person_new", "open", "people.write"),
    get("person_from_card", "open", "people.write"),
    post("person_from_card", "open", "people.write"),
    get("duplicates", "open", "people.merge"),
    get("merges", "open", "people.merge"),
    get("openings", "either", "people.watch", does="people.open"),
    get("duplicate", "land", "people.merge", at={"likeness_id": "likeness"}),
    post("duplicate", "land", "people.merge", at={"likeness_id": "likeness"}),
    post("duplicate_open", "land", "people.merge", at={"likeness_id": "likeness"}),
    post("duplicate_distinct", "land", "people.merge", at={"likeness_id": "likeness"}),
    post("merge_undo", "land", "people.merge", at={"merge_id": "merge"}),
    get("person", "land", "people.read", at=P),
    post("person_open", "land", "people.open", at=P),
    get("person_record", "land", "people.open", does=OPENED, at=P),
    get("person_edit", "land", "people.write", does=OPENED, at=P),
    post("person_edit", "land", "people.write", does=OPENED, at=P),
    # Cases
    get("cases", "open", "cases.read"),
    get("home_treated", "open", "cases.read"),
    get("case_new", "open", "cases.write"),
    post("case_new", "open", "cases.write"),
    post("case_people", "open", "cases.write"),
    get("imports", "open", "cases.import"),
    get("import_new", "open", "cases.import"),
    post("import_new", "open", "cases.import"),
    get("import", "row", "cases.import", at=I),
    post("import_start", "row", "cases.import", at=I),
    get("import_progress", "row", "cases.import", at=I),
    post("import_pause", "row", "cases.import", at=I),
    post("import_resume", "row", "cases.import", at=I),
    post("import_undo", "row", "cases.import", at=I),
    get("import_result", "row", "cases.import", at={**I, "form": "=csv"}),
    get("import_row", "row", "cases.import", at={"row_id": "import_row"}),
    post("import_row", "row", "cases.import", at={"row_id": "import_row"}),
    get("case", "land", "cases.read", at=K),
    get("case_edit", "land", "cases.write", at=K),
    post("case_edit", "land", "cases.write", at=K),
    post("case_visit", "land", "cases.write", at=K),
    get("case_recover", "land", "cases.close", at=K),
    post("case_recover", "land", "cases.close", at=K),
    get("case_end", "land", "cases.close", at=K),
    post("case_end", "land", "cases.close", at=K),
    post("case_reopen", "land", "cases.close", at=K),
    get("case_certificate", "land", "cases.close", at={**K, "form": "=pdf"}),
    get("case_interview", "land", "cases.write", at=K),
    post("case_interview", "land", "cases.write", at=K),
    # Chains
    *(get(name, "open", "cases.read") for name in ("chain", "chain_table", "chain_quality")),
    get("chain_file", "open", "cases.read", does="exports.make", at={"form": "=graphml"}),
    # Contacts
    get("contacts", "open", "contacts.read"),
    get("contact", "land", "contacts.read", at=X),
    post("contact_call", "land", "contacts.work", at=X, body={"outcome": "busy"}),
    post("contact_move", "land", "contacts.work", at=X, body={"action": "lose"}),
    post("contact_open", "land", "people.open", does="contacts.work", at=X),
    post("contacts_assign", "open", "contacts.assign"),
    post("contacts_release", "open", "contacts.work"),
    get("case_contacts", "land", "cases.read", does="contacts.read", at=K),
    get("case_sources", "land", "cases.read", does="contacts.read", at=K),
    get("case_followed", "land", "cases.read", at=K),
    get("contacts_elsewhere", "open", "contacts.read"),
    post("contacts_refer", "open", "contacts.refer"),
    get("contacts_figures", "open", "contacts.read"),
    get("contacts_notice", "open", "contacts.refer"),
    post("contacts_notice", "open", "contacts.refer"),
    post("case_trace", "land", "contacts.trace", at=K),
    get("venues", "open", "contacts.read"),
    get("venue", "land", "contacts.read", at=V),
    post("venue", "land", "contacts.read", does="contacts.trace", at=V),
    get("presences_new", "open", "presences.write"),
    post("presences_new", "open", "presences.write"),
    post("presences_file", "open", "presences.write"),
    # Scenarios
    *(get(name, "open", "scenarios.read") for name in ("scenarios", "forecasts", "resources")),
    *(make(name, "open", "scenarios.plan") for name in ("scenario_new", "scenario_file") for make in (get, post)),
    get("scenario", "row", "scenarios.read", at=S),
    get("scenario_edit", "row", "scenarios.plan", at=S),
    post("scenario_edit", "row", "scenarios.plan", at=S),
    post("scenario_run", "row", "scenarios.plan", at=S, body={"runs": "5"}),
    *(get(name, "row", "scenarios.read", at=U) for name in ("run", "run_progress", "run_compare", "run_readiness")),
    post("run_cancel", "row", "scenarios.plan", at=U),
    post("run_again", "row", "scenarios.plan", at=U),
    post("run_give", "row", "scenarios.read", does="directives.draft", at=U),
    get("run_plan", "row", "scenarios.read", at={**U, "form": "=docx"}),
    post("run_draft", "row", "scenarios.read", does="directives.draft", at=U),
    get("run_figures", "row", "scenarios.read", at={**U, "form": "=json"}),
    *(make(name, "open", "resources.write") for name in ("resource_new", "resource_upload") for make in (get, post)),
    get("resource_sample", "open", "resources.write"),
    get("resource", "row", "resources.write", at={"resource_id": "resource"}),
    post("resource", "row", "resources.write", at={"resource_id": "resource"}),
    post("resource_remove", "row", "resources.write", at={"resource_id": "resource"}),
    # Programs
    get("api_cases", "open", "cases.read"),
    get("api_case", "land", "cases.read", at=K),
    post("api_cases", "open", "cases.write"),
    post("api_results", "open", "results.write"),
    get("api_openapi", "signed_in"),
    get("api_me", "signed_in"),
    get("api_missing", "absent", at={"rest": "=x"}),
    post("api_read", "open", "directives.read", body={"text": "Số: 1/UBND"}),
    post("api_read_file", "open", "directives.read"),
    get("api_directives", "open", "directives.read", query="q=bimat"),
    post("api_directives", "open", "directives.receive"),
    post("api_receive_file", "open", "directives.receive"),
    get("api_directive", "row", "directives.read", at=D),
    get("api_clauses", "row", "directives.read", at=D),
    post("api_confirm", "row", "directives.review", at=D),
    post("api_clause_confirm", "row", "directives.review", at={"clause_id": "clause"}),
    post("api_clause_drop", "row", "directives.review", at={"clause_id": "clause"}),
    post("api_clause_units", "row", "directives.review", at={"clause_id": "clause"}, body={"lead": ["unit"]}),
    get("api_tasks", "open", "tasks.read", query="scope=all"),
    get("api_task", "row", "tasks.read", at=T),
    post("api_task_start", "row", "tasks.work", at=T),
    post("api_task_report", "row", "tasks.work", at=T, body={"text": "x"}),
    post("api_task_report_period", "row", "tasks.work", at={"task_id": "periodic_task"}, body={"text": "x"}),
    post("api_task_decline", "row", "tasks.work", at=T, body={"reason": "x"}),
    post("api_task_judge", "row", "tasks.judge", at=T, body={"accept": False, "note": "x"}),
    post("api_task_reopen", "row", "tasks.judge", at=T, body={"note": "x"}),
    post("api_task_pass_down", "row", "directives.assign", sees="tasks.read", at=T, body={"unit_ids": ["below"]}),
    post("api_task_ask_extension", "row", "tasks.work", at=T, body={"until": "2021-12-20", "reason": "x"}),
    post("api_extension_decide", "row", "tasks.judge", at={"extension_id": "extension"},
         body={"grant": False, "note": "x"}),
    *(get(name, "open", "registry.read") for name in ("api_places", "api_organisations", "api_law")),
    get("api_places_find", "open", "registry.read", query="text=ba be"),
    get("api_place", "open", "registry.read", at={"key": "=061@2020-02-01"}),
    get("api_resolve", "open", "registry.read", query="phrase=UBND"),
    get("api_organisation", "open", "registry.read", at={"organisation_id": "unit"}),
    post("api_law_ask", "open", "registry.read", at={"name": "=common/disease_law/law"}, body={"on": "2021-11-29"}),
]  # fmt: skip

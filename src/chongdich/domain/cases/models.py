"""Tables of the cases room."""

from django.db import models

from chongdich.domain.cases.states import CLASSIFICATION, ORIGIN, OUTCOME, SEVERITY

PERSON = "people.Person"
UNIT = "organisations.Organisation"
PLACE = "places.Place"


def _classes(plain: str, sensitive: str = "") -> dict[str, str]:
    return {**dict.fromkeys(plain.split(), "none"), **dict.fromkeys(sensitive.split(), "sensitive")}


class Cluster(models.Model):
    """Cases that belong together: a market, a class, a family."""

    name = models.CharField(max_length=160)
    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+", null=True)
    since = models.DateField(null=True)
    created_at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id name place since created_at by")


class Case(models.Model):
    """One person's one illness. `place` is the commune the case is counted in, as it was on the day of confirmation."""

    code = models.CharField(max_length=30, blank=True)  # "BN123456", given from above, or the province's own
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20, default="covid19")
    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+", null=True)
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", null=True)  # who follows this case now
    classification = models.CharField(max_length=10, choices=list(CLASSIFICATION.items()))
    rule = models.JSONField(null=True)  # the record of the decision: rows, documents, clauses
    origin = models.CharField(max_length=18, choices=list(ORIGIN.items()), default="unknown")
    severity = models.CharField(max_length=12, choices=list(SEVERITY.items()), blank=True)
    risk_group = models.CharField(max_length=20, blank=True)
    symptoms = models.JSONField(default=list)  # slugs of the definition's table
    onset_on = models.DateField(null=True)
    sampled_on = models.DateField(null=True)
    resulted_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    isolated_at = models.DateTimeField(null=True)
    isolated_where = models.CharField(max_length=160, blank=True)
    home_treated = models.BooleanField(default=False)
    infectious_from = models.DateField(null=True)
    infectious_until = models.DateField(null=True)
    window_rule = models.JSONField(null=True)
    ct = models.FloatField(null=True)
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="cases", null=True)
    source = models.ForeignKey("self", models.PROTECT, related_name="infected", null=True)
    reinfection_of = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    outcome = models.CharField(max_length=10, choices=[(k, s.label) for k, s in OUTCOME.items()], default="active")
    outcome_on = models.DateField(null=True)
    outcome_rule = models.JSONField(null=True)
    known_contact = models.BooleanField(default=False)  # was a contact under follow-up when the sample was taken
    import_row = models.ForeignKey("ImportRow", models.PROTECT, related_name="+", null=True)
    details = models.JSONField(default=dict)  # what a list said and no column holds; `sources`: codes named there
    reported_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes(
        "id code person disease place unit cluster source reinfection_of import_row reported_at version created_at by",
        "classification rule origin severity risk_group symptoms onset_on sampled_on resulted_on confirmed_on "
        "isolated_at isolated_where home_treated infectious_from infectious_until window_rule ct outcome outcome_on "
        "outcome_rule known_contact details",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["disease", "code"], name="case_code_once", condition=~models.Q(code="")),
            models.UniqueConstraint(
                fields=["disease", "person"], name="one_active_case", condition=models.Q(outcome="active")
            ),
        ]
        indexes = [
            models.Index(fields=["place", "-confirmed_on"], name="case_of_place"),
            models.Index(fields=["-confirmed_on", "-id"], name="case_recent"),
            models.Index(fields=["person"], name="case_of_person"),
            models.Index(fields=["unit", "outcome"], name="case_followed"),
            models.Index(fields=["onset_on"], name="case_onset"),
        ]


class Link(models.Model):
    """Who infected whom, as a list or an investigation says it; a case may have several likely sources."""

    source = models.ForeignKey(Case, models.PROTECT, related_name="links_out")
    case = models.ForeignKey(Case, models.PROTECT, related_name="links_in")
    import_row = models.ForeignKey("ImportRow", models.PROTECT, related_name="+", null=True)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id source case import_row at by")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "case"], name="link_once"),
            models.CheckConstraint(condition=~models.Q(source=models.F("case")), name="link_between_two"),
        ]


class FollowUp(models.Model):
    """A visit or call to a patient: temperature, breath, oxygen, symptoms, what was done."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="follow_ups")
    at = models.DateTimeField()
    temperature = models.FloatField(null=True)  # °C
    breaths = models.PositiveSmallIntegerField(null=True)  # a minute
    oxygen = models.PositiveSmallIntegerField(null=True)  # SpO2, %
    pulse = models.PositiveSmallIntegerField(null=True)  # a minute
    systolic = models.PositiveSmallIntegerField(null=True)  # mmHg
    diastolic = models.PositiveSmallIntegerField(null=True)  # mmHg
    symptoms = models.JSONField(default=list)
    note = models.TextField(blank=True)
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id case by", "at temperature breaths oxygen pulse systolic diastolic symptoms note")

    class Meta:
        indexes = [models.Index(fields=["case", "-at"], name="followup_of_case")]


class Interview(models.Model):
    """One epidemiological interview, saved as it goes; its stays become presences when it is finished."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="interviews")
    content = models.JSONField(default=dict)  # days -> stays, vehicles, people met, as typed
    finished_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id case finished_at started_at version by", "content")


class Import(models.Model):
    """One line list taken in: the file, who sent it, how its columns were understood, and how far it is."""

    class State(models.TextChoices):
        READING = "reading", "đang đọc"
        MAPPING = "mapping", "chờ ghép cột"
        RUNNING = "running", "đang nhập"
        PAUSED = "paused", "tạm dừng"
        DONE = "done", "đã xong"
        UNDONE = "undone", "đã hoàn tác"
        FAILED = "failed", "không đọc được"

    sender = models.CharField(max_length=160, blank=True)
    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20, default="covid19")
    state = models.CharField(max_length=8, choices=State.choices)
    mapping = models.JSONField(default=dict)  # column -> field
    header = models.JSONField(default=list)  # what stands above each column
    header_row = models.PositiveIntegerField(default=0)  # the last row of the header, as numbered in the file
    notes = models.JSONField(default=list)  # how the file was understood, in Vietnamese
    warnings = models.JSONField(default=list)  # suspicious shapes, which somebody must accept first
    size = models.PositiveIntegerField(default=0)  # bytes
    rows_counted = models.PositiveIntegerField(default=0)  # filled rows, by the second reader
    rows_above = models.PositiveIntegerField(default=0)  # filled rows of title and header
    problem = models.CharField(max_length=500, blank=True)
    rows_total = models.PositiveIntegerField(default=0)
    rows_done = models.PositiveIntegerField(default=0)
    counts = models.JSONField(default=dict)  # fate -> number
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes(
        "id sha256 unit disease state mapping problem rows_total rows_done counts at by sender name header header_row "
        "notes warnings size rows_counted rows_above"
    )

    class Meta:
        indexes = [
            models.Index(fields=["unit", "-at"], name="import_list"),
            models.Index(fields=["sha256"], name="import_file"),
        ]


class Mapping(models.Model):
    """How a sender's columns were understood last time."""

    sender = models.CharField(max_length=160)
    header_hash = models.CharField(max_length=64)
    mapping = models.JSONField()
    at = models.DateTimeField()

    FIELD_CLASSES = _classes("id sender header_hash mapping at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sender", "header_hash"], name="mapping_once")]


class ImportRow(models.Model):
    """One row of a line list and its fate. No row is ever lost: every one has a fate and a reason."""

    class Fate(models.TextChoices):
        WAITING = "waiting", "chờ nhập"
        CREATED = "created", "tạo mới"
        MATCHED = "matched", "khớp với ca đã có"
        UPDATED = "updated", "bổ sung ca đã có"
        DECIDE = "decide", "cần quyết định"
        LINKED = "linked", "ghi nguồn lây"
        REFUSED = "refused", "bị từ chối"
        UNDONE = "undone", "đã hoàn tác"

    UNTRACKED = True  # the row itself never changes, and what becomes of it is in the ledger lot by lot
    import_of = models.ForeignKey(Import, models.PROTECT, related_name="rows")
    number = models.PositiveIntegerField()  # as in the file, the header being 1
    raw = models.JSONField()
    fate = models.CharField(max_length=8, choices=Fate.choices)
    reason = models.CharField(max_length=500, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", null=True)
    candidates = models.JSONField(default=list)  # person ids among which somebody must decide
    before = models.JSONField(null=True)  # what an update replaced, for undoing

    FIELD_CLASSES = {
        **_classes("id import_of number fate case candidates"), "raw": "sensitive", "reason": "sensitive",
        "before": "sensitive",
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["import_of", "number"], name="row_once")]
        indexes = [models.Index(fields=["import_of", "fate"], name="row_fate")]

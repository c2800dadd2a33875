"""Tables of the directives room: documents in and out, their clauses, the tasks these become, and how tasks end."""

from django.db import models

from chongdich.domain.directives.areas import AREAS
from chongdich.domain.directives.states import DIRECTIVE, EXTENSION, TASK

UNIT = "organisations.Organisation"


def _classes(fields: str, **special: str) -> dict[str, str]:
    return {**dict.fromkeys(fields.split(), "none"), **special}


class Directive(models.Model):
    """One document, received or made here. A date may be partial: year, or year and month, with no day invented."""

    class Direction(models.TextChoices):
        INCOMING = "in", "Văn bản đến"
        OUTGOING = "out", "Văn bản đi"

    direction = models.CharField(max_length=3, choices=Direction.choices)
    state = models.CharField(max_length=10, choices=[(name, state.label) for name, state in DIRECTIVE.items()])
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")  # the body whose register it is in
    issuer = models.ForeignKey(UNIT, models.PROTECT, related_name="+", null=True)
    issuer_name = models.CharField(max_length=300, blank=True)
    number = models.CharField(max_length=20, blank=True)  # "8005"
    symbol = models.CharField(max_length=60, blank=True)  # "UBND-VXNV"
    reference = models.CharField(max_length=80, blank=True)  # folded "8005/ubnd-vxnv": what citations are matched on
    kind = models.CharField(max_length=40, blank=True)
    subject = models.TextField(blank=True)
    place_text = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField(null=True)
    month = models.PositiveSmallIntegerField(null=True)
    day = models.PositiveSmallIntegerField(null=True)
    urgency = models.CharField(max_length=20, blank=True)
    signatory = models.CharField(max_length=160, blank=True)
    signatory_title = models.CharField(max_length=300, blank=True)
    arrival_number = models.PositiveIntegerField(null=True)  # in the register of documents received
    arrival_year = models.PositiveSmallIntegerField(null=True)  # whose register; the document's own year may differ
    arrived_on = models.DateField(null=True)
    due = models.DateField(null=True)
    text = models.TextField(blank=True)
    reading = models.JSONField(null=True)  # the machine's reading, kept beside what people made of it
    content = models.JSONField(null=True)  # an outgoing document's model
    implements = models.ForeignKey("self", models.PROTECT, related_name="implemented_by", null=True)
    replaces = models.ForeignKey("self", models.PROTECT, related_name="replaced_by", null=True)
    exchange_id = models.CharField(max_length=120, blank=True)  # DocumentId on the exchange
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)
    issued_at = models.DateTimeField(null=True)
    search = models.TextField(blank=True)

    FIELD_CLASSES = _classes(
        "id direction state unit issuer issuer_name number symbol reference kind subject place_text year month day "
        "urgency arrival_number arrival_year arrived_on due implements replaces exchange_id version created_at "
        "created_by issued_at",
        signatory="personal", signatory_title="none", text="personal", reading="personal", content="personal",
        search="personal",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "arrival_year", "arrival_number"], name="arrival_numbered_once",
                condition=models.Q(arrival_number__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["unit", "exchange_id"], name="packet_taken_once", condition=~models.Q(exchange_id=""),
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "direction", "-created_at"], name="directive_list"),
            models.Index(fields=["-created_at"], name="directive_recent"),
            models.Index(fields=["reference"], name="directive_reference"),
            models.Index(fields=["number"], name="directive_number"),
        ]


class SourceFile(models.Model):
    """A file as it came, or as it was made for issue; kept by its hash, never changed."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="files", null=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=80)
    size = models.BigIntegerField()
    sha256 = models.CharField(max_length=64)
    role = models.CharField(max_length=12)  # source, attachment, issued, evidence, waiting (for its text), failed
    beside = models.ForeignKey("self", models.PROTECT, related_name="attached", null=True)  # came with a waiting scan
    problem = models.CharField(max_length=500, blank=True)  # why it could not be read
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id directive content_type size sha256 role beside problem unit at by", name="personal")

    class Meta:
        indexes = [
            models.Index(fields=["sha256"], name="file_hash"),
            # The few that wait are asked for every second, among all the files of the house.
            models.Index(fields=["id"], name="file_waiting", condition=models.Q(role="waiting")),
        ]


class Citation(models.Model):
    """A document that a directive names; `target` when we hold it."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="citations")
    number = models.CharField(max_length=80)  # "659/BC-SYT", as it stands
    reference = models.CharField(max_length=80)
    date_text = models.CharField(max_length=20, blank=True)  # "2021-11-27", "2021-11" or empty
    issuer_name = models.CharField(max_length=300, blank=True)
    target = models.ForeignKey(Directive, models.SET_NULL, related_name="cited_by", null=True)
    is_basis = models.BooleanField(default=False)

    FIELD_CLASSES = _classes("id directive number reference date_text issuer_name target is_basis")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "reference"], name="cited_once")]
        indexes = [models.Index(fields=["reference"], name="citation_reference")]


class Recipient(models.Model):
    """Who a document goes to: an addressee, or one of "Nơi nhận", with what for and by which channel."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="recipients")
    order = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=300)
    purpose = models.CharField(max_length=60, blank=True)
    channel = models.CharField(max_length=20, blank=True)
    addressee = models.BooleanField(default=False)

    FIELD_CLASSES = _classes("id directive order purpose channel addressee", name="personal")


class Delivery(models.Model):
    """A document issued here on its way to one unit, with its state on the exchange (codes of QCVN 102:2016)."""

    directive = models.ForeignKey(Directive, models.PROTECT, related_name="deliveries")
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20)  # inside, edxml, paper
    status = models.CharField(max_length=2, blank=True)  # 01 … 16
    incoming = models.ForeignKey(Directive, models.PROTECT, related_name="+", null=True)
    sent_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    FIELD_CLASSES = _classes("id directive unit channel status incoming sent_at changed_at note")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "unit"], name="delivered_once")]
        indexes = [models.Index(fields=["unit", "-sent_at"], name="delivery_inbox")]


class Clause(models.Model):
    """One leaf instruction. What the machine read stays in `machine`; the other fields are what people confirmed."""

    class State(models.TextChoices):
        READ = "read", "máy đọc"
        CONFIRMED = "confirmed", "đã xác nhận"
        DROPPED = "dropped", "không phải nhiệm vụ"

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="clauses")
    order = models.PositiveIntegerField()
    path = models.CharField(max_length=30, blank=True)
    text = models.TextField()
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    lead_text = models.JSONField(default=list)
    coordinating_text = models.JSONField(default=list)
    due = models.DateField(null=True)
    manner = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=20, blank=True)  # daily, weekly, monthly, quarterly
    area = models.CharField(max_length=14, choices=list(AREAS.items()), default="other")
    state = models.CharField(max_length=9, choices=State.choices, default=State.READ)
    doubts = models.JSONField(default=list)
    machine = models.JSONField(null=True)
    indicator = models.CharField(max_length=60, blank=True)
    indicator_target = models.CharField(max_length=60, blank=True)

    FIELD_CLASSES = _classes(
        "id directive order path start end lead_text coordinating_text due manner period area state doubts indicator "
        "indicator_target",
        text="personal", machine="personal",
    )  # fmt: skip

    class Meta:
        indexes = [models.Index(fields=["directive", "order"], name="clause_order")]


class ClauseUnit(models.Model):
    """A body that a clause speaks to, after its words were resolved; a group keeps its phrase."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="units")
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    lead = models.BooleanField(default=True)
    phrase = models.CharField(max_length=300, blank=True)

    FIELD_CLASSES = _classes("id clause unit lead phrase")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["clause", "unit", "lead"], name="clause_unit_once")]


class Task(models.Model):
    """What one unit owes: one per unit and clause. `giver` is the body that gave it and judges its reports."""

    clause = models.ForeignKey(Clause, models.PROTECT, related_name="tasks")
    directive = models.ForeignKey(Directive, models.PROTECT, related_name="tasks")
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    giver = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True)
    lead = models.BooleanField(default=True)
    title = models.TextField()
    area = models.CharField(max_length=14, choices=list(AREAS.items()), default="other")
    state = models.CharField(max_length=14, choices=[(name, state.label) for name, state in TASK.items()])
    due = models.DateField(null=True)
    manner = models.CharField(max_length=40, blank=True)
    period = models.CharField(max_length=20, blank=True)
    next_report_on = models.DateField(null=True)
    given_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    done_on = models.DateField(null=True)
    warned = models.CharField(max_length=12, blank=True)  # the last rung of the overdue ladder that was climbed
    children_total = models.PositiveIntegerField(default=0)
    children_done = models.PositiveIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)
    search = models.TextField(blank=True)

    FIELD_CLASSES = _classes(
        "id clause directive unit giver parent lead area state due manner period next_report_on given_at changed_at "
        "done_on warned children_total children_done version",
        title="personal", search="personal",
    )  # fmt: skip

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "unit", "giver"], name="given_once", condition=models.Q(parent=None)
            ),
            models.UniqueConstraint(
                fields=["parent", "unit"], name="passed_down_once", condition=models.Q(parent__isnull=False)
            ),
        ]
        indexes = [
            # These hold all that lists, statistics and groups ask of many tasks, so that no row need be read.
            models.Index(fields=["unit", "state", "due", "done_on", "area"], name="task_unit_lines"),
            models.Index(fields=["giver", "state", "due", "done_on", "area", "unit"], name="task_given_lines"),
            models.Index(fields=["giver", "clause", "state", "due", "id"], name="task_given_groups"),
            models.Index(fields=["directive", "state"], name="task_of_directive"),
            models.Index(fields=["due", "id"], name="task_due"),
            models.Index(fields=["next_report_on"], name="task_report_due"),
        ]


class Report(models.Model):
    """A unit's word on a task, with its evidence, and the giver's judgement of it."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", "chờ duyệt"
        ACCEPTED = "accepted", "được chấp nhận"
        RETURNED = "returned", "bị trả lại"

    task = models.ForeignKey(Task, models.PROTECT, related_name="reports")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=14)  # final, periodic, not_executable
    text = models.TextField()
    for_period = models.DateField(null=True)  # the day a periodic report was due
    state = models.CharField(max_length=9, choices=State.choices, default=State.SUBMITTED)
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    judged_by = models.BigIntegerField(null=True)
    judged_at = models.DateTimeField(null=True)
    judgement = models.TextField(blank=True)

    FIELD_CLASSES = _classes(
        "id task order kind for_period state by at judged_by judged_at", text="personal", judgement="personal"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "order"], name="report_order")]


class Evidence(models.Model):
    """What a report rests on: a file, or an indicator computed from live data once a room can compute it."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=10)  # file, indicator
    file = models.ForeignKey(SourceFile, models.PROTECT, related_name="+", null=True)
    indicator = models.CharField(max_length=60, blank=True)
    place = models.ForeignKey("places.Place", models.PROTECT, related_name="+", null=True)
    target = models.CharField(max_length=60, blank=True)
    value = models.CharField(max_length=60, blank=True)
    computed_at = models.DateTimeField(null=True)

    FIELD_CLASSES = _classes("id report kind file indicator place target value computed_at")


class Extension(models.Model):
    """A request for more time, and its decision."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="extensions")
    asked_until = models.DateField()
    reason = models.TextField()
    state = models.CharField(max_length=7, choices=list(EXTENSION.items()), default="asked")
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)

    FIELD_CLASSES = _classes(
        "id task asked_until state by at decided_by decided_at", reason="personal", decision="personal"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["task"], name="one_open_request", condition=models.Q(state="asked"))
        ]


class NumberBook(models.Model):
    """The last number given in one body's register of one kind in one year. Locked while a number is given."""

    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    book = models.CharField(max_length=40)  # "den" (received), or a kind of outgoing document
    last = models.PositiveIntegerField(default=0)

    UNTRACKED = True
    FIELD_CLASSES = _classes("id unit year book last")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "book"], name="book_once")]


class IssuedNumber(models.Model):
    """A number given to an outgoing document: the constraint that no number is given twice."""

    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField()
    book = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    directive = models.OneToOneField(Directive, models.PROTECT, related_name="issued_number")

    FIELD_CLASSES = _classes("id unit year book number directive")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "year", "book", "number"], name="numbered_once")]


class DraftVersion(models.Model):
    """Each saved version of an outgoing document's content."""

    directive = models.ForeignKey(Directive, models.CASCADE, related_name="versions")
    order = models.PositiveIntegerField()
    content = models.JSONField()
    by = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    note = models.CharField(max_length=300, blank=True)

    UNTRACKED = True
    FIELD_CLASSES = _classes("id directive order by at note", content="personal")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["directive", "order"], name="version_order")]


class DirectiveWords(models.Model):
    """The index of the words of documents (see searching.py). Never written from here: triggers keep it."""

    UNTRACKED = True
    row = models.OneToOneField(
        Directive, models.DO_NOTHING, primary_key=True, db_column="id", db_constraint=False, related_name="words"
    )
    place = models.BigIntegerField()  # SQLite: the row's identifier again, in the index's own order
    asked = models.TextField()  # the words

    FIELD_CLASSES = _classes("row place", asked="personal")

    class Meta:
        managed = False
        db_table = "directive_words_found"


class TaskWords(models.Model):
    """The same for tasks."""

    UNTRACKED = True
    row = models.OneToOneField(
        Task, models.DO_NOTHING, primary_key=True, db_column="id", db_constraint=False, related_name="words"
    )
    place = models.BigIntegerField()
    asked = models.TextField()

    FIELD_CLASSES = _classes("row place", asked="personal")

    class Meta:
        managed = False
        db_table = "task_words_found"

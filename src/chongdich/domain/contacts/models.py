"""Tables of the contacts room: venues, presences, tracings, contacts with their links and calls."""

from django.db import models

from chongdich.domain.contacts.states import CALL_OUTCOME, CONTACT, SOURCE, VENUE_KIND

PERSON = "people.Person"
UNIT = "organisations.Organisation"
PLACE = "places.Place"
CASE = "cases.Case"


def _classes(plain: str, sensitive: str = "") -> dict[str, str]:
    return {**dict.fromkeys(plain.split(), "none"), **dict.fromkeys(sensitive.split(), "sensitive")}


class Venue(models.Model):
    """Somewhere people are together: a room, a stall, a bus on one trip. `closed` and `distance_m` say how near."""

    kind = models.CharField(max_length=10, choices=list(VENUE_KIND.items()))
    name = models.CharField(max_length=200)
    search = models.CharField(max_length=220, db_index=True)
    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+", null=True)
    address = models.CharField(max_length=200, blank=True)
    plate = models.CharField(max_length=20, blank=True)
    household = models.ForeignKey("people.Household", models.PROTECT, related_name="+", null=True)
    closed = models.BooleanField(default=True)  # shares one closed or narrow space
    distance_m = models.FloatField(null=True)  # usual distance between people there, metres; None where not known
    lag_minutes = models.PositiveSmallIntegerField(default=0)  # how long air there is shared after somebody left
    kept = models.BooleanField(default=False)  # the tracing store knows how near people are here
    created_at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = {
        **_classes("id kind place household closed distance_m lag_minutes kept created_at by"), "name": "personal",
        "search": "personal", "address": "personal", "plate": "personal",
    }  # fmt: skip


class Presence(models.Model):
    """A person at a venue from a moment until a moment. Append-only: a correction supersedes."""

    UNTRACKED = True
    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="presences")
    since = models.DateTimeField()
    until = models.DateTimeField()
    source = models.CharField(max_length=10, choices=list(SOURCE.items()))
    certainty = models.FloatField(default=1.0)  # 0 to 1
    masked = models.BooleanField(null=True)
    seat = models.CharField(max_length=20, blank=True)
    origin = models.CharField(max_length=60, blank=True)  # "interview:12", "import:3": where the row came from
    superseded = models.BooleanField(default=False)  # a later row took its place, or it was taken back
    silent = models.BooleanField(default=False)  # the tracing store knows that it counts no longer
    supersedes = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    row = models.BigIntegerField(null=True, unique=True)  # its number in the tracing store; None: on its way there
    recorded_at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes(
        "id person venue source certainty origin superseded silent supersedes row recorded_at by",
        "since until masked seat",
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until__gte=models.F("since")), name="presence_ends_after_it_begins"
            )
        ]
        indexes = [
            models.Index(fields=["venue", "since"], name="presence_at_venue"),
            models.Index(fields=["person", "since"], name="presence_of_person"),
            models.Index(fields=["origin"], name="presence_origin"),
            models.Index(fields=["id"], name="presence_to_keep", condition=models.Q(row=None)),
            models.Index(fields=["id"], name="presence_to_silence", condition=models.Q(superseded=True, silent=False)),
        ]


class Batch(models.Model):
    """Presences that came as a file: the file stays in the vault, its rows stand in the tracing store alone."""

    name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    source = models.CharField(max_length=10, choices=list(SOURCE.items()))
    columns = models.JSONField(default=dict)  # our column -> the file's
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", null=True)
    count = models.BigIntegerField(default=0)
    first_row = models.BigIntegerField(null=True)  # in the store; None: on its way there
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    withdrawn = models.BooleanField(default=False)
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id name sha256 source columns unit count first_row withdrawn at by since until")


class StoreMark(models.Model):
    """How far the tracing store follows the tables: one row. Tracing locks it, so that two never write at once."""

    UNTRACKED = True
    rows = models.BigIntegerField(default=0)
    version = models.PositiveIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)  # said by `doctor` and the screens
    checked_at = models.DateTimeField(null=True)

    FIELD_CLASSES = _classes("id rows version problem checked_at")


class Contact(models.Model):
    """A person who met cases (F1), or who met such a person (F2): one row per person and illness wave."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20, default="covid19")
    generation = models.PositiveSmallIntegerField()  # 1: F1, 2: F2
    state = models.CharField(max_length=11, choices=[(name, state.label) for name, state in CONTACT.items()])
    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+", null=True)  # where the person is to be reached
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", null=True)  # who must reach and follow
    tracer = models.BigIntegerField(null=True)  # account
    category = models.CharField(max_length=20, blank=True)  # the condition of the rule: `states.CONDITION`
    rank = models.FloatField(default=0)  # who is called first: higher is sooner
    first_exposure = models.DateTimeField(null=True)
    last_exposure = models.DateTimeField(null=True)
    quarantine_until = models.DateField(null=True)
    follow_until = models.DateField(null=True)  # quarantine and the watching after it
    follow_rule = models.JSONField(null=True)
    outside = models.CharField(max_length=120, blank=True)  # another province, when the person lives there
    away = models.BooleanField(default=False)  # lives in another district or province than the cases
    supported = models.BooleanField(default=True)  # some link still stands
    by_hand = models.BooleanField(default=False)  # somebody called, moved or assigned: the machine only adds
    note = models.TextField(blank=True)  # why dismissed, refused, lost
    found_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    quarantined_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    assigned_at = models.DateTimeField(null=True)
    converted_to = models.ForeignKey(CASE, models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)

    FIELD_CLASSES = _classes(
        "id person disease place unit tracer rank outside away supported by_hand found_at version",
        "generation state category first_exposure last_exposure quarantine_until follow_until follow_rule reached_at "
        "quarantined_at closed_at assigned_at converted_to note",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["disease", "person"], name="one_open_contact",
                condition=~models.Q(state__in=("released", "converted", "dismissed")),
            )
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["unit", "state", "-rank"], name="contact_worklist"),
            models.Index(fields=["place", "state"], name="contact_of_place"),
            models.Index(fields=["tracer", "state"], name="contact_of_tracer"),
            models.Index(fields=["found_at"], name="contact_found"),
            models.Index(fields=["person"], name="contact_of_person"),
        ]


class Tracing(models.Model):
    """One question to the tracing store: by which rule, about which cases, and what the store held. The proof."""

    at = models.DateTimeField()
    disease = models.CharField(max_length=20)
    law_on = models.DateField()  # the day whose law was applied
    rule = models.JSONField()  # the numbers given to the engine; `f2`: the record of the rule of F2
    store_version = models.PositiveIntegerField()
    store_rows = models.BigIntegerField()
    case_ids = models.JSONField()
    f1 = models.PositiveIntegerField(default=0)
    f2 = models.PositiveIntegerField(default=0)
    because_of = models.UUIDField(null=True)  # the ledger entry that led here

    FIELD_CLASSES = _classes("id at disease law_on rule store_version store_rows case_ids f1 f2 because_of")


class TracedCase(models.Model):
    """How a case was traced last: which window, and up to which entry of the ledger its facts were taken in."""

    UNTRACKED = True
    case = models.OneToOneField(CASE, models.PROTECT, related_name="+")
    since = models.DateTimeField(null=True)
    until = models.DateTimeField(null=True)
    up_to = models.BigIntegerField(default=0)
    tracing = models.ForeignKey(Tracing, models.PROTECT, related_name="+", null=True)
    traced_at = models.DateTimeField()

    FIELD_CLASSES = _classes("id case up_to tracing traced_at", "since until")


class Link(models.Model):
    """Why a person is a contact: of which case, met where, when, how long, by which row; an F2 through which F1."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="links")
    case = models.ForeignKey(CASE, models.PROTECT, related_name="+", null=True)
    former_case = models.BigIntegerField(null=True)  # of which case it was, when that case was taken back
    tracing = models.ForeignKey(Tracing, models.PROTECT, related_name="+", null=True)
    through = models.ForeignKey(Contact, models.PROTECT, related_name="onward", null=True)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", null=True)
    minutes = models.FloatField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    meetings = models.PositiveIntegerField(default=1)
    evidence = models.JSONField(default=list)  # pairs of store rows (the infectious person's, the contact's)
    named = models.BooleanField(default=False)  # named in an interview rather than found by presences
    condition = models.CharField(max_length=20, blank=True)
    rule = models.JSONField(null=True)
    withdrawn = models.BooleanField(default=False)  # a later look at the facts no longer gives this link
    withdrawn_at = models.DateTimeField(null=True)
    found_at = models.DateTimeField(null=True)

    FIELD_CLASSES = _classes(
        "id contact case former_case tracing through venue evidence named withdrawn withdrawn_at found_at",
        "minutes first_at last_at meetings condition rule",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "case"], name="contact_link_once", condition=models.Q(through=None)
            ),
            models.UniqueConstraint(
                fields=["contact", "case", "through"], name="onward_link_once",
                condition=models.Q(through__isnull=False),
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["case"], name="link_of_case")]


class Call(models.Model):
    """One attempt to reach a contact."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="calls")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=12, choices=list(CALL_OUTCOME.items()))
    note = models.TextField(blank=True)
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id contact at outcome by", "note")

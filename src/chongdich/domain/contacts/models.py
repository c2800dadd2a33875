"""Tables of the contacts room: venues, presences, contacts with their links and calls."""

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
    created_at = models.DateTimeField()
    by = models.BigIntegerField(null=True)

    FIELD_CLASSES = {
        **_classes("id kind place household closed distance_m lag_minutes created_at by"), "name": "personal",
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
    superseded = models.BooleanField(default=False)
    supersedes = models.ForeignKey("self", models.PROTECT, related_name="+", null=True)
    recorded_at = models.DateTimeField()

    FIELD_CLASSES = _classes(
        "id person venue source certainty origin superseded supersedes recorded_at", "since until masked seat"
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
        ]


class Contact(models.Model):
    """A person who met cases (F1), or who met such a person (F2): one row per person and illness wave."""

    person = models.ForeignKey(PERSON, models.PROTECT, related_name="+")
    disease = models.CharField(max_length=20, default="covid19")
    generation = models.PositiveSmallIntegerField()  # 1: F1, 2: F2
    state = models.CharField(max_length=11, choices=[(name, state.label) for name, state in CONTACT.items()])
    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+", null=True)  # where the person is to be reached
    unit = models.ForeignKey(UNIT, models.PROTECT, related_name="+", null=True)  # who must reach and follow
    tracer = models.BigIntegerField(null=True)  # account
    category = models.CharField(max_length=20, blank=True)  # the condition of the rule
    rule = models.JSONField(null=True)
    rank = models.FloatField(default=0)  # who is called first: higher is sooner
    first_exposure = models.DateTimeField(null=True)
    last_exposure = models.DateTimeField(null=True)
    follow_until = models.DateField(null=True)
    follow_rule = models.JSONField(null=True)
    outside = models.CharField(max_length=120, blank=True)  # another province, when the person lives there
    found_at = models.DateTimeField()
    reached_at = models.DateTimeField(null=True)
    quarantined_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    converted_to = models.ForeignKey(CASE, models.PROTECT, related_name="+", null=True)
    version = models.PositiveIntegerField(default=1)

    FIELD_CLASSES = _classes(
        "id person disease place unit tracer rank outside found_at version",
        "generation state category rule first_exposure last_exposure follow_until follow_rule reached_at "
        "quarantined_at closed_at converted_to",
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
        ]


class Link(models.Model):
    """Why a person is a contact: of which case, met where, when, how long, by which row; an F2 through which F1."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="links")
    case = models.ForeignKey(CASE, models.PROTECT, related_name="+")
    through = models.ForeignKey(Contact, models.PROTECT, related_name="onward", null=True)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="+", null=True)
    minutes = models.FloatField(default=0)
    first_at = models.DateTimeField(null=True)
    last_at = models.DateTimeField(null=True)
    meetings = models.PositiveIntegerField(default=1)
    evidence = models.JSONField(default=list)  # pairs of presence ids
    named = models.BooleanField(default=False)  # named in an interview rather than found by presences
    condition = models.CharField(max_length=20, blank=True)
    rule = models.JSONField(null=True)
    withdrawn = models.BooleanField(default=False)  # a later look at the facts no longer gives this link

    FIELD_CLASSES = _classes(
        "id contact case through venue evidence named withdrawn",
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

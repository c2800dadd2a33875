"""Tables of people. Everything personal in the house stands here; other rooms point at `people.Person` by label."""

from django.db import models

PLACE = "places.Place"
UNIT = "organisations.Organisation"


def _classes(none: str, personal: str = "", sensitive: str = "") -> dict[str, str]:
    """FIELD_CLASSES from three lists of names."""
    named = {"none": none, "personal": personal, "sensitive": sensitive}
    return {field: kind for kind, fields in named.items() for field in fields.split()}


class Household(models.Model):
    """People who live together at one address."""

    uid = models.UUIDField(unique=True)
    place = models.ForeignKey(PLACE, models.PROTECT, related_name="+", null=True)
    hamlet = models.CharField(max_length=80, blank=True)
    address = models.CharField(max_length=200, blank=True)
    head = models.ForeignKey("Person", models.PROTECT, related_name="+", null=True)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id uid place created_at created_by", "hamlet address head")

    def __str__(self) -> str:
        return f"household {self.pk}"


class Person(models.Model):
    """One person, once. A person merged into another stays, pointing at the one that was kept."""

    class Sex(models.TextChoices):
        MALE = "m", "Nam"
        FEMALE = "f", "Nữ"

    uid = models.UUIDField(unique=True)  # may be made on a phone without a network
    name = models.CharField(max_length=120)
    name_folded = models.CharField(max_length=120)  # "nguyen van an": see `rules.folded_name`
    birth_date = models.DateField(null=True)
    birth_year = models.PositiveSmallIntegerField(null=True)  # always set when birth_date is
    sex = models.CharField(max_length=1, choices=Sex.choices, blank=True)
    cccd = models.CharField(max_length=12, blank=True)
    cmnd = models.CharField(max_length=12, blank=True)
    passport = models.CharField(max_length=20, blank=True)
    insurance_number = models.CharField(max_length=15, blank=True)
    nationality = models.CharField(max_length=2, default="VN")  # ISO 3166-1
    occupation = models.CharField(max_length=120, blank=True)
    workplace = models.CharField(max_length=200, blank=True)
    school = models.CharField(max_length=200, blank=True)
    guardian_name = models.CharField(max_length=120, blank=True)
    guardian_phone = models.CharField(max_length=16, blank=True)
    pregnant = models.BooleanField(null=True)
    pregnant_until = models.DateField(null=True)  # the expected day, after which the answer is stale
    comorbidities = models.JSONField(default=list)  # slugs of the diseases that the law's tables name
    vaccine_doses = models.PositiveSmallIntegerField(null=True)  # null: not asked
    last_dose_on = models.DateField(null=True)
    last_vaccine = models.CharField(max_length=40, blank=True)
    residence = models.ForeignKey(PLACE, models.PROTECT, related_name="+", null=True)
    residence_hamlet = models.CharField(max_length=80, blank=True)
    residence_address = models.CharField(max_length=200, blank=True)
    present = models.ForeignKey(PLACE, models.PROTECT, related_name="+", null=True)  # where the person is now
    present_hamlet = models.CharField(max_length=80, blank=True)
    present_address = models.CharField(max_length=200, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, related_name="members", null=True)
    note = models.TextField(blank=True)
    merged_into = models.ForeignKey("self", models.PROTECT, related_name="absorbed", null=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.BigIntegerField(null=True)  # account
    created_for = models.ForeignKey(UNIT, models.PROTECT, related_name="+", null=True)  # the unit that entered the row

    FIELD_CLASSES = _classes(
        "id uid nationality residence present household merged_into version created_at created_by created_for",
        "name name_folded birth_date birth_year sex cccd cmnd passport insurance_number occupation workplace school "
        "guardian_name guardian_phone residence_hamlet residence_address present_hamlet present_address",
        "pregnant pregnant_until comorbidities vaccine_doses last_dose_on last_vaccine note",
    )

    class Meta:
        indexes = [
            models.Index(fields=["name_folded", "birth_year"], name="person_name_year"),
            models.Index(fields=["birth_date"], name="person_birth_date"),
            models.Index(fields=["birth_year", "residence"], name="person_year_residence"),
            models.Index(fields=["birth_year", "present"], name="person_year_present"),
            models.Index(fields=["cccd"], name="person_cccd", condition=~models.Q(cccd="")),
            models.Index(fields=["cmnd"], name="person_cmnd", condition=~models.Q(cmnd="")),
            models.Index(fields=["passport"], name="person_passport", condition=~models.Q(passport="")),
            models.Index(
                fields=["insurance_number"], name="person_insurance", condition=~models.Q(insurance_number="")
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"person {self.pk}"  # never the name: logs and error pages print this


class Phone(models.Model):
    """A number at which a person is reached; a family may share one."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="phones")
    number = models.CharField(max_length=16, db_index=True)  # "+84912345678": see `rules.phone_number`
    owner = models.CharField(max_length=60, blank=True)  # whose it is when not the person's own: "con gái"
    created_at = models.DateTimeField()

    FIELD_CLASSES = _classes("id person created_at", "number owner")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "number"], name="phone_once")]

    def __str__(self) -> str:
        return f"phone {self.pk}"


class Likeness(models.Model):
    """Two rows that may be one person, and what somebody decided about them. `first` has the lower number."""

    class State(models.TextChoices):
        OPEN = "open", "chờ xem xét"
        MERGED = "merged", "đã gộp"
        DISTINCT = "distinct", "không phải một người"

    first = models.ForeignKey(Person, models.PROTECT, related_name="+")
    second = models.ForeignKey(Person, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField()  # 0 … 100
    certain = models.BooleanField(default=False)  # the same citizen number
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    decided_by = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)

    FIELD_CLASSES = _classes("id first second score certain state found_at decided_by decided_at")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["first", "second"], name="likeness_once")]
        indexes = [models.Index(fields=["state", "-score", "id"], name="likeness_queue")]

    def __str__(self) -> str:
        return f"likeness {self.pk}"


class Merge(models.Model):
    """One merge, with everything needed to undo it exactly."""

    kept = models.ForeignKey(Person, models.PROTECT, related_name="merges")
    gone = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    by = models.BigIntegerField(null=True)
    moved = models.JSONField(default=list)  # [{"model", "field", "rows"}], rows that could not move, values filled in
    undone_at = models.DateTimeField(null=True)
    undone_by = models.BigIntegerField(null=True)

    FIELD_CLASSES = _classes("id kept gone at by undone_at undone_by", "", "moved")

    class Meta:
        indexes = [models.Index(fields=["-at"], name="merge_recent")]

    def __str__(self) -> str:
        return f"merge {self.pk}"


class Opening(models.Model):
    """A full record was opened: by whom, of whom, what for. Never changed."""

    UNTRACKED = True
    account_id = models.BigIntegerField(null=True)
    unit_id = models.BigIntegerField(null=True)
    person = models.ForeignKey(Person, models.PROTECT, related_name="openings")
    purpose = models.CharField(max_length=20)  # slug of `rules.PURPOSES`
    reason = models.CharField(max_length=200, blank=True)  # in the opener's words
    at = models.DateTimeField()

    FIELD_CLASSES = _classes("id account_id unit_id person purpose at", "reason")

    class Meta:
        indexes = [
            models.Index(fields=["person", "-at"], name="opening_of_person"),
            models.Index(fields=["account_id", "-at"], name="opening_by_account"),
            models.Index(fields=["-at"], name="opening_recent"),
        ]

    def __str__(self) -> str:
        return f"opening {self.pk}"

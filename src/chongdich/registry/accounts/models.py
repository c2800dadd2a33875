"""Accounts and their appointments. A right is an appointment: a role in a unit, from a day until a day."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from chongdich.registry.accounts.roles import ROLES


class AccountManager(BaseUserManager["Account"]):
    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(username=(username or "").strip().lower())


class Account(AbstractBaseUser):
    """A person's way in. `rights_version` rises with every change of rights and ends older sessions at once."""

    username = models.CharField("tên đăng nhập", max_length=60, unique=True)
    display_name = models.CharField("họ và tên", max_length=120)
    email = models.EmailField("thư điện tử", blank=True)
    is_active = models.BooleanField("đang dùng", default=True)
    must_change_password = models.BooleanField(default=True)
    rights_version = models.PositiveIntegerField(default=1)
    totp_secret = models.CharField(max_length=200, blank=True)  # sealed with the installation's key
    totp_confirmed_at = models.DateTimeField(null=True)
    totp_last_step = models.BigIntegerField(default=0)  # a code works once
    language = models.CharField(max_length=2, default="vi")
    created_at = models.DateTimeField()

    objects = AccountManager()
    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    FIELD_CLASSES = {
        "id": "none", "username": "personal", "display_name": "personal", "email": "personal", "is_active": "none",
        "must_change_password": "none", "rights_version": "none", "totp_secret": "sensitive",
        "totp_confirmed_at": "none", "totp_last_step": "none", "language": "none", "created_at": "none",
        "password": "sensitive", "last_login": "personal",
    }  # fmt: skip


class Appointment(models.Model):
    """A role in a unit for a period of days; withdrawn at once by `withdrawn_at`."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="appointments")
    unit = models.ForeignKey("organisations.Organisation", models.PROTECT, related_name="+")
    role = models.CharField(max_length=20, choices=[(name, role.label) for name, role in ROLES.items()])
    since = models.DateField()
    until = models.DateField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    FIELD_CLASSES = dict.fromkeys(("id", "account", "unit", "role", "since", "until", "withdrawn_at"), "none")

    class Meta:
        indexes = [models.Index(fields=["unit", "role"], name="appointment_unit")]


class Invitation(models.Model):
    """A one-time link with which a new account sets its password; only the token's hash is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    FIELD_CLASSES = {
        "id": "none",
        "account": "none",
        "token_hash": "sensitive",
        "expires_at": "none",
        "used_at": "none",
    }


class ApiToken(models.Model):
    """A personal key for programs: acts with its owner's rights of the moment, reading only unless it `may_write`."""

    UNTRACKED = True  # its making and its end are facts; between them only the time of use changes
    account = models.ForeignKey(Account, models.CASCADE, related_name="tokens")
    label = models.CharField("tên khóa", max_length=80)
    token_hash = models.CharField(max_length=64, unique=True)
    may_write = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)  # to the hour

    FIELD_CLASSES = {
        **dict.fromkeys(("id", "account", "may_write", "created_at", "expires_at", "revoked_at", "used_at"), "none"),
        "label": "personal", "token_hash": "sensitive",
    }  # fmt: skip


class KeptAnswer(models.Model):
    """What a program was told when it asked with an `Idempotency-Key`: the same question gets the same answer."""

    UNTRACKED = True
    account = models.ForeignKey(Account, models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)  # 0 while the first request is at work
    body = models.TextField(blank=True)
    at = models.DateTimeField()

    FIELD_CLASSES = {
        **dict.fromkeys(("id", "account", "key", "fingerprint", "status", "at"), "none"), "body": "personal",
    }  # fmt: skip

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="answered_once")]


class Reach(models.Model):
    """Which units stand at or below which, on any line and at any distance, and when: derived from the standings."""

    UNTRACKED = True
    ancestor = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    descendant = models.ForeignKey("organisations.Organisation", models.CASCADE, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True)

    FIELD_CLASSES = dict.fromkeys(("id", "ancestor", "descendant", "since", "until"), "none")

    class Meta:
        indexes = [models.Index(fields=["ancestor", "descendant", "since"], name="reach_down")]

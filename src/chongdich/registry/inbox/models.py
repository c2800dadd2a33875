"""Messages to accounts. A message is written once and marked read; mail is a copy of it."""

from django.db import models


class Message(models.Model):
    """One thing one account should know. `key` makes a repeated telling one message."""

    account = models.ForeignKey("accounts.Account", models.CASCADE, related_name="+")
    key = models.CharField(max_length=120)
    topic = models.CharField(max_length=30)  # "task_given", "task_overdue", …: for filters and mail rules
    title = models.CharField(max_length=240)
    body = models.TextField(default="", blank=True)
    address = models.CharField(max_length=200, default="", blank=True)  # the page it leads to
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mail_due = models.BooleanField(default=False)
    mailed_at = models.DateTimeField(null=True)

    UNTRACKED = True
    FIELD_CLASSES = dict.fromkeys(
        ("id", "account", "key", "topic", "title", "body", "address", "at", "read_at", "mail_due", "mailed_at"), "none"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="told_once")]
        indexes = [
            models.Index(fields=["account", "-at"], name="message_list"),
            models.Index(fields=["account"], condition=models.Q(read_at=None), name="message_unread"),
            models.Index(fields=["id"], condition=models.Q(mail_due=True), name="message_to_mail"),
        ]

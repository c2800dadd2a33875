"""Forms of a task: what the unit says, what the giver decides. Each carries the version it was made from."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, QueryDict
from django.utils.translation import gettext_lazy as _

from chongdich.application.journeys.files import MOST_BYTES, Upload, keep
from chongdich.core.errors import Refused
from chongdich.domain.directives.operations.tasks import IndicatorSlot
from chongdich.registry import vault
from chongdich.web.kit.forms import DayField, Form, ManyPicker

MEGABYTES = MOST_BYTES // 1024 // 1024
SLOTS = (1, 2, 3)
_SALT = "evidence-kept"


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(forms.FileField):
    """Several files; clean gives a list."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        given = data if isinstance(data, (list, tuple)) else [data]
        return [super(ManyFilesField, self).clean(one, initial) for one in given if one]


class TaskForm(Form):
    """The base: refused with 409 when somebody changed the task after this version was read."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def refuse(self, refused: Refused) -> None:
        """A refusal that names a file goes beside the files, with the file's name."""
        if refused.where and refused.where not in self.fields and "evidence" in self.fields:
            self.add_error("evidence", f"{refused.where}: {refused.message}")
        else:
            super().refuse(refused)

    def renew(self, version: int) -> None:
        """What was typed stays; sending it again answers the task as it is now."""
        self.data = data = _copy(self.data)
        data[self.add_prefix("version")] = str(version)


def _copy(data: Any) -> QueryDict:
    """What was sent, so that it may be changed."""
    copied = data.copy() if isinstance(data, QueryDict) else QueryDict(mutable=True)
    return copied


class NoWords(TaskForm):
    """A deed that needs no words."""


class Note(TaskForm):
    note = forms.CharField(label=_("Ý kiến"), widget=forms.Textarea({"rows": 3}), required=False, max_length=4000)


class ReturnNote(TaskForm):
    note = forms.CharField(label=_("Lý do trả lại"), widget=forms.Textarea({"rows": 3}), max_length=4000)


class ReopenNote(TaskForm):
    note = forms.CharField(label=_("Lý do mở lại"), widget=forms.Textarea({"rows": 3}), max_length=4000)


class AskExtension(TaskForm):
    until = DayField(label=_("Xin gia hạn đến"))
    reason = forms.CharField(label=_("Lý do xin gia hạn"), widget=forms.Textarea({"rows": 3}), max_length=4000)


class DecideExtension(TaskForm):
    extension = forms.IntegerField(widget=forms.HiddenInput)
    note = forms.CharField(
        label=_("Ý kiến"), help_text=_("Không đồng ý thì phải nêu lý do."), required=False, max_length=4000,
        widget=forms.Textarea({"rows": 2}),
    )  # fmt: skip


def _files_field() -> ManyFilesField:
    return ManyFilesField(
        label=_("Tệp kèm theo"), required=False,
        help_text=_("Chọn được nhiều tệp; mỗi tệp tối đa %(size)d MB.") % {"size": MEGABYTES},
    )  # fmt: skip


class WithFiles(TaskForm):
    """A form with files. Those already sent are kept when the form fails: browsers cannot choose them again."""

    def uploads(self) -> list[Upload]:
        """The files of this sending and of earlier ones that failed."""
        fresh = [_upload(file) for file in self.cleaned_data.get("evidence") or ()]
        return [*self._kept_uploads(), *fresh]

    def _kept_uploads(self) -> list[Upload]:
        return [Upload(name, vault.fetch(sha), kind) for _token, name, kind, sha in self.kept]

    @property
    def kept(self) -> list[tuple[str, str, str, str]]:
        """(token, name, content type, hash) of files kept from a sending that failed."""
        found = []
        for token in _copy(self.data).getlist("kept") if self.is_bound else ():
            try:
                name, kind, sha = signing.loads(token, salt=_SALT)
            except signing.BadSignature:
                continue
            found.append((token, name, kind, sha))
        return found

    def keep_files(self, request: HttpRequest) -> None:
        """Keep what was sent now, so that the next sending has it; a file that is refused is left out."""
        tokens = [token for token, *_rest in self.kept]
        for file in request.FILES.getlist("evidence"):
            try:
                kept = keep(_upload(file), "evidence")
            except Refused:
                continue
            tokens.append(signing.dumps((kept.name, kept.content_type, kept.sha256), salt=_SALT))
        self.data = data = _copy(self.data)
        data.setlist("kept", tokens)


def _upload(file: UploadedFile) -> Upload:
    file.seek(0)
    return Upload((file.name or "")[:200], file.read(), file.content_type or "application/octet-stream")


class Decline(WithFiles):
    reason = forms.CharField(
        label=_("Vì sao không thực hiện được"), widget=forms.Textarea({"rows": 4}), max_length=8000
    )
    evidence = _files_field()


class PeriodReport(WithFiles):
    text = forms.CharField(label=_("Nội dung báo cáo kỳ này"), widget=forms.Textarea({"rows": 6}), max_length=20_000)
    evidence = _files_field()


class Report(WithFiles):
    """The report that a task is done, with up to three indicators."""

    text = forms.CharField(
        label=_("Kết quả thực hiện"), help_text=_("Đã làm gì, kết quả đến đâu, còn gì vướng mắc."),
        widget=forms.Textarea({"rows": 8, "autofocus": True}), max_length=20_000,
    )  # fmt: skip
    evidence = _files_field()

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for slot in SLOTS:
            self.fields.update(_slot_fields(slot, places))
        for name in [f"{part}_{slot}" for slot in SLOTS for part in ("indicator", "place", "target")]:
            self.fields[name].required = False

    @property
    def slots(self) -> list[list[forms.BoundField]]:
        return [[self[f"{part}_{slot}"] for part in ("indicator", "place", "target")] for slot in SLOTS]

    @property
    def slots_open(self) -> bool:
        """Whether something stands in a slot, so that the part is shown open."""
        return self.is_bound and any(bound.data or bound.errors for slot in self.slots for bound in slot)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for slot in SLOTS:
            if not data.get(f"indicator_{slot}") and (data.get(f"place_{slot}") or data.get(f"target_{slot}")):
                self.add_error(f"indicator_{slot}", _("Chỉ tiêu này chưa có tên."))
        return data

    def indicators(self) -> list[IndicatorSlot]:
        """The slots that were filled in."""
        data = self.cleaned_data
        return [
            IndicatorSlot(data[f"indicator_{n}"], int(data[f"place_{n}"] or 0) or None, data[f"target_{n}"])
            for n in SLOTS
            if data.get(f"indicator_{n}")
        ]


def _slot_fields(slot: int, places: Sequence[tuple[int, str]]) -> dict[str, forms.Field]:
    return {
        f"indicator_{slot}": forms.CharField(label=_("Tên chỉ tiêu"), max_length=60),
        f"place_{slot}": forms.ChoiceField(label=_("Địa bàn"), choices=[("", "–"), *places]),
        f"target_{slot}": forms.CharField(label=_("Mục tiêu"), max_length=60),
    }


class PassDown(TaskForm):
    """Which units below get a sub-task, with what words and until when."""

    kinds = forms.MultipleChoiceField(
        label=_("Mọi đơn vị cùng loại"), required=False, widget=forms.CheckboxSelectMultiple
    )
    unit_ids = forms.TypedMultipleChoiceField(
        label=_("Từng đơn vị"), coerce=int, required=False, widget=ManyPicker,
        help_text=_("Gõ tên không cần dấu. Chỉ có các đơn vị trực thuộc đơn vị đang giữ nhiệm vụ."),
    )  # fmt: skip
    title = forms.CharField(
        label=_("Nội dung giao"), widget=forms.Textarea({"rows": 4}), max_length=20_000,
        help_text=_("Có thể viết gọn lại cho đúng phần việc của cấp dưới."),
    )  # fmt: skip
    due = DayField(label=_("Thời hạn cho cấp dưới"), required=False)

    def __init__(
        self, *args: Any, units: Sequence[tuple[int, str]], kinds: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit_ids"].choices = units  # type: ignore[attr-defined]
        self.fields["kinds"].choices = kinds  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if not data.get("kinds") and not data.get("unit_ids") and not self.errors:
            self.add_error("unit_ids", _("Chưa chọn đơn vị nào."))
        return data

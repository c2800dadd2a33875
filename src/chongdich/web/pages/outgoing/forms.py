"""Forms around a draft: how it begins, why it goes back, what was wrong in it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from chongdich.application.recipients import Group
from chongdich.core.official_document import CONG_VAN, KINDS
from chongdich.domain.directives.models import Clause
from chongdich.registry.organisations.models import Organisation
from chongdich.web.kit.forms import Form

KINDS_OFFERED = [CONG_VAN, *(KINDS[code] for code in ("CĐ", "KH", "QĐ", "TB", "CT", "BC", "TTr", "PA", "HD", "GM"))]
KINDS_OFFERED += [kind for kind in KINDS.values() if kind not in KINDS_OFFERED]


class Start(Form):
    """A new document: in whose name, of which kind, about what, to whom, carrying on which clauses."""

    unit = forms.TypedChoiceField(label=_("Nhân danh đơn vị"), coerce=int)
    kind = forms.ChoiceField(label=_("Loại văn bản"), choices=[(k.name, k.name) for k in KINDS_OFFERED])
    subject = forms.CharField(
        label=_("Trích yếu"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Không ghi “V/v”. Ví dụ: tăng cường phòng, chống dịch COVID-19 dịp Tết."),
    )  # fmt: skip
    clauses = forms.TypedMultipleChoiceField(
        label=_("Điều khoản chuyển tiếp"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.MultipleChoiceField(label=_("Gửi các nhóm"), required=False, widget=forms.CheckboxSelectMultiple)
    others = forms.CharField(
        label=_("Gửi các cơ quan khác"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000,
        help_text=_("Mỗi dòng một cơ quan hoặc nhóm, viết như trong văn bản: “Sở Y tế”, “UBND xã Phúc Lộc”."),
    )  # fmt: skip
    mark = forms.RegexField(
        regex=r"^[A-Za-zÀ-ỹĐđ.]{0,10}$", label=_("Bộ phận soạn"), initial="VP", required=False,
        help_text=_("Viết tắt trong ký hiệu công văn và dòng lưu: VP, VXNV, YT."),
        error_messages={"invalid": _("Chỉ gồm chữ, tối đa 10 ký tự.")},
    )  # fmt: skip

    def __init__(
        self, *args: object, units: list[Organisation], groups: list[Group], clauses: list[Clause], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].choices = [(unit.pk, unit.name) for unit in units]  # type: ignore[attr-defined]
        self.fields["groups"].choices = [(g.phrase, f"{g.phrase} ({g.size})") for g in groups]  # type: ignore[attr-defined]
        self.fields["clauses"].choices = [  # type: ignore[attr-defined]
            (row.pk, f"{row.path} {row.text}".strip()) for row in clauses
        ]
        if not clauses:
            del self.fields["clauses"]
        if not groups:
            del self.fields["groups"]
        if len(units) == 1:
            self.fields["unit"].widget = forms.HiddenInput()
            self.fields["unit"].initial = units[0].pk

    def addressees(self) -> list[str]:
        """The names it is addressed to, groups first."""
        typed = [line.strip(" -;.") for line in self.cleaned_data["others"].splitlines()]
        return [*self.cleaned_data.get("groups", []), *(line for line in typed if line)]


class Reason(Form):
    """Why a document goes back or is taken back."""

    note = forms.CharField(label=_("Lý do"), max_length=280, widget=forms.Textarea(attrs={"rows": 3}))


class Correction(Form):
    """What stands wrong in an issued document, and how it should stand."""

    wrong = forms.CharField(label=_("Nội dung sai"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    right = forms.CharField(label=_("Sửa lại là"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

"""Forms: days as people write them, messages that name the field, what was typed kept."""

import unicodedata
from datetime import date

import pytest
from django import forms
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from chongdich.core.errors import Conflict
from chongdich.web.kit.forms import DayField, Form, ModelForm, Picker, form_response


class Sample(Form):
    subject = forms.CharField(label="Trích yếu", max_length=5, help_text="Một câu")
    due = DayField(label="Thời hạn")
    people = forms.IntegerField(label="Số người", min_value=0, required=False)
    kind = forms.ChoiceField(label="Loại", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect, required=False)


def show(source: str, **context: object) -> str:
    return Template("{% load kit %}" + source).render(Context(context))


@pytest.mark.parametrize(
    "text", ["25/12/2021", "25-12-2021", "25.12.2021", "25122021", " 25/12/2021 ", "25/12/21", "2021-12-25"]
)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_day_is_day_month_year_in_both_languages(text: str, language: str) -> None:
    with translation.override(language):
        assert DayField().clean(text) == date(2021, 12, 25)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_second_of_may_is_not_the_fifth_of_february(language: str) -> None:
    with translation.override(language):
        assert DayField().clean("02/05/2021") == date(2021, 5, 2)
        assert forms.DateField(localize=True).clean("02/05/2021") == date(2021, 5, 2)
        assert forms.DateField().clean("25/12/2021") == date(2021, 12, 25)


def test_messages_name_the_field_and_the_remedy() -> None:
    with translation.override("vi"):
        form = Sample({"subject": "", "due": "31/02/2021", "people": "-1", "kind": "c"})
        assert form.errors == {
            "subject": ["Chưa điền “Trích yếu”."],
            "due": ["“Thời hạn”: viết ngày như 25/12/2021."],
            "people": ["“Số người”: phải từ 0 trở lên."],
            "kind": ["“Loại”: giá trị đã chọn không có trong danh sách."],
        }
        assert Sample({"subject": "quá dài", "due": "1/2/2021"}).errors["subject"] == [
            "“Trích yếu”: tối đa 5 ký tự, đã gõ 7."
        ]


def test_text_is_kept_composed() -> None:
    form = Sample({"subject": unicodedata.normalize("NFD", "Đức"), "due": "1/2/2021"})
    assert form.is_valid()
    assert form.cleaned_data["subject"] == "Đức"


def test_a_refusal_stands_beside_the_field_it_names() -> None:
    form = Sample({"subject": "ok", "due": "1/2/2021"})
    form.refuse(Conflict("Số đã cấp.", where="subject"))
    form.refuse(Conflict("Bản ghi đã đổi.", where="elsewhere"))
    assert form.errors["subject"] == ["Số đã cấp."]
    assert form.non_field_errors() == ["Bản ghi đã đổi."]


def test_a_bad_field_shows_its_message_and_what_was_typed() -> None:
    shown = show("{% field form.due %}", form=Sample({"due": "31/02/2021"}))
    assert 'value="31/02/2021"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'aria-describedby="id_due_helptext id_due_error"' in shown
    assert 'id="id_due_error"' in shown
    assert 'id="id_due_helptext"' in shown


def test_the_summary_links_to_each_bad_field_and_is_silent_otherwise() -> None:
    assert show("{% form_errors form %}", form=Sample()).strip() == ""
    shown = show("{% form_errors form %}", form=Sample({"kind": "c"}))
    assert 'href="#id_subject"' in shown
    assert 'href="#id_due"' in shown
    assert 'href="#id_kind"' in shown


def test_every_link_of_the_summary_has_a_target() -> None:
    form = Sample({"kind": "c"})
    shown = show("{% form_errors form %}{% fields form %}", form=form)
    for name in ("subject", "due", "kind"):
        assert f'id="id_{name}"' in shown


def test_a_picker_is_an_ordinary_select_without_its_script() -> None:
    field = forms.ChoiceField(label="Đơn vị", choices=[("1", "UBND")], widget=Picker)
    form = type("One", (Form,), {"unit": field})()
    shown = show("{% field form.unit %}", form=form)
    assert "<select" in shown
    assert "data-picker" in shown


def test_a_wrong_form_answers_422_and_a_fresh_one_200() -> None:
    request = RequestFactory().get("/")
    assert form_response(request, "kit/error_summary.html", {}, Sample()).status_code == 200
    assert form_response(request, "kit/error_summary.html", {}, Sample({})).status_code == 422


def test_model_forms_share_the_messages() -> None:
    assert ModelForm.refuse is Form.refuse


def test_a_null_character_is_refused_in_vietnamese() -> None:
    class Words(Form):
        text = forms.CharField(label="Nội dung")

    assert "ký tự rỗng" in str(Words({"text": "a\x00b"}).errors)

"""The tags of the design system: `{% load kit %}`. Each renders one small template below templates/kit/."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.template.context import Context
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from chongdich.web.kit import tones

register = template.Library()


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """One icon of the sprite; silent to screen readers unless it is given a label."""
    place = f"{static('built/icons.svg')}#{name}"
    if label:
        return format_html('<svg class="icon" role="img" aria-label="{}"><use href="{}"></use></svg>', label, place)
    return format_html('<svg class="icon" aria-hidden="true" focusable="false"><use href="{}"></use></svg>', place)


@register.filter
def words(text: object) -> str:
    """A word that a lower layer keeps in Vietnamese (see words.py), in the reader's language."""
    return gettext(str(text)) if text else ""


@register.simple_tag
def badge(text: object, tone: str = "neutral", icon_name: str = "") -> SafeString:
    """A word in a tone, with a shape."""
    shape = icon(icon_name) if icon_name else ""
    return format_html('<span class="badge-tone tone-{}">{}{}</span>', tone, shape, text)


@register.simple_tag
def state_badge(state: object, kind: str = "task") -> SafeString:
    """The state of a thing: `{% state_badge task.state %}`, `{% state_badge draft.state "directive" %}`."""
    look = tones.look_of(state, kind)
    return badge(look.label, look.tone, look.icon)


@register.inclusion_tag("kit/level.html")
def level_badge(level: int, words: bool = True) -> dict[str, Any]:
    """An epidemic level: number, shape, colour and words."""
    return {"level": int(level), "label": tones.LEVELS[int(level)], "words": words}


@register.simple_tag(takes_context=True)
def due(context: Context, due_on: date | datetime | None, done: date | datetime | None = None) -> SafeString:
    """A deadline and what it means today (`today` in the context, else the server's day in Viet Nam)."""
    return due_html(due_on, done, context.get("today"))


def due_html(due_on: date | datetime | None, done: date | datetime | None, today: date | None = None) -> SafeString:
    """The same for a cell of a table."""
    due_day = tones.as_day(due_on)
    look = tones.due_look(due_day, today=today or timezone.localdate(), done=tones.as_day(done))
    left = format_html('<span class="due-left tone-{}">{} {}</span>', look.tone, icon(look.icon), look.label)
    if due_day is None:
        return format_html('<span class="due">{}</span>', left)
    stamp = format_html('<time datetime="{}">{}</time>', due_day.isoformat(), day(due_day))
    return format_html('<span class="due">{}{}</span>', stamp, left)


@register.inclusion_tag("kit/field.html")
def field(bound: Any, help_text: str = "", key: str = "") -> dict[str, Any]:
    """One field of a form: label above, help, error beside it, what was typed kept."""
    if key:
        bound.field.widget.attrs["data-key"] = key
    return {"field": bound, "help": help_text or bound.help_text, "group": bound.use_fieldset}


@register.inclusion_tag("kit/fields.html")
def fields(form: Any) -> dict[str, Any]:
    """All visible fields of a form in their order, and the hidden ones."""
    return {"form": form}


@register.inclusion_tag("kit/error_summary.html")
def form_errors(*forms: Any) -> dict[str, Any]:
    """What is wrong, at the top, each a link to its field. Shows nothing while nothing is wrong."""
    bad = [bound for form in forms for bound in form if bound.errors]
    loose = [error for form in forms for error in form.non_field_errors()]
    return {"fields": bad, "loose": loose}


@register.inclusion_tag("kit/table.html")
def table(shown: Any) -> dict[str, Any]:
    """A `Table`: filters, rows, pages, export."""
    return {"table": shown}


@register.inclusion_tag("kit/pager.html")
def pager(page: Any, target: str = "") -> dict[str, Any]:
    """Links to the pages of a list; `target` is the id that htmx replaces."""
    return {"page": page, "target": target}


@register.inclusion_tag("kit/breadcrumbs.html")
def breadcrumbs(*parts: str) -> dict[str, Any]:
    """`{% breadcrumbs "Văn bản" "/van-ban/" document.number %}`: label, address, label, address, the page itself."""
    return {"above": list(zip(parts[:-1:2], parts[1::2])), "here": parts[-1]}


@register.inclusion_tag("kit/tabs.html")
def tabs(items: Iterable[Any], label: str) -> dict[str, Any]:
    """Tabs that are links: items have label, url, active and perhaps count."""
    return {"items": items, "label": label}


@register.simple_block_tag
def alert(content: str, tone: str = "info", title: str = "") -> str:
    """`{% alert "warn" "Chưa xác nhận" %}…{% endalert %}`."""
    return render_to_string("kit/alert.html", {"content": content, "tone": tone, "title": title})


@register.simple_block_tag
def panel(content: str, title: str = "", note: str = "") -> str:
    """A part of a page with a heading: `{% panel "Việc phải làm" %}…{% endpanel %}`."""
    return render_to_string("kit/panel.html", {"content": content, "title": title, "note": note})


@register.simple_block_tag
def dialog(content: str, name: str, title: str) -> str:
    """A native dialog opened by `data-dialog="#name"`."""
    return render_to_string("kit/dialog.html", {"content": content, "name": name, "title": title})


@register.inclusion_tag("kit/empty.html")
def empty(title: str, text: str = "", url: str = "", action: str = "", icon_name: str = "inbox") -> dict[str, Any]:
    """Nothing here: why, and what to do about it."""
    return {"title": title, "text": text, "url": url, "action": action, "icon_name": icon_name}


@register.inclusion_tag("kit/progress.html")
def progress(done: int, total: int, label: str, tone: str = "") -> dict[str, Any]:
    """How much of a whole is done."""
    return {"done": done, "total": total, "label": label, "tone": tone}


@register.inclusion_tag("kit/share_bar.html")
def share_bar(parts: Sequence[tuple[str, int]], label: str, kind: str = "standing") -> dict[str, Any]:
    """A bar of shares by state: parts are (state, number), widths in hundredths of the whole."""
    total = sum(number for _, number in parts) or 1
    shown, left = [], 0.0
    for state, number in parts:
        width = round(100 * number / total, 2)
        shown.append({"look": tones.look_of(state, kind), "number": number, "left": left, "width": width})
        left = round(left + width, 2)
    return {"parts": shown, "label": label}


@register.inclusion_tag("kit/timeline.html")
def timeline(events: Iterable[Any]) -> dict[str, Any]:
    """What happened, newest or oldest first as given: events have at, title and perhaps by, text, tone, icon."""
    return {"events": events}


@register.inclusion_tag("kit/stat.html")
def stat(value: object, label: str, tone: str = "", url: str = "", note: str = "") -> dict[str, Any]:
    """One figure to see from afar."""
    return {"value": value, "label": label, "tone": tone, "url": url, "note": note}


@register.inclusion_tag("kit/basis.html")
def basis(reference: str, verified: bool = True) -> dict[str, Any]:
    """The document a figure rests on; says so where nobody has checked it yet."""
    return {"reference": reference, "verified": verified}


@register.filter
def day(value: date | datetime | None) -> str:
    """25/12/2021, whatever the language: the way dates are read here."""
    found = tones.as_day(value)
    return found.strftime("%d/%m/%Y") if found else ""


@register.filter
def moment(value: datetime | None) -> str:
    """14:05 25/12/2021 in Viet Nam."""
    return timezone.localtime(value).strftime("%H:%M %d/%m/%Y") if value else ""


@register.filter
def number(value: int | float | Decimal | None) -> str:
    """1.234.567,5 in Vietnamese, 1,234,567.5 in English."""
    if value is None:
        return ""
    text = f"{value:,}"
    return text if (get_language() or "vi").startswith("en") else text.translate(str.maketrans(",.", ".,"))


@register.filter
def spent(minutes: float | None) -> str:
    """Time together as one says it: 45 phút, 2 giờ 30 phút, 5 ngày 7 giờ."""
    whole = round(minutes or 0)
    if whole < 120:
        return gettext("%(n)d phút") % {"n": whole}
    days, hours, rest = whole // 1440, whole % 1440 // 60, whole % 60
    if days:
        return gettext("%(d)d ngày %(h)d giờ") % {"d": days, "h": hours}
    return gettext("%(h)d giờ %(m)d phút") % {"h": hours, "m": rest} if rest else gettext("%(h)d giờ") % {"h": hours}


@register.filter
def tone_of(name: str) -> str:
    """A tone from one of Django's message levels."""
    return tones.tone_of(name)


@register.filter
def tone_icon(tone: str) -> str:
    """The icon that goes with a tone."""
    return tones.icon_of(tone)


@register.filter
def widget_is(bound: Any, name: str) -> bool:
    """Whether a field is shown by a widget of this class."""
    return name in {kind.__name__ for kind in type(bound.field.widget).__mro__}


@register.filter
def dressed(bound: Any) -> SafeString:
    """The control itself, with the classes of the design."""
    widget = bound.field.widget
    given = widget.attrs.get("class", "")
    return bound.as_widget(attrs={"class": f"{_control_class(widget)} {given}".strip()})


@register.filter
def dressed_choice(choice: Any) -> SafeString:
    """One radio button or check box of a group."""
    choice.data["attrs"]["class"] = "form-check-input"
    return choice.tag(wrap_label=False)


def _control_class(widget: forms.Widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    if isinstance(widget, forms.Select):
        return "form-select"
    if isinstance(widget, (forms.DateInput, forms.NumberInput, forms.TimeInput)):
        return "form-control input-short"
    return "form-control"

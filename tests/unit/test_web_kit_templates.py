"""Every template obeys the content security policy, names only icons there are, and compiles; English is complete."""

import json
import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import translation

from chongdich.core.errors import Conflict
from chongdich.web.kit import messages

WEB = Path(messages.__file__).resolve().parents[1]
TEMPLATES = sorted(path for path in WEB.rglob("*.html") if "static" not in path.parts)
ICONS = set(json.loads((WEB / "assets" / "icons.json").read_text()))
FORBIDDEN = re.compile(r"\sstyle\s*=|<style|\son[a-z]+\s*=|javascript:|hx-on|hx-vals=.js|<script(?![^>]*\ssrc=)", re.I)


def name_of(path: Path) -> str:
    return str(path).split("/templates/")[-1]


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_compile_without_inline_script_or_style(path: Path) -> None:
    source = path.read_text(encoding="utf-8")
    assert not FORBIDDEN.findall(source)
    assert set(re.findall(r'{% icon "([\w-]+)"', source)) <= ICONS
    get_template(name_of(path))


@pytest.mark.parametrize("name", ["400.html", "403.html", "403_csrf.html", "404.html"])
@pytest.mark.parametrize("language", ["vi", "en"])
def test_error_pages_are_in_the_chosen_language(name: str, language: str) -> None:
    with translation.override(language):
        shown = render_to_string(name, request=RequestFactory().get("/"))
    assert f'<html lang="{language}">' in shown
    assert ("Về trang đầu" in shown) == (language == "vi")


def test_the_page_of_last_resort_needs_nothing() -> None:
    assert "chưa được ghi" in get_template("500.html").render({})


def test_a_refusal_says_what_and_where() -> None:
    shown = render_to_string("refused.html", {"error": Conflict("Đã có người sửa.", "Khoản 2"), "status": 409})
    assert "Đã có người sửa." in shown
    assert "Khoản 2" in shown
    assert "Đã thay đổi trong lúc bạn làm" in shown


def test_every_word_of_the_screens_has_english() -> None:
    assert messages.missing(messages.extract()) == [], "run: chongdich messages extract, fill in django.po, compile"


def test_the_compiled_catalogue_is_the_written_one() -> None:
    assert messages.MO.read_bytes() == messages.compiled(messages.read()), "run: chongdich messages compile"


def test_placeholders_survive_translation() -> None:
    for message in messages.read():
        if message.id and isinstance(message.id, str):
            assert _places(message.id) == _places(str(message.string)), message.id


def _places(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|{\w+}", text))


def test_nothing_fetched_from_elsewhere() -> None:
    for path in TEMPLATES:
        assert not re.search(r'(src|href)="(https?:)?//', path.read_text(encoding="utf-8")), path

"""Unit phrases and the organisations they mean, one file per document or issuer; a clerk can read and mend them.

Notation of `organisations` and `suggests`: "at CODE: [kinds]" or "kind: [codes]" or
"kind: every district | commune | level of CODE"; codes are those valid on the day.
"""

import json
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from chongdich.registry.organisations.catalogue import body_kinds
from chongdich.registry.organisations.directory import Directory
from chongdich.registry.organisations.generation import plan_bodies
from chongdich.registry.organisations.resolution import Resolver, resolve_issuer
from chongdich.registry.places.data_files import shipped_gazetteer
from chongdich.registry.places.kinds import Level
from tests.shared import shared

HERE = Path(__file__).parent
FILES = {path.stem: yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(HERE.glob("*.yaml"))}
CASES = [(name, item) for name, file in FILES.items() for item in file["phrases"]]


@cache
def directory() -> Directory:
    gazetteer, kinds = shipped_gazetteer(), body_kinds()
    return Directory(gazetteer, plan_bodies(gazetteer, kinds), kinds)


@cache
def resolver(name: str) -> tuple[Resolver, tuple[Any, ...]]:
    """The resolver of a file and the addressees of its document."""
    file = FILES[name]
    found = Resolver(directory(), file["day"], file["place"])
    return found, tuple(one for text in file["addressees"] for one in found.resolve(text).organisations)


def meant(notation: dict[str, Any], day: date) -> set[str]:
    """The keys that a notation stands for."""
    return {key for left, right in notation.items() for key in _keys(left, right, day)}


def _keys(left: str, right: Any, day: date) -> list[str]:
    key_of = {place.code: place.key for place in directory().gazetteer.on(day)}
    if left.startswith("at "):
        return [f"{kind}:{key_of[left.removeprefix('at ')]}" for kind in right]
    if isinstance(right, str):
        _, level, _, code = right.split()
        inside = directory().on(day).inside(key_of[code])
        codes = [p.code for p in inside if level == "level" or p.level == Level[level.upper()]]
        right = [*codes, code] if level == "level" else codes
    return [f"{left}:{key_of[code]}" for code in right]


@pytest.mark.parametrize(("name", "expected"), CASES, ids=[f"{name}: {item['phrase']}" for name, item in CASES])
def test_a_unit_phrase_means_these_organisations(name: str, expected: dict[str, Any]) -> None:
    resolver_of_file, addressees = resolver(name)
    answer = resolver_of_file.resolve(expected["phrase"], addressees)
    day = FILES[name]["day"]
    assert answer.kind == expected["kind"], answer.question
    assert set(answer.organisations) == meant(expected.get("organisations", {}), day)
    assert set(answer.suggestions) == meant(expected.get("suggests", {}), day)
    assert answer.persons == expected.get("persons", "")
    assert bool(answer.question) == (expected["kind"] in ("group", "unresolved"))


@pytest.mark.parametrize("name", [name for name, file in FILES.items() if "issuer" in file])
def test_the_head_of_a_document_names_its_issuer(name: str) -> None:
    file = FILES[name]
    issuer = file["issuer"]
    answer = resolve_issuer(issuer["name"], directory=directory(), on=file["day"], dateline=issuer["dateline"])
    assert answer.kind == issuer["kind"]
    assert answer.organisations == ([issuer["organisation"]] if "organisation" in issuer else [])
    assert answer.suggestions == issuer.get("suggests", [])


def test_every_unit_phrase_of_the_real_documents_is_here() -> None:
    documents = json.loads(shared("gold", "seed_directives.json").read_text(encoding="utf-8"))
    written = {item["phrase"] for file in FILES.values() for item in file["phrases"]}
    assert {phrase for document in documents.values() for phrase in _unit_phrases(document)} <= written


def _unit_phrases(document: dict[str, Any]) -> list[str]:
    obligations = [unit for item in document["obligations"] for unit in (*item["lead"], *item["coordinating"])]
    return [*document["addressees"], *(recipient["name"] for recipient in document["recipients"]), *obligations]

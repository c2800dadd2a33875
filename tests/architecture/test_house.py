"""The house checks itself: doors hold, every fact flows or ends, every field is classified, every journey asks."""

import ast
import inspect
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest
from django.apps import apps
from django.db import models

import chongdich
from chongdich.application import flow
from chongdich.core.facts import Fact
from chongdich.registry.accounts.roles import PERMISSIONS, ROLES

PACKAGE = Path(chongdich.__file__).parent
CLASSES = {"none", "personal", "sensitive"}
OWN_MODELS = [model for model in apps.get_models() if model.__module__.startswith("chongdich.")]


def modules(below: str) -> Iterator[str]:
    package = import_module(below)
    for found in walk_packages(package.__path__, f"{below}."):
        yield found.name


def declared_facts() -> dict[str, type[Fact]]:
    for name in [*modules("chongdich.domain"), *modules("chongdich.registry")]:
        if name.endswith(".facts"):
            import_module(name)
    return {name: kind for name, kind in Fact.kinds.items() if kind.__module__.startswith("chongdich.")}


def test_every_fact_is_in_the_flow_or_declared_an_end() -> None:
    facts = set(declared_facts())
    assert facts - set(flow.FLOW) - flow.ENDS == set(), "say in flow.py what follows, or that nothing does"
    assert (set(flow.FLOW) | flow.ENDS) - facts == set(), "flow.py names a fact that no room announces"
    assert set(flow.FLOW) & flow.ENDS == set()


def test_every_fact_has_a_vietnamese_name() -> None:
    assert [name for name, kind in declared_facts().items() if not kind.label] == []


def test_every_journey_of_the_flow_exists_and_takes_the_fact() -> None:
    for journey in {name for names in flow.FLOW.values() for name in names}:
        parameters = list(inspect.signature(flow.journey(journey)).parameters)
        assert parameters[:2] == ["desk", "fact"], journey
    assert set(flow.HOMES) == {name for names in flow.FLOW.values() for name in names}


def journeys() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in (PACKAGE / "application" / "journeys").rglob("*.py"):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and _takes_desk(node):
                yield f"{path.name}:{node.name}", node


def _takes_desk(node: ast.FunctionDef) -> bool:
    return bool(node.args.args) and node.args.args[0].arg == "desk"


@pytest.mark.parametrize(
    ("name", "function"), list(journeys()), ids=lambda value: value if isinstance(value, str) else ""
)
def test_every_journey_asks_for_a_permission_first(name: str, function: ast.FunctionDef) -> None:
    """Before the guard only what the guard itself needs may be looked up (assignments from a query)."""
    body = (
        function.body[1:] if isinstance(function.body[0], ast.Expr) and ast.get_docstring(function) else function.body
    )
    for statement in body:
        if _is_guard(statement):
            return
        assert isinstance(statement, ast.Assign), f"{name} acts before it asks"
        assert _only_asks(statement), f"{name} acts before it asks"
    raise AssertionError(f"{name} never asks")


def _is_guard(statement: ast.stmt) -> bool:
    call = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(call, ast.Call) and ast.unparse(call.func) == "desk.require"


def _only_asks(statement: ast.Assign) -> bool:
    calls = [ast.unparse(node.func) for node in ast.walk(statement) if isinstance(node, ast.Call)]
    return all(call.startswith(("get_", "find_")) for call in calls)


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_every_stored_field_is_classified(model: type[models.Model]) -> None:
    declared = getattr(model, "FIELD_CLASSES", {})
    stored = {field.name for field in model._meta.concrete_fields}
    assert set(declared) == stored
    assert set(declared.values()) <= CLASSES


def test_the_ledger_keeps_no_personal_word() -> None:
    """Facts carry identifiers, days and areas: no field named or typed like a name, a phone or free text."""
    allowed_text = {"role", "rung", "change", "status", "sha256"}
    for name, kind in declared_facts().items():
        for field in inspect.get_annotations(kind):
            text = inspect.get_annotations(kind)[field] in (str, "str")
            assert not text or field in allowed_text, f"{name}.{field} could carry personal words"


BELOW_THE_DOORS = ("core", "regulations", "kernels", "registry", "domain", "application")
CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "timezone.now", "localdate",
    "os.urandom", "random.random", "random.choice", "random.randint", "secrets.token_bytes", "uuid4", "uuid.uuid4",
    "uuid1", "np.random.default_rng",
}  # fmt: skip


@pytest.mark.parametrize("folder", BELOW_THE_DOORS)
def test_no_clock_and_no_chance_below_the_doors(folder: str) -> None:
    found = []
    for path in (PACKAGE / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in CLOCKS:
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {ast.unparse(node.func)}")
    assert found == []


def test_models_point_at_other_rooms_only_by_label_and_protect() -> None:
    for model in OWN_MODELS:
        for field in model._meta.concrete_fields:
            if (
                isinstance(field, models.ForeignKey)
                and field.remote_field.model._meta.app_label != model._meta.app_label
            ):
                if (
                    model._meta.app_label in ("accounts", "inbox")
                    or field.remote_field.model._meta.app_label == "places"
                ):
                    continue
                assert field.remote_field.on_delete is models.PROTECT, f"{model._meta.label}.{field.name}"


def test_every_role_holds_known_permissions() -> None:
    for name, role in ROLES.items():
        assert role.permissions <= set(PERMISSIONS), name
        assert role.label


BANNED_CALLS = {
    "eval",
    "exec",
    "os.system",
    "yaml.load",
    "yaml.unsafe_load",
    "pickle.load",
    "pickle.loads",
    "marshal.loads",
}
SAFE_LOADERS = {"SafeLoader", "CSafeLoader", "PlainLoader"}  # PlainLoader is a CSafeLoader: see the next test
BANNED_NAMES = {"RawSQL", "extra", "mark_safe"}


@pytest.mark.parametrize("folder", sorted(p.name for p in PACKAGE.iterdir() if p.is_dir() and p.name != "__pycache__"))
def test_no_dangerous_call(folder: str) -> None:
    """Nothing that runs text as code, loads objects from bytes, or goes around the query layer."""
    found = []
    for path in (PACKAGE / folder).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and _is_dangerous(node):
                found.append(f"{path.relative_to(PACKAGE)}:{node.lineno} {ast.unparse(node.func)}")
    made_here = ("web/kit/",)  # the kit alone turns escaped parts into markup
    assert [one for one in found if not (one.startswith(made_here) and one.endswith("mark_safe"))] == []


def test_the_laws_loader_is_a_safe_one() -> None:
    import yaml

    from chongdich.regulations.reading import PlainLoader

    assert issubclass(PlainLoader, (yaml.CSafeLoader, yaml.SafeLoader))


def _is_dangerous(call: ast.Call) -> bool:
    name = ast.unparse(call.func)
    shell = any(word.arg == "shell" and ast.unparse(word.value) == "True" for word in call.keywords)
    loaders = [ast.unparse(argument) for argument in [*call.args, *(word.value for word in call.keywords)]]
    safe_loader = any(name in loader for loader in loaders for name in SAFE_LOADERS)
    return (name in BANNED_CALLS and not safe_loader) or name.split(".")[-1] in BANNED_NAMES or shell


def test_templates_carry_no_inline_script_or_style() -> None:
    """The content security policy would block them; this says so before a browser does."""
    import re

    bad = re.compile(r"<script(?![^>]*\bsrc=)|\son[a-z]+\s*=\s*[\"']|\sstyle\s*=|javascript:", re.IGNORECASE)
    found = [
        f"{path.relative_to(PACKAGE)}: {match.group(0)}"
        for path in PACKAGE.rglob("*.html")
        for match in bad.finditer(path.read_text("utf-8"))
    ]
    assert found == []


@pytest.mark.parametrize("room", sorted(p.name for p in (PACKAGE / "domain").iterdir() if (p / "__init__.py").exists()))
def test_each_room_looks_like_every_other(room: str) -> None:
    folder = PACKAGE / "domain" / room
    for name in ("facts", "rules", "models", "queries", "operations", "states"):
        assert (folder / f"{name}.py").exists() or (folder / name).is_dir(), f"{room} lacks {name}"
    assert (folder / "README.md").exists(), f"{room} lacks a README"


def test_names_of_constraints_and_indexes_are_one_of_a_kind() -> None:
    """PostgreSQL keeps them in one drawer."""
    names = [named.name for model in OWN_MODELS for named in (*model._meta.constraints, *model._meta.indexes)]
    assert sorted({name for name in names if names.count(name) > 1}) == []

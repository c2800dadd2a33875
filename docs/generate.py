"""The part of the reference that is written by the code: roles, flow, tables of the database, commands, the law."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chongdich.config.settings.base")


def write_all(folder: Path) -> None:
    """One page each, overwritten."""
    import django

    django.setup()
    folder.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (folder / f"{name}.md").write_text("\n".join(page()) + "\n", "utf-8")


def table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |"


def roles() -> Iterator[str]:
    from chongdich.registry.accounts.roles import PERMISSIONS, ROLES

    yield "# Roles and permissions\n"
    yield "A role holds its permissions for its own unit; one that *sees below* also for the units under it.\n"
    rows = [
        [
            f"`{name}`",
            role.label,
            "yes" if role.sees_below else "",
            ", ".join(f"`{p}`" for p in sorted(role.permissions)),
        ]
        for name, role in ROLES.items()
    ]
    yield from table(["role", "on the screen", "sees below", "permissions"], rows)
    yield ""
    yield from table(["permission", "means"], [[f"`{name}`", label] for name, label in PERMISSIONS.items()])


def flow() -> Iterator[str]:
    import pkgutil
    from importlib import import_module

    from chongdich import domain
    from chongdich.application.flow import FLOW
    from chongdich.core.facts import Fact

    for found in pkgutil.walk_packages(domain.__path__, "chongdich.domain."):
        if found.name.endswith(".facts"):
            import_module(found.name)
    yield "# What follows from what\n"
    rows = [
        [f"`{name}`", kind.label, ", ".join(f"`{j}`" for j in FLOW.get(name, ())) or "nothing"]
        for name, kind in sorted(Fact.kinds.items())
        if kind.__module__.startswith("chongdich.")
    ]
    yield from table(["fact", "on the screen", "journeys that follow"], rows)


def database() -> Iterator[str]:
    from django.apps import apps

    yield "# Tables of the database\n"
    yield "Each stored field is classified: none, personal or sensitive.\n"
    for model in apps.get_models():
        if not model.__module__.startswith("chongdich."):
            continue
        classes = getattr(model, "FIELD_CLASSES", {})
        yield f"## {model._meta.label}\n"
        yield f"{(model.__doc__ or '').strip().splitlines()[0]}\n"
        rows = [[f"`{f.name}`", type(f).__name__, classes.get(f.name, "")] for f in model._meta.concrete_fields]
        yield from table(["field", "type", "class"], rows)
        yield ""


def commands() -> Iterator[str]:
    import click

    from chongdich.config.cli import main

    yield "# Commands\n"
    context = click.Context(main)
    for name in main.list_commands(context):
        command = main.get_command(context, name)
        if command is None:
            continue
        yield f"## chongdich {name}\n"
        inner = click.Context(command, info_name=f"chongdich {name}")
        yield "```text"
        yield command.get_help(inner)
        yield "```\n"


PAGES: dict[str, Callable[[], Iterator[str]]] = {
    "roles": roles,
    "flow": flow,
    "database": database,
    "commands": commands,
}

"""`chongdich …`: one module a command, found by name and loaded only when called, so that each starts at once."""

import importlib
import pkgutil

import click


class LazyCommands(click.Group):
    """Each module beside this one, but those with `_`, is a command; it holds a click command named `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(m.name.replace("_", "-") for m in pkgutil.iter_modules(__path__) if not m.name.startswith("_"))

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in self.list_commands(ctx):
            return None
        module = importlib.import_module(f"{__name__}.{name.replace('-', '_')}")
        command: click.Command = module.command
        return command


@click.group(cls=LazyCommands)
@click.version_option(package_name="chongdich")
def main() -> None:
    """Chống dịch: hệ thống chỉ huy phòng, chống dịch của một tỉnh."""

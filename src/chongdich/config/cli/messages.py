"""`chongdich messages`: the English words of the screens."""

import click

from chongdich.config.cli._django import start


@click.group()
def command() -> None:
    """The English catalogue: extract, fill in django.po by hand, compile."""
    start()


@command.command()
def extract() -> None:
    """Collect the words of templates and code into django.po; translations already made stay."""
    from chongdich.web.kit import messages

    catalogue = messages.extract()
    messages.write(catalogue)
    click.echo(f"{len(catalogue)} câu, {len(messages.missing(catalogue))} câu chưa có tiếng Anh: {messages.PO}")


@command.command(name="compile")
def compile_() -> None:
    """Write django.mo from django.po."""
    from chongdich.web.kit import messages

    messages.compile_catalogue()
    click.echo(str(messages.MO))


@command.command()
def missing() -> None:
    """List the words that have no English yet; exit code 1 when there are some."""
    from chongdich.web.kit import messages

    left = messages.missing(messages.extract())
    click.echo("\n".join(left))
    raise SystemExit(1 if left else 0)

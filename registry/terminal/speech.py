"""How programs speak to whoever started them: a `Text` in the terminal's language. Imports nothing of the application."""

import gettext
import inspect
from collections.abc import Iterable
from typing import NoReturn

import click

from registry.findings import Text
from registry.root import ROOT
from registry.terminal.language import terminal_language as terminal_language

TRANSLATIONS = ROOT / "registry" / "translations"
DOMAIN = "terminal"


def read(text: Text) -> str:
    """A text in the terminal's language."""
    return text.in_language(terminal_language())


def say(text: Text, *, err: bool = False) -> None:
    """Write a sentence, on standard error where it is about the command and not what was asked for."""
    click.echo(read(text), err=err)


def fail(message: Text, status: int = 2) -> NoReturn:
    """Say what is wrong on standard error, and end with ``status``."""
    say(message, err=True)
    raise SystemExit(status)


def these(names: Iterable[str]) -> Text:
    """What there is to choose among, as the end of a message: ``These are there: a, b.``"""
    listed = ", ".join(names)
    return (
        Text(f"Dessa finns: {listed}.", f"These are there: {listed}.")
        if listed
        else Text("Det finns inga.", "There are none.")
    )


def translate(command: click.Command) -> None:
    """Let the help of ``command``, and of all in it, be in the terminal's language."""
    if terminal_language() == "sv":
        # Only then, so that click's own texts are never Swedish to somebody who has Swedish as a second choice.
        gettext.bindtextdomain(DOMAIN, str(TRANSLATIONS))
        gettext.textdomain(DOMAIN)
        _translate(command)


def _translate(command: click.Command) -> None:
    if command.help:
        command.help = gettext.gettext(inspect.cleandoc(command.help))
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            parameter.help = gettext.gettext(parameter.help)
    if isinstance(command, click.Group):
        for one in command.commands.values():
            _translate(one)

"""Formats on the command line: the options of a command that exports, and the file that it writes.

The options come from the formats themselves, so that a new format, or one that takes more, needs no change of a command.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from registry.findings import Text
from registry.formats import DEFAULTS, Exported, Format, Option, Options, format_named
from registry.terminal.commands import read_finding
from registry.terminal.files import write_file
from registry.terminal.speech import fail

S = TypeVar("S")
Command = TypeVar("Command", bound=Callable[..., Any])

HELP = {
    Option.LANGUAGE: "The language of words that the file has in one language only.",
    Option.REGION: "The county code of the region that the file is for, such as 25.",
    Option.PERIOD: "The period that the file is about, such as 2018, 2018-03 or 2018-03-01.",
}


def export_options(formats: Sequence[Format[S]], default: str | None = None) -> Callable[[Command], Command]:
    """``--format``, ``-o`` and the options that any of ``formats`` takes, as keyword arguments of the command."""
    taken = [option for option in Option if any(option in one.takes for one in formats)]
    options = [
        click.option(
            "--format",
            "format_name",
            type=click.Choice([one.name for one in formats]),
            required=default is None,
            default=default,
            show_default=default is not None,
        ),
        *(
            click.option(
                f"--{option}", type=click.Choice(["sv", "en"]) if option is Option.LANGUAGE else str, help=HELP[option]
            )
            for option in taken
        ),
        click.option(
            "-o",
            "--output",
            type=click.Path(path_type=Path),
            help="The file to write; otherwise standard output.",
        ),
    ]

    def decorate(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


def chosen_format(
    formats: Sequence[Format[S]], name: str, asked: Mapping[str, str | None]
) -> tuple[Format[S], Options]:
    """The format and its options; ends the command where one was given that the format does not take."""
    chosen = format_named(formats, name)
    if chosen is None:
        raise KeyError(name)
    given = {option: value for option, value in asked.items() if value is not None}
    if surplus := [option for option in given if option not in chosen.takes]:
        names = ", ".join(f"--{option}" for option in surplus)
        takers = ", ".join(one.name for one in formats if set(surplus) <= one.takes)
        fail(
            Text(
                f"Formatet {name} tar inte {names}. Utelämna det, eller välj ett format som tar det: {takers or 'inget'}.",
                f"The format {name} does not take {names}. Leave it out, or choose a format that takes it: {takers or 'none'}.",
            )
        )
    return chosen, replace(DEFAULTS, **given)


def write_exported(chosen: Format[S], exported: Exported, output: Path | None, stem: str) -> None:
    """Write the file, or standard output; what the format could not carry goes to standard error."""
    if output is None and not chosen.is_text and sys.stdout.isatty():
        name = chosen.file_name(stem)
        fail(
            Text(
                f"{chosen.label.sv} är ingen text som en terminal kan visa. Skriv den till en fil: -o {name}",
                f"{chosen.label.en} is no text that a terminal can show. Write it to a file: -o {name}",
            )
        )
    for loss in exported.losses:
        one = read_finding(loss)
        click.echo(f"{one.title}. {one.body}", err=True)
    if output is None:
        click.echo(exported.data, nl=False)
    else:
        write_file(output, exported.data)

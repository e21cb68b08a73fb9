"""Guards over what commands say: the help of every command has Swedish, and nothing is said in one language only."""

import ast
import inspect
from collections.abc import Iterator

import click
import pytest
from babel.messages.pofile import read_po

import wsgi
from registry.terminal.speech import DOMAIN, TRANSLATIONS
from tests.guards.programs import modules

PACKAGES = ("registry", "termbank", "information_models", "submission_portal")


def _helps(command: click.Command) -> Iterator[str]:
    if command.help:
        yield inspect.cleandoc(command.help)
    for parameter in command.params:
        if isinstance(parameter, click.Option) and parameter.help:
            yield parameter.help
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from _helps(one)


@pytest.fixture(scope="module")
def catalogue():
    with (TRANSLATIONS / "sv" / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        return read_po(file, locale="sv")


def test_the_help_of_every_command_has_swedish(catalogue):
    helps = {text for plugin in wsgi.PLUGINS for command in plugin.commands for text in _helps(command)}
    swedish = {message.string for message in catalogue}
    assert {
        text for text in helps if text not in swedish and not (catalogue.get(text) and catalogue.get(text).string)
    } == set()


def test_nothing_in_the_terminals_catalogue_lacks_swedish(catalogue):
    assert [message.id for message in catalogue if message.id and not all(message.string)] == []


def test_no_command_says_a_sentence_in_one_language_only():
    """`click.echo` is for data: what was asked for, JSON, hashes. A sentence is a `Text`, by `say` or `fail`."""
    found = []
    for place, tree in modules(*PACKAGES).items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "click.echo" and node.args:
                words = [
                    part.value
                    for part in ast.walk(node.args[0])
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    and not _is_in_text(part, node.args[0])
                ]  # fmt: skip
                found += [f"{place}:{node.lineno} {text!r}" for text in words if _is_sentence(text)]
    assert found == []


def _is_in_text(part: ast.Constant, whole: ast.expr) -> bool:
    texts = (one for one in ast.walk(whole) if isinstance(one, ast.Call) and ast.unparse(one.func) == "Text")
    return any(part in ast.walk(text) for text in texts)


def _is_sentence(text: str) -> bool:
    return sum(word.strip("().,:").isalpha() and len(word) > 1 for word in text.split()) > 1

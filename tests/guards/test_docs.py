"""The documents are true: every link leads somewhere, every command exists, and the project speaks of itself alone."""

import re
from pathlib import Path

import click
import pytest

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
COMMAND = re.compile(r"flask --app wsgi ([a-z-]+(?: [a-z|-]+)?)")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_somewhere(document):
    missing = [link for link in LINK.findall(document.read_text()) if not (document.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_command_exists(document, app):
    for words in COMMAND.findall(document.read_text()):
        group, _, names = words.partition(" ")
        command = app.cli.get_command(click.Context(app.cli), group)
        assert command is not None, f"{group} is no command"
        if isinstance(command, click.Group):
            for name in filter(None, names.split("|")):
                assert name in command.commands, f"{group} {name} is no command"


def test_every_guide_is_reached_from_the_readme():
    readme = (ROOT / "README.md").read_text()
    unlinked = [
        path.name
        for path in (ROOT / "docs").rglob("*.md")
        if path.parent.name != "adr" and str(path.relative_to(ROOT)) not in readme
    ]
    assert unlinked == []


def test_every_decision_on_architecture_is_in_the_list():
    listed = (ROOT / "docs/adr/README.md").read_text()
    assert [path.name for path in (ROOT / "docs/adr").glob("0*.md") if path.name not in listed] == []

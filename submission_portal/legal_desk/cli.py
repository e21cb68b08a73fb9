"""The commands ``legal audit`` and ``legal protect``: the small-number engine on files; ``legal tables`` is in `tables_cli`.

Exit status: 0 nothing exposed, 1 something exposed, 2 bad input (nothing is written then). The engine is imported by
the command that runs it, so that no other command waits for its solvers.
"""

import sys
from pathlib import Path

import click
from flask.cli import AppGroup

from registry.terminal.speech import terminal_language
from submission_portal.legal_desk.tables_cli import tables

_LANGUAGE = click.option(
    "--language",
    type=click.Choice(["sv", "en"]),
    default=terminal_language,
    help="The language of findings; otherwise that of the terminal.",
)
_FILE = click.Path(path_type=Path)

legal_group = AppGroup("legal", help="Legal checks on tables, and decisions about them.", commands=[tables])


@legal_group.command("protect", with_appcontext=False)
@click.argument("table", type=_FILE)
@click.option("--spec", "spec_path", type=_FILE, required=True, help="The table's description (JSON).")
@click.option("--released", type=_FILE, multiple=True, help="An earlier published table; may be repeated.")
@click.option("--time-limit", type=click.FloatRange(min=0), default=None, help="Seconds for the search.")
@click.option("-o", "--output", type=_FILE, required=True, help="Where the published table is written.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on standard output.")
@_LANGUAGE
def protect_command(
    table: Path,
    spec_path: Path,
    released: tuple[Path, ...],
    time_limit: float | None,
    output: Path,
    as_json: bool,
    language: str,
) -> None:
    """Hides as few cells of TABLE as possible so that nothing hidden can be worked out."""
    from submission_portal.legal_desk.table_files import Answer, run_protect

    answer = Answer(language, as_json)
    sys.exit(run_protect(table, spec_path, released, time_limit, output, answer))


@legal_group.command("audit", with_appcontext=False)
@click.argument("table", type=_FILE)
@click.option("--spec", "spec_path", type=_FILE, required=True, help="The table's description (JSON).")
@click.option("--released", type=_FILE, multiple=True, help="An earlier published table; may be repeated.")
@click.option("--original", type=_FILE, default=None, help="The inner cells, to say how wide intervals must be.")
@click.option("--json", "as_json", is_flag=True, help="The result as JSON on standard output.")
@_LANGUAGE
def audit_command(
    table: Path,
    spec_path: Path,
    released: tuple[Path, ...],
    original: Path | None,
    as_json: bool,
    language: str,
) -> None:
    """Names the cells of the published TABLE that can be worked out, and how."""
    from submission_portal.legal_desk.table_files import Answer, run_audit

    sys.exit(run_audit(table, spec_path, released, original, Answer(language, as_json)))

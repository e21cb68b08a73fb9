"""`flask --app wsgi change-sets …`: what there is, what is in a set, what a check of the whole finds, and sending it to review.

Exit status 0: all is well. 1: the check found errors. 2: it could not be carried out as given.
"""

import json
from typing import Any

import click
from flask.cli import AppGroup

from registry.actors import PUBLIC, Actor
from registry.db import db
from registry.findings import Text
from registry.identity import queries as identity
from registry.identity.cli import no_user
from registry.items import queries as items
from registry.items.change_sets import jobs, queries
from registry.items.change_sets.acts import Submit
from registry.items.change_sets.examining import Examination
from registry.items.change_sets.queries import Member
from registry.items.lifecycle import STATE_LABELS, State
from registry.items.tables import ChangeSet
from registry.terminal.commands import read_finding
from registry.terminal.speech import fail, read, say, terminal_language

change_sets = AppGroup("change-sets", help="Changes of several things that are decided together.")

JSON = click.option("--json", "as_json", is_flag=True, help="For machines.")
AS = click.option("--as", "login", help="User name; without it, only what is published is seen.")


@change_sets.command("list")
@AS
@click.option("--page", "number", type=click.IntRange(1), default=1, help="Which page of the list.")
@JSON
def list_sets(login: str | None, number: int, as_json: bool) -> None:
    """List the change sets that the user may see: open ones first, the newest first."""
    page = queries.sets_for(db.session, _actor(login), number)
    counts = queries.counts_of(db.session, page.rows)
    if as_json:
        found = [{**_as_dict(one), "changes": counts[one.id]} for one in page.rows]
        click.echo(json.dumps({"total": page.total, "sets": found}, ensure_ascii=False, indent=1))
        return
    for one in page.rows:
        click.echo(f"{one.id}  {read(STATE_LABELS[State(one.state)])}  {counts[one.id]}  {one.title}")
    say(
        Text(f"{len(page.rows)} av {page.total} ändringspaket.", f"{len(page.rows)} of {page.total} change sets."),
        err=True,
    )


@change_sets.command()
@click.argument("change_set")
@AS
@JSON
def show(change_set: str, login: str | None, as_json: bool) -> None:
    """What is in CHANGE_SET: each item with what becomes of it, and the hash that is decided on."""
    one = queries.set_for(db.session, _actor(login), change_set)
    members = queries.members_of(db.session, one)
    if as_json:
        click.echo(
            json.dumps({**_as_dict(one), "members": [_member(each) for each in members]}, ensure_ascii=False, indent=1)
        )
        return
    click.echo(f"{one.title}  {read(STATE_LABELS[State(one.state)])}")
    for each in members:
        line = _member(each)
        click.echo(f"  {line['kind']}:{line['slug']}  {line['act']}  {line['class'] or ''}  {line['hash']}")


@change_sets.command()
@click.argument("change_set")
@AS
@JSON
def check(change_set: str, login: str | None, as_json: bool) -> None:
    """Check CHANGE_SET as a whole, over what is published. Nothing is kept. Exit status 1: errors keep it from review."""
    one = queries.set_for(db.session, _actor(login), change_set)
    examination = jobs.examined(db.session, one)
    slugs = {each.version.item_id: each.version.item.slug for each in queries.members_of(db.session, one)}
    if as_json:
        found = [{"item": slugs.get(each.item_id or ""), **each.finding.as_dict()} for each in examination.findings]
        click.echo(
            json.dumps(
                {**_as_dict(one), "fingerprint": examination.fingerprint, "findings": found},
                ensure_ascii=False,
                indent=1,
            )
        )
    else:
        _tell(examination, slugs)
    if examination.errors:
        raise SystemExit(1)


@change_sets.command()
@click.argument("change_set")
@click.option("--as", "login", required=True, help="User name of somebody who writes what is in it.")
def submit(change_set: str, login: str) -> None:
    """Send CHANGE_SET to review, each change with the class that it has. What was not classed is a change of meaning."""
    actor = _actor(login)
    identifier = queries.set_for(db.session, actor, change_set).id
    if not jobs.take(identifier, actor, Submit()):
        say(
            Text(
                "Paketet är stort: det kontrolleras och skickas i bakgrunden.",
                "The set is large: it is checked and sent in the background.",
            ),
            err=True,
        )
        return
    sent = db.session.get_one(ChangeSet, identifier)
    say(Text("Ändringspaketet är skickat till granskning.", "The change set has been sent to review."), err=True)
    click.echo(sent.manifest_hash or "")


def _actor(login: str | None) -> Actor:
    if login is None:
        return PUBLIC
    actor = identity.actor_by_login(db.session, login)
    if actor is None:
        fail(no_user(login))
    return actor


def _as_dict(one: ChangeSet) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "state": str(one.state), "manifest_hash": one.manifest_hash,
        "published_at": one.published_at.isoformat() if one.published_at else None,
    }  # fmt: skip


def _member(each: Member) -> dict[str, Any]:
    line = each.line
    return {
        "kind": each.version.item.kind, "slug": each.version.item.slug, "title": items.titled(each.version).in_language(terminal_language()),
        "version": each.version.number, "hash": line.version, "base": line.base, "act": line.act.value,
        "class": str(line.change) if line.change else None,
    }  # fmt: skip


def _tell(examination: Examination, slugs: dict[str, str]) -> None:
    for each in examination.findings:
        said = read_finding(each.finding)
        click.echo(f"{said.code}  {slugs.get(each.item_id or '', '')}  {said.in_full}")
    number = len(examination.findings)
    say(
        Text(
            f"{number} fynd, varav {len(examination.errors)} fel.",
            f"{number} findings, {len(examination.errors)} errors.",
        ),
        err=True,
    )

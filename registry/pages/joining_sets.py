"""From an item's page into a change set: its draft, a new draft, or its withdrawal. And a draft moved to what is newer."""

from dataclasses import dataclass

from flask import flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Length, Optional

from registry import clock
from registry.actors import Actor
from registry.db import db, transaction
from registry.errors import Forbidden, Invalid, NotFound, Refused
from registry.findings import Finding, Text
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.change_sets import queries, rebasing, writing
from registry.items.diff import FieldDiff, outline_diff
from registry.items.kinds import ItemKind
from registry.items.lifecycle import State
from registry.items.mentions import names_of
from registry.items.merging import Side
from registry.items.steps import require_author
from registry.items.tables import Item, Version
from registry.pages.both_changed import choices_of
from registry.pages.items import blueprint
from registry.web.forms import Form, required
from registry.web.guards import access, current_actor
from registry.web.problems import readable

NEW = "nytt"
DRAFT, BEGIN, WITHDRAW = "draft", "begin", "withdraw"
CHOSEN = "val-"
"""Before the number of a conflict in the name of the field in which somebody chooses."""


class JoinForm(Form):
    """What goes into which set."""

    what = RadioField(_l("What goes into the set?"), [required(_l("Choose what goes into the set."))], choices=[])
    into = SelectField(_l("Which set?"), choices=[])
    title = StringField(
        _l("Name of the new set"),
        [Optional(), Length(max=writing.LONGEST_TITLE)],
        description=_l("Only for a new set: what the changes are about together."),
    )
    reason = TextAreaField(_l("Reasons"), [Optional(), Length(max=5000)], description=_l("Needed for a withdrawal."))


@blueprint.route("/andringspaket/lagg-till/<item_id>", methods=["GET", "POST"])
@access.signed_in
def join_change_set(item_id: str) -> Response | str | tuple[str, int]:
    """Put a change of an item into a change set that there is, or into a new one."""
    session, actor = db.session, current_actor()
    item, kind, versions = _item(session, actor, item_id)
    form, stopped, status = JoinForm(), list[Finding](), 200
    form.what.choices = _whats(versions)
    form.into.choices = [
        *((one.id, one.title) for one in queries.joinable(session, actor, item)), (NEW, _("A new change set"))
    ]  # fmt: skip
    if request.method == "GET":
        form.what.data = form.what.choices[0][0]
    elif form.validate():
        try:
            with transaction() as writing_session:
                joined = _join(writing_session, current_actor(), item_id, form)
        except Refused as refusal:
            stopped, status = [refusal.finding], 409
        except Invalid as invalid:
            stopped, status = list(invalid.findings), 409
        else:
            flash(_("It is in the change set now."), "ok")
            return redirect(url_for("items.change_set", set_id=joined))
    else:
        status = 422
    page = render_template(
        "items/join_set.html", form=form, item=item, kind=kind, item_url=kind.url(item),
        name=kind.title(items.foremost(versions).content), findings=[readable(one) for one in stopped],
        others=queries.open_members_of(session, actor, item),
    )  # fmt: skip
    return (page, status) if status != 200 else page


def _item(session: Session, actor: Actor, item_id: str) -> tuple[Item, ItemKind, list[Version]]:
    item = items.item_by_id(session, item_id)
    versions = items.versions_of(session, item, actor) if item else []
    if item is None or not versions:
        raise NotFound("item")
    kind = items.kind_named(item.kind)
    require_author(kind, actor, item.organisation_id)
    if not kind.joins_sets:
        raise NotFound("change set")
    return item, kind, versions


def _whats(versions: list[Version]) -> list[tuple[str, str]]:
    draft = items.open_of(versions)
    standing = [one for one in versions if one.state == State.PUBLISHED]
    found = []
    if draft is not None and draft.is_being_written:
        found.append((DRAFT, _("The draft of version %(number)s", number=draft.number)))
    found.append((BEGIN, _("A new draft, begun from the version in force") if standing else _("A new draft")))
    if standing:
        found.append((WITHDRAW, _("The withdrawal of version %(number)s", number=standing[-1].number)))
    return found


def _join(session: Session, actor: Actor, item_id: str, form: JoinForm) -> str:
    item, kind, versions = _item(session, actor, item_id)
    now, reason = clock.now(), form.reason.data or ""
    if form.into.data == NEW:
        title = form.title.data or kind.title(items.foremost(versions).content).in_language(current_language())
        change_set = writing.create(session, actor, now, organisation_id=item.organisation_id, title=title)
    else:
        change_set = queries.set_for(session, actor, form.into.data or "")
    draft, standing = items.open_of(versions), items.standing_version(session, item)
    if form.what.data == DRAFT and draft is not None:
        writing.put_in(session, actor, now, change_set, draft)
    elif form.what.data == WITHDRAW and standing is not None:
        writing.put_in_withdrawal(session, actor, now, change_set, standing, reason=reason)
    else:
        writing.begin(session, actor, now, change_set, item, reason=reason)
    return change_set.id


@dataclass(frozen=True, slots=True)
class ThreeRow:
    """A field in which either differs: what it was, what was published, and what was drafted."""

    label: Text
    cells: tuple[FieldDiff | None, ...]


@blueprint.route("/granskning/version/<version_id>/flytta", methods=["GET", "POST"])
@access.signed_in
def move_version(version_id: str) -> Response | str | tuple[str, int]:
    """Three columns of a version that was overtaken, and the new version that comes of them."""
    session, actor = db.session, current_actor()
    version = items.version_for(session, actor, version_id)
    kind = items.kind_named(version.item.kind)
    if not actor.may(*kind.author_roles, organisation_id=version.organisation_id):
        raise Forbidden("move_version")
    found = rebasing.three_ways(session, version)
    if found is None:
        raise NotFound("newer version")
    chosen = _chosen(found)
    if request.method == "POST" and request.form.get("step") != "look":
        try:
            with transaction() as writing_session:
                moved = rebasing.rebase(
                    writing_session, current_actor(), clock.now(), items.version_for(writing_session, actor, version_id),
                    onto=request.form.get("onto", ""), chosen=chosen,
                )  # fmt: skip
                moved_id = moved.id
        except Refused as refusal:
            return _three(version_id, [refusal.finding], chosen), 409
        except Invalid as invalid:
            return _three(version_id, list(invalid.findings), chosen), 409
        flash(_("The draft is moved. Read it through before it is sent."), "ok")
        return redirect(url_for("items.review", version_id=moved_id))
    return _three(version_id, [], chosen)


def _chosen(found: rebasing.ThreeWays) -> dict[str, Side]:
    return {
        conflict.path: Side.THEIRS
        for number, conflict in enumerate(found.merge.conflicts)
        if request.form.get(f"{CHOSEN}{number}") == Side.THEIRS.value
    }


def _three(version_id: str, stopped: list[Finding], chosen: dict[str, Side]) -> str:
    db.session.rollback()
    session, actor = db.session, current_actor()
    version = items.version_for(session, actor, version_id)
    kind = items.kind_named(version.item.kind)
    found = rebasing.three_ways(session, version, chosen)
    if found is None:
        raise NotFound("newer version")
    rows, together = _beside(session, actor, kind, found)
    return render_template(
        "items/move.html",
        version=version,
        kind=kind,
        name=kind.title(version.content),
        three=found,
        rows=rows,
        together=together,
        choices=choices_of(
            session, actor, kind, found.merge.conflicts, found.choosing, lambda number, _one: f"{CHOSEN}{number}", chosen
        ),
        change_set=queries.set_of(session, actor, version),
        findings=[readable(one) for one in stopped],
    )  # fmt: skip


def _beside(
    session: Session, actor: Actor, kind: ItemKind, found: rebasing.ThreeWays
) -> tuple[list[ThreeRow], list[FieldDiff]]:
    """The fields in which the two differ from what they began from, and what the three as one change in what is published."""
    base = list(kind.outline(found.base.content)) if found.base else []
    theirs, mine, merge = (
        list(kind.outline(one)) for one in (found.theirs.content, found.mine.content, found.merge.content)
    )
    names = names_of(session, actor, [*base, *theirs, *mine, *merge])
    diffs = [outline_diff(base, rows, current_language(), names, is_whole=True) for rows in (base, theirs, mine)]
    labels = {field.label.en: field.label for fields in diffs for field in fields if field.is_changed}
    rows = []
    for key, label in labels.items():
        of_label = [[field for field in fields if field.label.en == key] for fields in diffs]
        for place in range(max(map(len, of_label))):
            cells = tuple(one[place] if place < len(one) else None for one in of_label)
            if any(cell is not None and cell.is_changed for cell in cells):
                rows.append(ThreeRow(label, cells))
    together = outline_diff(theirs, merge, current_language(), names)
    return rows, [field for field in together if field.is_changed]

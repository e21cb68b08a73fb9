"""Reading uses: what is used and by whom, a use with its decisions, and for whom it is theirs what they deliver and receive."""

from dataclasses import dataclass

from flask import render_template, request, url_for
from sqlalchemy.orm import Session

from registry import clock
from registry.actors import Actor
from registry.db import db
from registry.errors import NotFound
from registry.finding_catalogue import ReadableFinding
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.items.withdrawal_notices import notice_of
from registry.paging import SIZE, page_of_sequence
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.problems import readable
from submission_portal.flows import pages as line_pages
from submission_portal.flows.agreeing import pages, services
from submission_portal.flows.agreeing.forms import WithdrawalForm
from submission_portal.flows.agreeing.needs import met_needs
from submission_portal.flows.agreeing.pages import UseRow
from submission_portal.flows.agreeing.views.blueprint import blueprint
from submission_portal.flows.content import read as read_line
from submission_portal.flows.forms import SuspensionForm
from submission_portal.flows.readers import answers_behind, is_inside, people_in
from submission_portal.flows.uses import queries
from submission_portal.flows.uses import standing as of_use
from submission_portal.flows.uses.content import read


@dataclass(frozen=True, slots=True)
class Own:
    """What the reader's organisations deliver, or receive: that which ends first comes first, the beginning of it where there is
    much, and where the rest is."""

    rows: list[UseRow]
    total: int
    url: str

    @classmethod
    def of(cls, rows: list[UseRow], organisation_id: str) -> "Own":
        standing = sorted((one for one in rows if not one.is_over), key=lambda one: one.standing.sunset)
        return cls(standing[:SIZE], len(standing), url_for("uses.index", organisation=organisation_id) + "#alla")


@blueprint.get("/anvandningar/")
@access.public
def index() -> str:
    """What the reader's organisations deliver and receive, and every use in force or coming, of one organisation where asked."""
    session, actor = db.session, current_actor()
    names = line_pages.organisation_names(session)
    rows = pages.rows_of_lines(session, pages.all_lines(session), names)
    standing = [one for one in rows if not one.is_over]
    parties = {one.use.discloser for one in standing} | {one.use.recipient for one in standing}
    chosen = request.args.get("organisation", "")
    listed = [one for one in standing if chosen not in parties or one.is_of({chosen})]
    own = actor.organisations()
    return render_template(
        "uses/index.html",
        page=page_of_sequence(
            sorted(listed, key=lambda one: (one.recipient.sv, one.use.audience.breadth)), page_asked_for()
        ),
        chosen=chosen if chosen in parties else "",
        parties=[one for one in names.values() if one.id in parties],
        delivered=Own.of([one for one in rows if one.use.discloser in own], next(iter(own), "")),
        received=Own.of([one for one in rows if one.use.recipient in own], next(iter(own), "")),
        to_decide=[one for one in rows if one.standing.is_to_be_decided and one.is_free and one.is_of(own)],
        working=queries.unpublished_uses(session, actor),
        names=names,
        may_propose=actor.has_role(*services.AUTHORS_OF_EITHER),
        pages=pages,
    )


@blueprint.get("/anvandningar/behov/")
@access.public
def needs() -> str:
    """Each stated need with the lines and uses that meet it, and the lines that could."""
    session = db.session
    lines = pages.all_lines(session)
    rows = pages.rows_of_lines(session, lines, line_pages.organisation_names(session))
    return render_template(
        "uses/needs.html", assignments=met_needs(session, lines, [one for one in rows if not one.is_over])
    )


@blueprint.get("/anvandningar/<slug>/")
@access.public
def show(slug: str) -> str:
    """A use: what may be done with what is delivered, on which ground and until when, and who decided that."""
    return use_page(use_item(db.session, slug))


def use_item(session: Session, slug: str) -> Item:
    """The use by its readable key. Raises `NotFound`."""
    item = queries.use_item(session, slug)
    if item is None:
        raise NotFound("use")
    return item


def use_page(
    item: Item,
    *,
    suspension_form: SuspensionForm | None = None,
    withdrawal_form: WithdrawalForm | None = None,
    stopped: ReadableFinding | None = None,
) -> str:
    """The page of a use; ``stopped``: why it could not be suspended, resumed or withdrawn as asked."""
    session, actor = db.session, current_actor()
    versions = items.versions_of(session, item, actor)
    if not versions:
        raise NotFound("use")
    version = items.foremost(versions)
    listed = page_of_sequence(versions[::-1], page_asked_for())
    inside = is_inside(actor, version)
    return render_template(
        "uses/show.html",
        item=item,
        version=version,
        versions=listed,
        version_steps=line_pages.version_steps(listed.rows, version, "uses.version"),
        refusal=_refusal(version),
        last_day=queries.of_version(version).sunset,
        withdrawal=notice_of(session, actor, version),
        working=items.open_version(session, item) if inside else None,
        is_author=is_author(actor, version),
        is_inside=inside,
        suspended=line_pages.suspended(session, actor, item, inside),
        suspension_form=suspension_form or SuspensionForm(formdata=None),
        may_withdraw=may_withdraw(actor, version),
        withdrawal_form=withdrawal_form or WithdrawalForm(formdata=None, ids="aterta-"),
        stopped=stopped,
        **about(session, actor, version),
    )


def about(session: Session, actor: Actor, version: Version) -> dict[str, object]:
    """What both pages of a use tell of a version: what it says, in words, and who decided what."""
    use = read(version.content)
    line = items.item_by_id(session, use.line)
    bound = items.version_by_hash(session, use.line_version) if use.line_version else None
    in_force = items.standing_version(session, line) if line is not None else None
    needs, unknown = pages.named_needs(use.needs)
    decisions = line_pages.decisions(version)
    return {
        "use": use,
        "line": line,
        "bound": bound,
        "line_title": read_line(bound.content).title if bound is not None else None,
        "newer_line": in_force
        if bound is not None and in_force is not None and in_force.number > bound.number
        else None,
        "needs": needs,
        "unknown_needs": unknown,
        "names": line_pages.organisation_names(session),
        "decisions": decisions,
        "is_approved": all(one.kind == "ok" for one in decisions),
        "people": people_in(session, actor, version),
        "pages": pages,
        "titled": items.titled,
        **answers_behind(session, actor, version),
    }


def is_author(actor: Actor, version: Version) -> bool:
    """Whether the reader writes for the side that proposed the use."""
    roles = services.AUTHORS_OF_EITHER
    return actor.has_role(*roles, organisation_id=version.organisation_id)


def may_withdraw(actor: Actor, version: Version) -> bool:
    """Whether the reader may take the version out of use; the service asks the same again."""
    if version.state == State.PUBLISHED:
        return services.side_that_may_withdraw(actor, version) is not None
    return version.is_open and is_author(actor, version)


def _refusal(version: Version) -> ReadableFinding | None:
    """Why nothing may be disclosed for it today, of what was approved and not withdrawn: that a notice tells."""
    if version.state != State.PUBLISHED:
        return None
    finding = of_use.refusal(queries.of_version(version), clock.today())
    return readable(finding) if finding is not None else None

"""The start pages and the language switch."""

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry import clock
from registry.actors import Actor, Person
from registry.db import db
from registry.errors import NotFound
from registry.i18n import COOKIE, LANGUAGES
from registry.identity import queries
from registry.pages.sign_in import own_address
from registry.paging import page_of_sequence
from registry.plugin import Task
from registry.web.cookies import keep
from registry.web.guards import access, current_actor
from registry.web.page_addresses import page_asked_for
from registry.web.revalidation import revalidated

blueprint = Blueprint("web", __name__)
GROUPS = ("mine", "others", "done")


@blueprint.get("/")
@revalidated
@access.public
def start() -> str:
    """The thread itself, on figures, so that a visitor understands in a minute what this is for."""
    front = current_app.extensions["registry"].front
    return render_template("start_public.html", **(front(db.session) if front else {"story": None}))


@blueprint.get("/uppgifter/")
@access.signed_in
def tasks() -> str:
    """What waits for me, what I wait for, what is done: the beginning of each list."""
    actor = current_actor()
    found = {group: page_of_sequence(tasks, 1) for group, tasks in _tasks(actor).items()}
    begin = [
        (gettext(one.label), url_for(one.endpoint), gettext(one.text))
        for one in current_app.extensions["registry"].begin
        if actor.has_role(*one.roles)
    ]
    organisations = {one.id: one for one in queries.organisations(db.session)}
    return render_template(
        "tasks.html",
        groups=found,
        headings=_headings(),
        held=sorted(actor.memberships) if isinstance(actor, Person) else [],
        organisations=organisations,
        begin=begin,
    )


@blueprint.get("/uppgifter/<group>")
@access.signed_in
def tasks_in(group: str) -> str:
    """All of one of the lists of tasks, page by page. Raises `NotFound`."""
    if group not in GROUPS:
        raise NotFound("tasks")
    page = page_of_sequence(_tasks(current_actor())[group], page_asked_for())
    return render_template("tasks_in.html", heading=_headings()[group], page=page)


def _headings() -> dict[str, str]:
    """What the lists of tasks are called, in their order on the page."""
    return dict(zip(GROUPS, (_("Waits for me"), _("I wait for others"), _("Done lately")), strict=True))


def _tasks(actor: Actor) -> dict[str, list[Task]]:
    """Everything that the plug-ins' panels tell the actor of, by group."""
    now = clock.now()
    found: dict[str, list[Task]] = {group: [] for group in GROUPS}
    for panel in current_app.extensions["registry"].panels:
        for task in panel(db.session, actor, now):
            found[task.group].append(task)
    return found


@blueprint.get("/sprak/<code>")
@access.public
def language(code: str) -> Response:
    """Keep the reader's language in a cookie, and go back to where they were."""
    answer = make_response(redirect(own_address(request.args.get("next")) or url_for("web.start")))
    if code in LANGUAGES:
        keep(answer, COOKIE, code, days=365)
    return answer

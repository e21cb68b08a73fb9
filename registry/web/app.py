"""The web application: settings and plug-ins in, a Flask application out."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

import jinja2
import jinja2.bccache
from flask import Flask, Response, abort, current_app, g, request, url_for
from flask_babel import gettext
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter

from registry import clock, db, i18n, log, ownership, settings
from registry.actors import Role
from registry.backup import half_restored
from registry.body_refusals import REFUSED, BodyRefused
from registry.errors import Busy
from registry.identity import queries
from registry.plugin import House, MenuEntry, Plugin
from registry.root import ROOT
from registry.terminal import commands
from registry.web import components, problems
from registry.web.cookies import Cookies
from registry.web.guards import current_actor, may_open
from registry.web.proxies import BehindProxies
from registry.web.unreadable import FormRequest, answer_unreadable

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}


def create_app(plugins: Sequence[Plugin], overrides: Mapping[str, Any] | None = None) -> Flask:
    """Build the application. Touches neither database nor network; the instance folder is made when it is needed."""
    app = Flask(
        "registry",
        root_path=str(ROOT / "registry" / "web"),
        static_folder="static",
        template_folder="templates",
    )
    app.config.from_mapping(settings.load(overrides=overrides))
    app.config["SQLALCHEMY_ENGINES"] = {"default": db.engine_options(app.config["DATABASE_URL"])}
    ownership.keep_private(app.config["INSTANCE"])
    app.config["INSTANCE"].mkdir(parents=True, exist_ok=True)
    app.url_map.converters["int"] = _NumberOfAVersion
    app.session_interface = Cookies()
    app.request_class = FormRequest
    app.secret_key = app.config["SECRET_KEY"] or settings.secret_key(app.config["INSTANCE"])
    compiled = app.config["INSTANCE"] / "templates"
    compiled.mkdir(exist_ok=True)
    app.jinja_env.bytecode_cache = CompiledTemplates(str(compiled))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    house = app.extensions["registry"] = House(plugins)
    log.init_app(app)
    db.init_app(app)
    i18n.init_app(app)
    app.before_request(_refuse_half_restored)
    app.before_request(log.bind_address)
    app.before_request(_refuse_what_was_not_kept)
    app.before_request(_refuse_unwritable_text)
    forgery = CSRFProtect(app)
    problems.init_app(app)
    for plugin in plugins:
        for blueprint in plugin.blueprints:
            app.register_blueprint(blueprint)
        for resources in plugin.resources:
            app.register_blueprint(resources)
        for command in plugin.commands:
            app.cli.add_command(commands.prepare(command))
    for view in app.view_functions.values():
        if getattr(view, "only_asks", False) or getattr(view, "is_for_machines", False):
            forgery.exempt(view)
    _add_template_folders(app, house)
    _add_template_names(app, house)
    app.after_request(_harden)
    app.wsgi_app = answer_unreadable(app.wsgi_app)  # type: ignore[assignment, method-assign]
    app.wsgi_app = BehindProxies(app.wsgi_app, app.config["TRUSTED_PROXIES"])  # type: ignore[method-assign]
    return app


class CompiledTemplates(jinja2.FileSystemBytecodeCache):
    """Compiled templates in the instance's folder. Where one cannot be kept, on a full disk, the page is shown all the same."""

    def dump_bytecode(self, bucket: jinja2.bccache.Bucket) -> None:
        """Keep a compiled template, or do without."""
        with suppress(OSError):
            super().dump_bytecode(bucket)


def _add_template_folders(app: Flask, house: House) -> None:
    folders = [folder for plugin in house.plugins for folder in plugin.templates]
    if folders:
        loader = app.jinja_env.loader
        app.jinja_env.loader = jinja2.ChoiceLoader([one for one in (loader, jinja2.FileSystemLoader(folders)) if one])


def _add_template_names(app: Flask, house: House) -> None:
    components.init_app(app)

    def menu_entries() -> list[dict[str, Any]]:
        return [
            {"label": gettext(entry.label), "url": url_for(entry.endpoint), "current": _is_current(entry)}
            for entry in house.menu
            if may_open(app.view_functions[entry.endpoint])
        ]

    def account_label() -> str:
        actor = current_actor()
        if not actor.is_signed_in:
            return ""
        person = g.person
        name = person.named.name if person.named else i18n.read(queries.NAMELESS)
        return name if isinstance(name, str) else ""

    def is_demonstration() -> bool:
        if "demonstration" not in g:
            g.demonstration = queries.is_demonstration(db.db.session)
        return bool(g.demonstration)

    app.jinja_env.globals.update(
        menu_entries=menu_entries,
        account_label=account_label,
        current_actor=current_actor,
        is_demonstration=is_demonstration,
        Role=Role,
        readable=problems.readable,
        today=clock.today,
    )


class _NumberOfAVersion(IntegerConverter):
    """Whole numbers in addresses, as long as a column of whole numbers holds; a longer one leads nowhere."""

    regex = "[0-9]{1,9}"


def _refuse_half_restored() -> Response | None:
    """What is not whole and verified yet is shown to nobody. (No page: a page asks the database.)"""
    if not half_restored.is_half_restored(current_app.config["INSTANCE"]):
        return None
    words = f"{half_restored.TEXT.sv}\n{half_restored.TEXT.en}\n"
    return Response(words, 503, {"Retry-After": "60"}, content_type="text/plain; charset=utf-8")


def _refuse_what_was_not_kept() -> None:
    """The web server reads bodies that are too large, or too many, without keeping them; here they are answered."""
    match request.environ.get(REFUSED):
        case BodyRefused.LARGE:
            abort(413)
        case BodyRefused.BUSY:
            raise Busy


def _refuse_unwritable_text() -> None:
    """Text with a zero byte comes from no person, and PostgreSQL keeps none: it ends here, not in the middle of a step."""
    fields = (text for values in (request.args, request.form) for pair in values.items(multi=True) for text in pair)
    if "\x00" in request.path or any("\x00" in text for text in fields):
        abort(400)


def _is_current(entry: MenuEntry) -> bool:
    """An entry is current on its own page and on those below it."""
    home = url_for(entry.endpoint)
    return request.path == home or (home != "/" and request.path.startswith(home))


def _harden(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    is_asset = request.path.startswith("/static/") and response.status_code < 400  # a 404 there names its reader
    if not is_asset:
        if current_actor().is_signed_in:
            response.headers["Cache-Control"] = "no-store"  # a file that is sent brings a weaker word of its own
        response.headers.setdefault("Cache-Control", "no-cache")
        view = current_app.view_functions.get(request.endpoint or "")
        response.headers.setdefault("Vary", "Accept, Cookie" if getattr(view, "negotiates", False) else "Cookie")
    return response

"""The component macros as the Jinja global ``ui``, and the static files under addresses that change with their content.

``init_app`` gives the templates ``ui``, ``stylesheet_url``, ``asset_url`` and what the form macros need. The stylesheet
is kept as one file per block and sent as one: joined in the order of ``STYLESHEETS`` when the process starts.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from flask import Blueprint, Flask, Response, abort, current_app, redirect, request, url_for
from flask_babel import LazyString
from flask_babel import gettext as _
from jinja2 import Environment
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse
from wtforms import Field, Form

from registry.web.guards import access, may_open
from registry.web.page_addresses import page_address
from registry.written import written

STATIC = Path(__file__).parent / "static"

STYLESHEETS = (
    "layers",
    "reset",
    "tokens",
    "base",
    "frame",
    "thread",
    "story",
    "strand",
    "comparing",
    "status",
    "panel",
    "wording",
    "facts",
    "table",
    "entry",
    "rows",
    "form",
    "review",
    "drawing",
    "followup",
    "utilities",
    "print",
)

COMPONENTS = ("icons", "status", "page", "facts", "forms", "tables", "thread", "work", "diff", "figure")

KNOTS = {
    "concept": ("termbank.index",),
    "application": ("termbank.applications",),
    "model": ("information_models.index",),
    "flow": ("flows.index",),
    "delivery": ("deliveries.index",),
    "decision": ("review.index",),
    "figure": ("followup.index",),
}
"""Where each knot of the locator leads when a page says nothing else: the first that there is, and that is open to
whoever reads."""

blueprint = Blueprint("assets", __name__)


class Components:
    """Every macro of ``templates/components``, as an attribute: ``ui.status("ok", "…")``."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._file_of: dict[str, str] = {}

    def __getattr__(self, name: str) -> Callable[..., Markup]:
        if name.startswith("__"):
            raise AttributeError(name)
        if not self._file_of or self._environment.auto_reload:
            self._find_macros()
        if name not in self._file_of:
            raise AttributeError(f"no component is called {name!r}")
        macro: Callable[..., Markup] = getattr(self._environment.get_template(self._file_of[name]).module, name)
        return macro

    def _find_macros(self) -> None:
        found: dict[str, str] = {}  # taken over as a whole: other threads look names up meanwhile
        for file in COMPONENTS:
            path = f"components/{file}.html"
            for name, value in vars(self._environment.get_template(path).module).items():
                if callable(value) and not name.startswith("_"):
                    if found.get(name, path) != path:
                        raise ValueError(f"two components are called {name!r}")
                    found[name] = path
        self._file_of = found


def init_app(app: Flask) -> None:
    """Give ``app``'s templates the components."""
    app.register_blueprint(blueprint)
    names = app.jinja_env.globals
    names["ui"] = Components(app.jinja_env)
    names["stylesheet_url"] = stylesheet_url
    names["asset_url"] = asset_url
    names["knot_url"] = lambda knot: knot_url(app, knot)
    names["this_address"] = this_address
    names["public_ways"] = lambda: public_ways(app)
    names["ways_on"] = lambda: ways_on(app)
    names["page_address"] = page_address
    names["part"] = part
    names["field_kind"] = field_kind
    names["option_value"] = option_value
    names["control"] = control
    names["form_errors"] = form_errors
    app.jinja_env.filters["written"] = written
    # Flask-Babel's lazy strings call themselves markup, so Jinja would print "<" as it stands.
    app.jinja_env.finalize = lambda value: str(value) if isinstance(value, LazyString) else value
    app.jinja_env.filters["groups_of_four"] = groups_of_four


# --- Static files


def _read_stylesheet() -> tuple[str, str]:
    text = "\n".join((STATIC / "css" / f"{name}.css").read_text("utf-8") for name in STYLESHEETS)
    return text, _digest(text.encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()[:12]


_stylesheet: tuple[str, str] | None = None
_digests: dict[str, str] = {}


def stylesheet_url() -> str:
    """The address of the joined stylesheet."""
    global _stylesheet
    if _stylesheet is None or _is_developing():
        _stylesheet = _read_stylesheet()
    return url_for("assets.stylesheet", digest=_stylesheet[1])


def asset_url(path: str) -> str:
    """The address of a file in ``static``, changing with its content so that it may be kept for ever."""
    if path not in _digests or _is_developing():
        _digests[path] = _digest((STATIC / path).read_bytes())
    return url_for("static", filename=path, v=_digests[path])


def _is_developing() -> bool:
    return current_app.debug


@blueprint.get("/static/registry-<digest>.css")
@access.public
def stylesheet(digest: str) -> Response:
    global _stylesheet
    if _stylesheet is None:
        _stylesheet = _read_stylesheet()
    text, current = _stylesheet
    if digest != current:
        abort(404)
    response = Response(text, mimetype="text/css")
    response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return response


@blueprint.get("/favicon.ico")
@access.public
def icon() -> BaseResponse:
    """Where browsers look for an icon when they show a file or a feed, which name none."""
    return redirect(asset_url("icon.svg"))


# --- Names for the templates


def knot_url(app: Flask, knot: str) -> str | None:
    """Where a knot leads for whoever reads: a locked door is no way on."""
    for endpoint in KNOTS[knot]:
        if endpoint in app.view_functions and may_open(app.view_functions[endpoint]):
            return url_for(endpoint)
    return None


def public_ways(app: Flask) -> list[tuple[str, str, str]]:
    """Ways on from the public start page. The last asks to sign in."""
    ways = (
        ("termbank.index", _("The term bank"), _("What the words mean, what the pilot proposes and how the regions apply them.")),
        ("information_models.index", _("The information models"), _("What is delivered, in which form and for which need.")),
        ("followup.index", _("The follow-up"), _("Figures with coverage, breaks and the way back.")),
        ("deliveries.index", _("Deliver figures"), _("For regions. Check the file before anything leaves the region.")),
    )  # fmt: skip
    return [(heading, url_for(endpoint), text) for endpoint, heading, text in ways if endpoint in app.view_functions]


def ways_on(app: Flask) -> list[tuple[str, str]]:
    """Where the packages above lead whoever may go there from the page that is asked for: labels with addresses."""
    there = [way for way in app.extensions["registry"].ways_on if way.page == request.endpoint]
    return [(way.label, url_for(way.endpoint)) for way in there if may_open(app.view_functions[way.endpoint])]


def part(item: object, name: str) -> object:
    """An optional part of what a component is given: a key of a mapping or an attribute, ``None`` where it is missing."""
    return item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)


def this_address() -> str:
    """Path and query of the page that is shown, to come back to; the start page where the page is no GET."""
    if request.method not in ("GET", "HEAD"):
        return "/"
    return request.full_path.removesuffix("?")


def field_kind(field: Field) -> str:
    """How ``ui.field`` renders a field: hidden, radios, checkboxes, checkbox or control."""
    input_type = getattr(field.widget, "input_type", None)
    if input_type == "hidden":
        return "hidden"
    if input_type == "checkbox":
        return "checkbox"
    if getattr(field, "choices", None) is not None and hasattr(field, "option_widget"):
        option_type = getattr(field.option_widget, "input_type", None)
        if option_type == "radio":
            return "radios"
        if option_type == "checkbox":
            return "checkboxes"
    return "control"


def option_value(option: Field) -> str:
    """The value of one radio or checkbox, as text."""
    return str(option.data if getattr(option, "data", None) is not None else "")


def control(field: Field, described: Iterable[str], classes: str, bare: bool, rows: int | None = None) -> Markup:
    """The control itself. What is missing is said by the server in the reader's language, so no ``required`` attribute."""
    attributes: dict[str, object] = {"required": False}
    described_by = " ".join(described)
    if described_by:
        attributes["aria-describedby"] = described_by
    if field.errors:
        attributes["aria-invalid"] = "true"
    if field.flags.required and not bare:
        attributes["aria-required"] = "true"
    if not bare:
        attributes["class"] = f"input {classes}".strip()
    if rows:
        attributes["rows"] = rows
    return field(**attributes)  # type: ignore[no-any-return]


def form_errors(form: Form) -> list[tuple[str | None, str]]:
    """Every error of a form as (id of the element to go to, text); errors of the form itself have no element.

    Where several fields have the same error, each says which field it is: ``summary_label``, or else its label.
    """
    found = list(_errors_of(form))
    times = Counter(text for _target, _label, text in found)
    return [(None, str(error)) for error in form.form_errors] + [
        (target, f"{label}: {text}" if times[text] > 1 else text) for target, label, text in found
    ]


def _errors_of(fields: Iterable[Field]) -> Iterator[tuple[str, str, str]]:
    for field in fields:
        if not field.errors:
            continue
        if isinstance(field.errors, dict):
            yield from _errors_of(field)
            continue
        texts = [error for error in field.errors if not isinstance(error, (dict, list))]
        if len(texts) < len(field.errors):
            yield from _errors_of(field)
        target = f"{field.id}-0" if field_kind(field) in ("radios", "checkboxes") else field.id
        label = str(getattr(field, "summary_label", field.label.text))
        yield from ((target, label, str(text)) for text in texts)


def groups_of_four(value: str) -> str:
    """A long hash in groups that can be read aloud.

    >>> groups_of_four("b5d271c044ae")
    'b5d2 71c0 44ae'
    """
    return " ".join(value[start : start + 4] for start in range(0, len(value), 4))

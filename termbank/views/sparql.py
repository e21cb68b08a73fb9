"""Questions to the term bank in SPARQL: a page for people, and the protocol for machines (SPARQL 1.1 Protocol, 2.1)."""

from collections.abc import Sequence

from flask import current_app, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from registry.db import db
from registry.errors import BeingMade, Busy
from registry.findings import Finding
from registry.i18n import current_language
from registry.web.downloads import file_answer
from registry.web.guards import access, only_asks
from registry.web.negotiation import PAGE, negotiates
from registry.web.problems import BUSY_SECONDS, later, later_made, problem, readable
from registry.web.revalidation import build
from termbank.exchange.writing import rdf
from termbank.finding_texts.all import FINDINGS
from termbank.presentation.sparql import examples, files_of, heads_of, rows_of
from termbank.sparql import caged, keeping
from termbank.sparql.description import description
from termbank.sparql.forms import FORMS, Form, form_named
from termbank.sparql.judging import MOST_LETTERS
from termbank.views.blueprint import blueprint

MOST_ROWS = 200
"""Rows of an answer that the page shows; a file has them all."""
QUESTION, UPDATE, FIELDS = "application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded"
Answer = Response | str
blueprint.record_once(lambda state: keeping.init_app(state.app))  # type: ignore[arg-type]  # typed as sansio.App


@blueprint.route("/sparql", methods=["GET", "POST"])
@access.public
@negotiates
@only_asks
def sparql() -> Answer:
    """Answer a question of all that is published, or show the page on which one is asked."""
    chosen = request.args.get("format") or request.form.get("format")
    accepted = _accepted(chosen)
    is_page = not chosen and _prefers_page(accepted)
    text = _asked()
    if text is None and (described := _description(accepted, is_page=is_page)) is not None:
        return described
    if text is None:
        if is_page or (request.method == "GET" and not request.args and _takes_page()):
            return _page("")
        text = FINDINGS.found("SPARQL-012")
    if isinstance(text, Finding):
        return _refused(text, 400, "", is_page=is_page)
    if not accepted and not is_page:
        names = ", ".join(one for form in FORMS for one in form.media_types)
        return _refused(FINDINGS.found("SPARQL-011", {"names": names}), 400 if chosen else 406, text, is_page=False)
    try:
        with _kept().asking.take():
            return _page(text, is_asked=True) if is_page else _file(text, accepted, is_chosen=bool(chosen))
    except caged.UnansweredError as error:
        return _refused(error.finding, 503 if error.is_too_much else 400, text, is_page=is_page)
    except BeingMade:
        return later_made(is_page=is_page)
    except Busy:
        return later(
            503,
            _("Many questions are being answered right now"),
            _("The registry answers few at a time. Yours was not asked."),
            _("Ask it again in a while."),
            BUSY_SECONDS,
            is_page=is_page,
        )


def _asked() -> str | Finding | None:
    """The question of the request, or why there is none that can be answered; ``None`` where nothing was asked."""
    fields = request.form if request.method == "POST" and request.mimetype == FIELDS else request.args
    if "update" in {*request.args, *request.form} or request.mimetype == UPDATE:
        return FINDINGS.found("SPARQL-006")
    if {"default-graph-uri", "named-graph-uri"} & {*request.args, *request.form}:
        return FINDINGS.found("SPARQL-005")
    if request.method == "POST" and request.mimetype == QUESTION:
        try:
            return request.get_data(cache=False).decode()
        except UnicodeDecodeError:
            return FINDINGS.found("SPARQL-012")
    questions = fields.getlist("query")
    if len(questions) == 1 and not (request.method == "POST" and request.mimetype != FIELDS):
        return questions[0]
    return None if request.method == "GET" and not questions else FINDINGS.found("SPARQL-012")


def _accepted(chosen: str | None) -> list[tuple[Form, str]]:
    """The forms that the reader takes, best first, each with the media type that it is sent as."""
    if chosen:
        form = form_named(chosen)
        return [(form, form.media_types[0])] if form else []
    types = [(form, name, _quality(name)) for form in FORMS for name in form.media_types]
    return [(form, name) for form, name, quality in sorted(types, key=lambda one: -one[2]) if quality > 0]


def _quality(media_type: str) -> float:
    return request.accept_mimetypes.quality(media_type) if request.accept_mimetypes else 1.0


def _takes_page() -> bool:
    return _quality(PAGE) > 0


def _prefers_page(accepted: Sequence[tuple[Form, str]]) -> bool:
    """Whether the page is wanted rather than any form; who takes anything is a program."""
    return _quality(PAGE) > (_quality(accepted[0][1]) if accepted else 0)


def _file(text: str, accepted: Sequence[tuple[Form, str]], *, is_chosen: bool) -> Response:
    answer = caged.written(_source(), text, [form for form, _ in accepted])
    if answer.form is None:
        names = ", ".join(form.media_types[0] for form in FORMS if answer.kind in form.of)
        return _refused(FINDINGS.found("SPARQL-011", {"names": names}), 400 if is_chosen else 406, text, is_page=False)
    media_type = next(name for form, name in accepted if form == answer.form)
    if is_chosen:
        return file_answer(answer.data, media_type, f"svar.{answer.form.extension}")
    return Response(answer.data, mimetype=media_type)


_WRITERS = {"turtle": rdf.turtle, "ntriples": rdf.n_triples, "rdfxml": rdf.rdf_xml}
"""How a graph is written in the forms that graphs have."""


def _description(accepted: Sequence[tuple[Form, str]], *, is_page: bool) -> Response | None:
    """What a program that asks nothing is told (SPARQL 1.1 Service Description, 2), where it would rather have triples than
    the page."""
    best = next(((form, name) for form, name in accepted if form.name in _WRITERS), None)
    if request.method != "GET" or is_page or best is None or ("format" not in request.args and not _prefers(best[1])):
        return None
    form, media_type = best
    graph = description(f"{str(current_app.config['BASE_ADDRESS']).rstrip('/')}{url_for('termbank.sparql')}")
    return Response(_WRITERS[form.name](graph), mimetype=media_type)


def _prefers(media_type: str) -> bool:
    """Whether it is wanted rather than the page; who takes anything gets the page."""
    return _quality(media_type) > _quality(PAGE)


def _page(text: str, *, is_asked: bool = False, found: Finding | None = None) -> str:
    language, source = current_language(), _source()
    shown = caged.shown(source, text, MOST_ROWS) if is_asked else None
    return render_template(
        "termbank/sparql.html", query=text, examples=examples(language), shown=shown, most=MOST_ROWS, most_letters=MOST_LETTERS,
        heads=heads_of(shown) if shown else (), rows=rows_of(shown, source.prefixes, language) if shown else (),
        files=files_of(shown, text, language) if shown else (), found=readable(found) if found else None,
        prefixes=list(source.prefixes),
    )  # fmt: skip


def _refused(finding: Finding, status: int, text: str, *, is_page: bool) -> Response:
    """Why there is no answer: on the page with the question as it was asked, or as problem details (RFC 9457)."""
    if is_page:
        return Response(_page(text, found=finding), status, mimetype=PAGE)
    said = readable(finding)
    return problem(status, said.title, said.body, said.mend, (finding,), is_page=False)


def _kept() -> keeping.Kept:
    found: keeping.Kept = current_app.extensions["questions"]
    return found


def _source() -> caged.Source:
    return keeping.source(db.session, _kept(), str(current_app.config["BASE_ADDRESS"]), build())

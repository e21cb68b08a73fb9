"""The term bank for machines: SKOS files, and what the identifiers in them lead to."""

from collections.abc import Callable, Hashable

from flask import current_app, redirect, request, url_for
from flask import render_template as render
from werkzeug.wrappers import Response as AnyResponse

from registry import clock
from registry.db import db
from registry.errors import NotFound
from registry.formats import DEFAULTS, Format, Option, Options
from registry.i18n import current_language
from registry.items import queries as items
from registry.items.lifecycle import State
from registry.items.tables import Item, Version
from registry.meanwhile import MEANWHILE
from registry.web.downloads import file_answer
from registry.web.guards import access, current_actor
from registry.web.negotiation import format_asked_for, negotiates
from termbank.bank import past
from termbank.bank.queries import exports, published_schemes, statements, term_banks
from termbank.bank.queries.statements import published_statements
from termbank.bank.scheme_names import earlier_bases
from termbank.concepts.schemes import Scheme
from termbank.exchange.names import Names
from termbank.exchange.scheme_exports import SchemeExport
from termbank.exchange.vocabulary import VOCABULARY
from termbank.formats import FORMATS
from termbank.notions import APPLICATION, CONCEPT
from termbank.views.addresses import concept_at, day_gone_by, versions_at
from termbank.views.blueprint import blueprint

KEPT, KEPT_BYTES = 128, 64 * 2**20
_written: dict[Hashable, bytes] = {}
"""Files that were written before, by everything that they are made of: the same versions give the same bytes."""
_keys: dict[Hashable, Hashable] = {}
"""Which of them is the file of a whole scheme, by what was published when it was written."""


@blueprint.get("/<scheme>.<extension>")
@access.public
def download_scheme(scheme: str, extension: str) -> AnyResponse:
    """A whole scheme, its concepts and the statements on them; with ``den`` (as 2026-03-01) as it was when that day was over."""
    scheme, extension = _parted(scheme, extension)
    if "den" in request.args:
        return _scheme_then(scheme, extension, request.args["den"])
    return scheme_file(scheme, _format_with(extension))


def _made(
    state: Hashable, scheme: Scheme, source: Callable[[], SchemeExport], chosen: Format[SchemeExport], name: str
) -> AnyResponse:
    """The file of a whole scheme, given again as long as ``state`` is the same; one of a large scheme is made meanwhile.

    ``source`` reads the scheme. It may be called in a thread, which has no request.
    """
    options = _options(chosen)
    asked = (state, chosen.name, options)

    def write() -> bytes:
        read = source()
        while len(_keys) >= KEPT:
            _keys.pop(next(iter(_keys)), None)
        _keys[asked] = (read.key, name, chosen.name, options)
        return _content(read, chosen, options, name)

    data = _written.get(_keys.get(asked))
    if data is None:
        data = MEANWHILE.made(asked, write) if term_banks.is_large(db.session, scheme) else write()
    return file_answer(data, chosen.media_type, chosen.file_name(name))


def scheme_file(scheme: str, chosen: Format[SchemeExport]) -> AnyResponse:
    """A scheme as it is today, as a file. Raises `NotFound` where none with this key is published.

    A file that was written since something was published last is given again without reading the scheme.
    """
    found = published_schemes.scheme_named(db.session, scheme)
    if found is None:
        raise NotFound("scheme")
    base = _base()

    def source() -> SchemeExport:
        return exports.export_of(
            term_banks.term_bank(db.session, scheme),
            published_statements(db.session),
            found,
            base,
            withdrawn=exports.gone(db.session),
            chains=exports.chains_of(db.session),
            before=earlier_bases(db.session, found.item, found.base),
        )

    return _made((found, base, term_banks.state_of(db.session)), found, source, chosen, scheme)


def _scheme_then(scheme: str, extension: str, written: str) -> AnyResponse:
    chosen = published_schemes.scheme_named(db.session, scheme)
    if chosen is None:
        raise NotFound("scheme")
    day, wanted, base = day_gone_by(written), _format_with(extension), _base()
    return _made(
        (chosen, day, base, term_banks.state_of(db.session)),
        chosen,
        lambda: past.scheme_on(db.session, chosen, day).export(base),
        wanted,
        f"{scheme}-{day.isoformat()}",
    )


@blueprint.get("/begrepp/<slug>.<extension>")
@access.public
def download_concept(slug: str, extension: str) -> AnyResponse:
    """One concept in force, with the statements on it. Its relations stay; what they lead to is in the scheme's file.

    One that was withdrawn is written as it was last, and says so.
    """
    slug, extension = _parted(slug, extension)
    return concept_file(concept_at(db.session, slug).item, _format_with(extension))


def concept_file(item: Item, chosen: Format[SchemeExport]) -> AnyResponse:
    """A concept in force or as it was last, as a file. Raises `NotFound` where it has never been in force."""
    slug, version = item.slug, items.current(db.session, item)
    withdrawn = exports.gone(db.session, [slug]) if version is None else []
    if version is not None:
        bank = term_banks.bank_around(db.session, item, term_banks.concept_of(version))
    else:
        named = {key for one in withdrawn for key in (one.replaced_by, *(target.key for target in one.concept.targets))}
        bank = term_banks.bank_of(db.session, filter(None, named))
    found = bank.concepts.get(slug) or next((one.concept for one in withdrawn), None)
    if found is None:
        raise NotFound("concept")
    scheme = bank.scheme_named(found.scheme.key)
    if scheme is None:
        raise NotFound("scheme")
    chains = exports.chains_of(db.session, item.id)
    before = earlier_bases(db.session, scheme.item, scheme.base)
    source = exports.export_of(
        bank, published_statements(db.session, slug), scheme, _base(), slug, withdrawn, chains, before
    )
    return _file(source, chosen, slug)


@blueprint.get("/begrepp/<slug>/version/<int:number>.<extension>")
@access.public
def download_version(slug: str, number: int, extension: str) -> AnyResponse:
    """One version of a concept that was published, as it said it, whether it applies or not."""
    _, versions = versions_at(db.session, current_actor(), slug)
    version = next((one for one in versions if one.number == number), None)
    if version is None:
        raise NotFound("version")
    return version_file(version, _format_with(extension))


def version_file(version: Version, chosen: Format[SchemeExport]) -> AnyResponse:
    """A version of a concept as a file. Raises `NotFound` where it was never published."""
    source = exports.version_export(db.session, version, _base()) if version.published_at else None
    if source is None:
        raise NotFound("version")
    return _file(source, chosen, f"{version.item.slug}-v{version.number}")


@blueprint.get("/id/<any(concept, application):kind>/<identifier>")
@access.public
@negotiates
def identified(kind: str, identifier: str) -> AnyResponse:
    """Where an identifier in an export leads: the page for people, the file for who asks for triples."""
    item = items.item_by_id(db.session, identifier)
    versions = items.versions_of(db.session, item, current_actor()) if item and item.kind == kind else []
    if item is None or not versions:
        raise NotFound(kind)
    foremost = items.foremost(versions)
    if kind == CONCEPT:
        page, described, is_published = url_for("termbank.concept", slug=item.slug), item.slug, has_file(foremost)
    else:
        page, described = url_for("termbank.application", slug=item.slug), statements.application_of(foremost).concept
        is_published = foremost.state == State.PUBLISHED
    return _sent_on(
        page,
        lambda extension: url_for("termbank.download_concept", slug=described, extension=extension),
        is_published=is_published,
    )


@blueprint.get("/id/version/<content_hash>")
@access.public
@negotiates
def identified_version(content_hash: str) -> AnyResponse:
    """Where a version's identifier leads."""
    version = items.version_by_hash(db.session, content_hash)
    if version is None or version.item.kind not in (CONCEPT, APPLICATION):
        raise NotFound("version")
    if not any(one.id == version.id for one in items.versions_of(db.session, version.item, current_actor())):
        raise NotFound("version")
    slug, number = version.item.slug, version.number
    if version.item.kind == CONCEPT:
        return _sent_on(
            url_for("termbank.concept_version", slug=slug, number=number),
            lambda extension: url_for("termbank.download_version", slug=slug, number=number, extension=extension),
            is_published=version.published_at is not None,
        )
    return redirect(url_for("termbank.application", slug=slug, version=number), 303)


@blueprint.get("/id/scheme/<slug>")
@access.public
@negotiates
def identified_scheme(slug: str) -> AnyResponse:
    """Where a scheme's identifier leads."""
    if published_schemes.scheme_named(db.session, slug) is None:
        raise NotFound("scheme")
    return _sent_on(
        url_for("termbank.scheme", slug=slug),
        lambda extension: url_for("termbank.download_scheme", scheme=slug, extension=extension),
        is_published=True,
    )


@blueprint.get("/ns")
@access.public
def vocabulary() -> str:
    """The few classes and properties that the exports use besides SKOS."""
    names = Names(_base())
    return render(
        "termbank/vocabulary.html", terms=VOCABULARY, namespace=str(names.vocabulary), language=current_language()
    )


def _parted(key: str, extension: str) -> tuple[str, str]:
    """A key, which has no dot, and an extension, which may have some."""
    key, _, rest = f"{key}.{extension}".partition(".")
    return key, rest


def _base() -> str:
    return str(current_app.config["BASE_ADDRESS"])


def _format_with(extension: str) -> Format[SchemeExport]:
    chosen = next((one for one in FORMATS if one.extension == extension), None)
    if chosen is None:
        raise NotFound("format")
    return chosen


def _options(chosen: Format[SchemeExport]) -> Options:
    return Options(current_language()) if Option.LANGUAGE in chosen.takes else DEFAULTS


def _file(source: SchemeExport, chosen: Format[SchemeExport], name: str) -> AnyResponse:
    data = _content(source, chosen, _options(chosen), name)
    return file_answer(data, chosen.media_type, chosen.file_name(name))


def _content(source: SchemeExport, chosen: Format[SchemeExport], options: Options, name: str) -> bytes:
    key: Hashable = (source.key, name, chosen.name, options)
    data = _written.get(key)
    if data is None:
        data = chosen.content(source, options)
        while _written and (len(_written) >= KEPT or len(data) + sum(map(len, _written.values())) > KEPT_BYTES):
            _written.pop(next(iter(_written)), None)
        _written[key] = data
    return data


def has_file(version: Version) -> bool:
    """Whether the concept that has this as its foremost version is in files: it applies, or did."""
    return version.published_at is not None and not version.is_coming(clock.today())


def _sent_on(page: str, file: Callable[[str], str], *, is_published: bool) -> AnyResponse:
    """The reader sent on to a page or, where something is published, to the file with the extension that is asked for."""
    wanted = format_asked_for(FORMATS if is_published else ())
    return redirect(file(wanted.extension) if wanted else page, 303)

"""What questions are asked of: every published scheme as triples, in a file of the instance.

The file is made for whoever asks first after something was published (or a day began, or the release or the base address is another
one), and shared by the processes; a child that answers keeps what it read of it. Where it cannot be kept, it is made again. That
of a large bank is made in a thread, and whoever does not want to wait for it is told to come again (`registry.meanwhile`).
"""

import hashlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from flask import Flask
from rdflib import OWL, RDF, RDFS, SKOS, XSD
from rdflib.namespace import DCTERMS
from sqlalchemy.orm import Session

from registry.db import db
from registry.meanwhile import MEANWHILE
from registry.places import Places
from termbank.bank.queries import exports, term_banks
from termbank.bank.queries.statements import published_statements
from termbank.bank.scheme_names import earlier_bases
from termbank.exchange import skos
from termbank.exchange.names import Names
from termbank.exchange.scheme_exports import SchemeExport
from termbank.exchange.skos import ISO_THES
from termbank.exchange.writing.skos_xl import XL
from termbank.sparql.caged import Source
from termbank.sparql.lines import Lines

ANSWERED_AT_ONCE, IN_HAND = 2, 3
"""Questions that an instance answers at once, and those that one process answers or has waiting."""


@dataclass(frozen=True, slots=True)
class Kept:
    """Where an instance keeps its triples, and the places of those who ask for them."""

    folder: Path
    asking: Places
    making: Places


def init_app(app: Flask) -> None:
    """Give an application its places."""
    folder = Path(app.config["INSTANCE"]) / "questions"
    app.extensions["questions"] = Kept(
        folder, Places(folder / "asking", ANSWERED_AT_ONCE, IN_HAND), Places(folder / "making", 1, IN_HAND)
    )


def source(session: Session, kept: Kept, base: str, build: str) -> Source:
    """The triples as they are now. ``base`` is the address of the instance, ``build`` the release that writes them."""
    said = (build, base, *term_banks.state_of(session))
    key = hashlib.sha256("\n".join(said).encode()).hexdigest()[:32]
    return Source(key, lambda: _read(session, kept, base, key), prefixes(base))


def prefixes(base: str) -> dict[str, str]:
    """The prefixes that a question need not declare."""
    return {
        "rdf": str(RDF),
        "rdfs": str(RDFS),
        "xsd": str(XSD),
        "owl": str(OWL),
        "dct": str(DCTERMS),
        "skos": str(SKOS),
        "skosxl": str(XL),
        "iso-thes": str(ISO_THES),
        "vpr": str(Names(base).vocabulary),
    }


def triples(session: Session, base: str) -> bytes:
    """Every published scheme with its concepts and the statements on them, as plain SKOS in lines of N-Triples."""
    lines = Lines()
    for export in _exports(session, base):
        skos.write(export, lines)
    return lines.encoded()


def _exports(session: Session, base: str) -> Iterator[SchemeExport]:
    """What is written of each scheme; a concept may point at those of others."""
    bank, stated = term_banks.term_bank(session), published_statements(session)
    withdrawn, chains = exports.gone(session), exports.chains_of(session)
    known = {slug: version.item_id for slug, version in bank.versions.items()}
    for scheme in bank.schemes:
        before = earlier_bases(session, scheme.item, scheme.base)
        one = exports.export_of(bank, stated, scheme, base, withdrawn=withdrawn, chains=chains, before=before)
        yield replace(one, known=known)


def _read(session: Session, kept: Kept, base: str, key: str) -> bytes:
    path = kept.folder / f"{key}.nt"
    with suppress(OSError):
        return path.read_bytes()
    if term_banks.is_large_bank(session):
        return MEANWHILE.made(path, lambda: _made(db.session, kept, base, path))
    return _made(session, kept, base, path)


def _made(session: Session, kept: Kept, base: str, path: Path) -> bytes:
    with kept.making.take():
        with suppress(OSError):
            return path.read_bytes()  # made while we waited
        data = triples(session, base)
        with suppress(OSError):  # a full disk: they are made again for the next
            _keep(path, data)
    return data


def _keep(path: Path, data: bytes) -> None:
    """Keep the file in the place of those before it; nobody sees half of it."""
    before = [one for one in path.parent.glob("*.nt*") if one != path]
    written = path.with_suffix(".nt.part")
    written.write_bytes(data)
    written.replace(path)
    for one in before:
        one.unlink(missing_ok=True)

"""What a scheme, its concepts, statements and versions are called in files: opaque identifiers, made absolute here. Pure."""

from rdflib import Namespace, URIRef

from termbank.concepts.schemes import Scheme
from termbank.exchange.scheme_exports import PublishedConcept, SchemeExport


class Names:
    """The absolute names of one instance. ``base`` is its address without a final slash."""

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")
        self.vocabulary = Namespace(f"{self.base}/termbank/ns#")

    def scheme(self, scheme: Scheme) -> URIRef:
        return URIRef(scheme.base or f"{self.base}/termbank/id/scheme/{scheme.slug}")

    def concept(self, item_id: str, base: str = "") -> URIRef:
        return URIRef(f"{base or f'{self.base}/termbank/id/concept/'}{item_id}")

    def application(self, item_id: str) -> URIRef:
        return URIRef(f"{self.base}/termbank/id/application/{item_id}")

    def version(self, content_hash: str) -> URIRef:
        return URIRef(f"{self.base}/termbank/id/version/{content_hash}")


def nodes_of(source: SchemeExport) -> dict[str, URIRef]:
    """The absolute names, by slug, of the concepts that are described or pointed at."""
    names = Names(source.base)
    ids = {**source.known, **{one.slug: one.item_id for one in (*source.concepts, *source.gone)}}
    return {slug: names.concept(item_id, source.bases.get(slug, "")) for slug, item_id in ids.items()}


def former_names(source: SchemeExport, one: PublishedConcept) -> list[str]:
    """What a concept is called in files that were written under another base, or with the instance's own identifiers."""
    names = Names(source.base)
    return [str(names.concept(one.item_id, base)) for base in ("", *source.earlier_bases)]

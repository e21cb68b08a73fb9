"""What the place where questions are asked says of itself to programs (SPARQL 1.1 Service Description, W3C 2013). Pure."""

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS

from registry.findings import Text
from termbank.sparql.forms import FORMS

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
_TITLE = Text("Frågor till termbanken", "Questions to the term bank")
_DATA = Text(
    "Publicerade begreppssystem som SKOS, det som har dragits tillbaka, och hur regionerna tillämpar ordalydelserna.",
    "Published concept schemes as SKOS, what was withdrawn, and how regions apply the wordings.",
)


def description(endpoint: str) -> Graph:
    """The service at the address ``endpoint``: its language, the forms of its answers, and the one graph that it asks.

    >>> service = URIRef("https://a.example/sparql")
    >>> description(str(service)).value(service, SD.supportedLanguage) == SD.SPARQL11Query
    True
    """
    graph = Graph()
    graph.bind("sd", SD)
    graph.bind("dct", DCTERMS)
    service, dataset, data = (URIRef(f"{endpoint}{part}") for part in ("", "#dataset", "#graph"))
    graph.add((service, RDF.type, SD.Service))
    graph.add((service, SD.endpoint, service))
    graph.add((service, SD.supportedLanguage, SD.SPARQL11Query))
    for form in FORMS:
        graph.add((service, SD.resultFormat, FORMATS[form.resource]))
    graph.add((service, SD.defaultDataset, dataset))
    graph.add((dataset, RDF.type, SD.Dataset))
    graph.add((dataset, SD.defaultGraph, data))
    graph.add((data, RDF.type, SD.Graph))
    for node, predicate, text in ((service, DCTERMS.title, _TITLE), (data, DCTERMS.description, _DATA)):
        graph.add((node, predicate, Literal(text.sv, lang="sv")))
        graph.add((node, predicate, Literal(text.en, lang="en")))
    return graph

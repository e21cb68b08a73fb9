"""What a library says of a file that breaks the rules of its format → the same in the reader's language, with where it is. Pure.

The library's own words follow as a detail: whoever makes the file, or the system that exports it, can search for them.
"""

import re

from registry.findings import Finding, Place, Text
from termbank.finding_texts.all import FINDINGS

MOST_OF_A_DETAIL = 200
"""Characters of the library's own words."""
CUT_OFF = Text(
    "filen tar slut mitt i – den är avbruten eller inte hel", "the file ends in the middle – it is cut off or not whole"
)
_OTHERWISE = Text("filen följer inte formatets regler", "the file does not follow the rules of its format")
_WORDS: tuple[tuple[str, Text], ...] = (
    (r"unexpected end|end of (file|the input)|no element found|unclosed (token|CDATA)|to end the (array|object)|partial character", CUT_OFF),
    (r"invalid utf-8|decode input", Text("ett tecken är inte UTF-8", "a character is not UTF-8")),
    (r"prefix .* (has not been|not) declared|unknown prefix|unbound prefix",
     Text("ett prefix används som filen inte säger vad det står för", "a prefix is used, and the file does not say what it means")),
    (r"dot is expected|followed by a dot", Text("punkten efter en utsaga saknas", "the full stop after a statement is missing")),
    (r"language (code|tag)", Text("en språkkod är felskriven", "a language code is not written correctly")),
    (r"escape", Text("ett tecken är felaktigt maskerat (& eller \\)", "a character is escaped incorrectly (& or \\)")),
    (r"undefined entity|unrecognized entity", Text("en entitet (&…;) används som filen inte förklarar", "an entity (&…;) is used that the file does not explain")),
    (r"mismatched tag|was found|not closed", Text("en sluttagg passar inte till det element som är öppet", "an end tag does not match the element that is open")),
    (r"trailing comma|followed by a comma|expected .* comma", Text("ett kommatecken står fel eller saknas", "a comma is misplaced or missing")),
    (r"duplicate attribute", Text("ett element har samma attribut två gånger", "an element has the same attribute twice")),
    (r"junk after document", Text("något står efter filens sista element", "something follows the last element of the file")),
    (r"not a valid (subject|predicate|object|value)|not valid RDF object|not allowed at the beginning",
     Text("något annat står där en adress eller ett värde ska stå", "something else is where an address or a value must be")),
    (r"invalid IRI|not a valid .*IRI|IRI", Text("en adress (IRI) är felskriven", "an address (IRI) is not written correctly")),
    (r"invalid token|not well-formed", Text("ett tecken får inte stå där (ofta ett & eller < som inte är skrivet &amp; eller &lt;)",
     "a character may not be there (often an & or < that is not written &amp; or &lt;)")),
    (r"namespaces are required", Text("ett element eller attribut saknar namnrymd", "an element or attribute has no namespace")),
    (r"^@|term definition|context|@version|keyword", Text("ett nyckelord i JSON-LD har ett värde som det inte kan ha", "a keyword of JSON-LD has a value that it cannot have")),
)  # fmt: skip
"""By what the words of pyoxigraph and expat hold, the first that fits."""
_PLACE = re.compile(r"^(?:Parser error )?at line \d+ (?:column (?P<at>\d+)|between columns (?P<first>\d+) and \d+): ")


def fault_in(line: int, words: str, column: int = 0) -> Finding:
    """What is wrong in a line of a file, or somewhere in it where ``line`` is 0.

    >>> found = fault_in(2, "Parser error at line 2 column 33: Unexpected end")
    >>> found.code, found.params["line"], found.params["fault"].en
    ('VOC-102', 2, 'the file ends in the middle – it is cut off or not whole (column 33; the parser says: Unexpected end).')
    """
    place = _PLACE.match(words)
    if place is not None:
        column, words = int(place["at"] or place["first"]), words[place.end() :]
    said = _said(words[:MOST_OF_A_DETAIL], column if line else 0)
    if not line:
        return FINDINGS.found("VOC-109", {"fault": said})
    return FINDINGS.found("VOC-102", {"line": line, "fault": said}, (Place(row=line),))


def _said(words: str, column: int) -> Text:
    what = next((text for pattern, text in _WORDS if re.search(pattern, words, re.IGNORECASE)), _OTHERWISE)
    sv, en = (f"kolumn {column}; ", f"column {column}; ") if column else ("", "")
    return Text(f"{what.sv} ({sv}läsprogrammet säger: {words}).", f"{what.en} ({en}the parser says: {words}).")

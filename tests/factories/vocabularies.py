"""Small vocabularies of somebody else's, made up, and large ones to measure with."""

SKOS = "@prefix skos: <http://www.w3.org/2004/02/skos/core#> .\n@prefix dct: <http://purl.org/dc/terms/> .\n@prefix x: <https://a.example/> .\n"
FURNITURE = (
    SKOS
    + """
x:s a skos:ConceptScheme ; dct:title "Möbler (påhittade)"@sv ; dct:license <https://a.example/licence> ; dct:publisher "Exempelverket" ;
  dct:issued "2026-03-01" ; skos:hasTopConcept x:1 .
x:1 a skos:Concept ; skos:prefLabel "möbel"@sv, "furniture"@en ; skos:definition "Föremål att sitta, ligga eller lägga saker på."@sv .
x:2 a skos:Concept ; skos:prefLabel "sjukhussäng"@sv, "hospital bed"@en ; skos:altLabel "vårdsäng"@sv ; skos:hiddenLabel "sjukhusänsg"@sv ;
  skos:broader x:1 ; skos:notation "M2"^^x:code ; skos:scopeNote "Inte vårdplats."@sv ; skos:exactMatch <https://b.example/9> ;
  dct:modified "2026-01-02" ; x:height 12 .
x:3 a skos:Concept ; skos:prefLabel "hylla"@sv ; skos:related x:2 ; x:seeAlso [ x:note "en tom nod" ] .
x:c a skos:OrderedCollection ; skos:prefLabel "Samlade möbler"@sv ; skos:memberList ( x:3 x:1 x:2 ) .
x:d a skos:Collection ; skos:prefLabel "Sängar"@sv ; skos:member x:2 .
"""
).encode()
NEWER_FURNITURE = (
    FURNITURE.replace("Inte vårdplats.".encode(), "Inte en vårdplats.".encode())
    .replace(b"x:3 a skos:Concept", b"x:4 a skos:Concept")
    .replace(b"2026-03-01", b"2026-09-01")
)  # x:2 has another note, x:3 is gone, x:4 is new
XL = (
    SKOS
    + """
@prefix xl: <http://www.w3.org/2008/05/skos-xl#> .
x:1 a skos:Concept ; xl:prefLabel x:l1 ; xl:altLabel x:l2 .
x:l1 a xl:Label ; xl:literalForm "bår"@sv ; dct:source "påhittad" .
x:l2 xl:literalForm "stretcher"@en .
"""
).encode()
BROKEN = FURNITURE + b'x:9 a skos:Concept ; skos:prefLabel "halv'

"""Quality issues of vocabularies, beyond what SKOS asks: what hinders people and programs that use one. Pure.

The issues are those of qSKOS (Mader, Haslhofer, Isaac 2012, *Finding Quality Issues in SKOS Vocabularies*, and the tool's list of
issues), in this register's own words. None of them is an error by itself: a vocabulary may have its reasons.
"""

import re
import unicodedata
from collections.abc import Iterator, Set
from functools import cache

from registry.findings import Text
from termbank.vocabularies.conditions import (
    CONDITIONS,
    Check,
    Hit,
    hierarchy_has_no_cycle,
    hit,
    preferred_labels_are_unique,
    relations_stay_in_the_scheme,
)
from termbank.vocabularies.index import ALTERNATIVE, LABELS, MAPPINGS, PREFERRED, SKOS, Resource, Vocabulary

_LANGUAGE_TAG = re.compile(r"(?P<language>[A-Za-z]{2,3})(-[A-Za-z0-9]{1,8})*|[xXiI](-[A-Za-z0-9]{1,8})+")
"""The form of a tag (RFC 5646, 2.1). Languages of more than three letters are reserved, or registered: none is."""
_TWO_LETTERS = frozenset(
    [
        "aa",
        "ab",
        "ae",
        "af",
        "ak",
        "am",
        "an",
        "ar",
        "as",
        "av",
        "ay",
        "az",
        "ba",
        "be",
        "bg",
        "bh",
        "bi",
        "bm",
        "bn",
        "bo",
        "br",
        "bs",
        "ca",
        "ce",
        "ch",
        "co",
        "cr",
        "cs",
        "cu",
        "cv",
        "cy",
        "da",
        "de",
        "dv",
        "dz",
        "ee",
        "el",
        "en",
        "eo",
        "es",
        "et",
        "eu",
        "fa",
        "ff",
        "fi",
        "fj",
        "fo",
        "fr",
        "fy",
        "ga",
        "gd",
        "gl",
        "gn",
        "gu",
        "gv",
        "ha",
        "he",
        "hi",
        "ho",
        "hr",
        "ht",
        "hu",
        "hy",
        "hz",
        "ia",
        "id",
        "ie",
        "ig",
        "ii",
        "ik",
        "in",
        "io",
        "is",
        "it",
        "iu",
        "iw",
        "ja",
        "ji",
        "jv",
        "jw",
        "ka",
        "kg",
        "ki",
        "kj",
        "kk",
        "kl",
        "km",
        "kn",
        "ko",
        "kr",
        "ks",
        "ku",
        "kv",
        "kw",
        "ky",
        "la",
        "lb",
        "lg",
        "li",
        "ln",
        "lo",
        "lt",
        "lu",
        "lv",
        "mg",
        "mh",
        "mi",
        "mk",
        "ml",
        "mn",
        "mo",
        "mr",
        "ms",
        "mt",
        "my",
        "na",
        "nb",
        "nd",
        "ne",
        "ng",
        "nl",
        "nn",
        "no",
        "nr",
        "nv",
        "ny",
        "oc",
        "oj",
        "om",
        "or",
        "os",
        "pa",
        "pi",
        "pl",
        "ps",
        "pt",
        "qu",
        "rm",
        "rn",
        "ro",
        "ru",
        "rw",
        "sa",
        "sc",
        "sd",
        "se",
        "sg",
        "sh",
        "si",
        "sk",
        "sl",
        "sm",
        "sn",
        "so",
        "sq",
        "sr",
        "ss",
        "st",
        "su",
        "sv",
        "sw",
        "ta",
        "te",
        "tg",
        "th",
        "ti",
        "tk",
        "tl",
        "tn",
        "to",
        "tr",
        "ts",
        "tt",
        "tw",
        "ty",
        "ug",
        "uk",
        "ur",
        "uz",
        "ve",
        "vi",
        "vo",
        "wa",
        "wo",
        "xh",
        "yi",
        "yo",
        "za",
        "zh",
        "zu",
    ]
)
"""ISO 639-1, with those that it has withdrawn and RFC 5646 keeps."""
_UNPRINTABLE = frozenset({"Cc", "Co", "Cs", "Cn"})
_MISLEADING = frozenset("\u200b\u202d\u202e\u2060\ufeff\ufffd")
"""Blanks without a width, overrides of the direction of writing, and what stands for a character that was lost."""


def texts_have_a_language(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Omitted language tags: nobody can tell which language a text is in."""
    for one in dict.fromkeys(resource for resource, text in vocabulary.texts if not text.language):
        yield hit(one)


def language_tags_are_valid(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Invalid language tags."""
    wrong = {tag for tag in {text.language for _resource, text in vocabulary.texts} if tag and not _is_a_tag(tag)}
    found = ((one, text.language) for one, text in vocabulary.texts if text.language in wrong) if wrong else ()
    for one, tag in dict.fromkeys(found):
        yield hit(one, language=tag)


@cache
def _is_a_tag(tag: str) -> bool:
    found = _LANGUAGE_TAG.fullmatch(tag)
    language = found and found["language"]
    return found is not None and (not language or len(language) == 3 or language.lower() in _TWO_LETTERS)


def languages_are_covered(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Incomplete language coverage: a concept lacks a language that others have a label in."""
    wanted = vocabulary.languages
    for one in vocabulary.concepts:
        own = {label.language for label in vocabulary.labels[PREFERRED].get(one, ())}
        if own and not wanted <= own:
            yield hit(one, languages=", ".join(sorted(wanted - own)))


def a_language_is_common(vocabulary: Vocabulary) -> Iterator[Hit]:
    """No common language: no language in which every concept that has a preferred label can be shown."""
    labelled = filter(None, (vocabulary.labels[PREFERRED].get(one) for one in vocabulary.concepts))
    tagged = [{label.language for label in labels} for labels in labelled]
    if tagged and not set.intersection(*tagged) - {""}:
        first = next(iter(vocabulary.concepts))
        yield hit(first, languages=", ".join(sorted(vocabulary.languages)))


def concepts_are_documented(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Undocumented concepts: no definition, note or example."""
    for one in vocabulary.concepts:
        if one not in vocabulary.documented:
            yield hit(one)


def concepts_are_labelled(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Missing labels: a concept without a preferred label."""
    for one in vocabulary.concepts:
        if not vocabulary.labels[PREFERRED].get(one):
            yield hit(one)


def labels_do_not_overlap(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Overlapping labels: a synonym of one concept is a label of another in the same language."""
    for (text, _language), bearers in vocabulary.bearers.items():
        if len(bearers) > 1 and bearers[-1][1] == ALTERNATIVE:
            concepts = list(dict.fromkeys(one for one, _kind in bearers))
            if len(concepts) > 1:
                yield hit(concepts[0], label=text, other=concepts[1])


def no_concept_is_alone(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Orphan concepts: related to no other in any way."""
    linked = {one for pair in _pairs(vocabulary) for one in pair}
    for one in vocabulary.concepts:
        if one not in linked:
            yield hit(one)


def concepts_hang_together(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Disconnected clusters: parts that no relation leads between; all but the largest are told, orphans apart."""
    clusters = _clusters(vocabulary)
    for cluster in sorted(clusters, key=len, reverse=True)[1:]:
        yield hit(cluster[0], number=len(cluster))


def hierarchy_is_not_redundant(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Hierarchical redundancy: a broader concept that is also broader than another broader one."""
    for one in vocabulary.concepts:
        broader: Set[Resource] = vocabulary.broader.get(one, frozenset())
        for other in sorted(broader):
            if any(other in vocabulary.above(between) for between in broader if between != other):
                yield hit(one, other=other)


def associations_have_value(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Valueless associative relations: between concepts that share a broader one, which says it already."""
    for one in vocabulary.concepts:
        above: Set[Resource] = vocabulary.broader.get(one, frozenset())
        for other in sorted(vocabulary.related.get(one, ())) if above else ():
            if one < other and not above.isdisjoint(vocabulary.broader.get(other, ())):
                yield hit(one, other=other)


def transitive_relations_rest_on_direct_ones(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Solely transitively related concepts: the closure is stated, and no chain of direct relations gives it."""
    for one, other in sorted(vocabulary.transitive):
        if other not in vocabulary.above(one):
            yield hit(one, other=other)


def schemes_have_top_concepts(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Omitted top concepts: a scheme that one cannot begin to read anywhere."""
    with_top = {scheme for schemes in vocabulary.top_of.values() for scheme in schemes}
    for scheme in sorted(vocabulary.schemes - with_top):
        yield hit(scheme)


def top_concepts_have_nothing_above(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Top concepts that have broader ones in the same scheme (SKOS reference 4.6.3)."""
    for one, schemes in vocabulary.top_of.items():
        for other in sorted(vocabulary.broader.get(one, ())):
            if schemes & vocabulary.in_scheme.get(other, schemes):
                yield hit(one, other=other)


def relations_are_said_both_ways(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Unidirectional relations: the inverse is not stated, and programs without inference do not see it."""
    inverse = {f"{SKOS}broader": f"{SKOS}narrower", f"{SKOS}narrower": f"{SKOS}broader"}
    stated = vocabulary.stated
    for one, relation, other in stated:
        if (other, inverse.get(relation, relation), one) not in stated:
            yield hit(one, relation=relation, other=other)


def names_of_skos_are_defined(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Undefined SKOS resources: a name in the namespace of SKOS that SKOS does not have."""
    for name, one in sorted(vocabulary.undefined.items()):
        yield hit(one, name=name)


def mappings_lead_elsewhere(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Mapping relations misuse: between concepts of the same scheme (SKOS reference 10.6.1)."""
    for kind in MAPPINGS:
        for one, other in sorted(vocabulary.mappings[kind]):
            if vocabulary.in_scheme.get(one, frozenset()) & vocabulary.in_scheme.get(other, frozenset()):
                yield hit(one, relation=kind, other=other)


def labels_are_not_empty(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Empty labels."""
    for one in dict.fromkeys(resource for resource, text in vocabulary.texts if not text.text.strip()):
        yield hit(one)


def labels_are_printable(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Unprintable characters in labels, and those that nobody sees. What joins letters or says their direction is of the script."""
    for kind in LABELS:
        for one, labels in vocabulary.labels[kind].items():
            for label in labels:
                is_doubtful = not label.text.isprintable() or "\ufffd" in label.text
                if is_doubtful and (codes := _code_points(label.text)):
                    yield hit(one, codes=codes)


def relations_lead_to_others(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Reflexive relations: a concept that is related or mapped to itself."""
    pairs = [(one, relation) for one, relation, other in vocabulary.stated if one == other]
    pairs += sorted((one, kind) for kind in MAPPINGS for one, other in vocabulary.mappings[kind] if one == other)
    for one, relation in pairs:
        yield hit(one, relation=relation)


def notations_are_unique(vocabulary: Vocabulary) -> Iterator[Hit]:
    """Ambiguous notations: two concepts of one scheme with the same (SKOS reference 6.5.1)."""
    for (_scheme, notation), those in vocabulary.notations.items():
        if len(those) > 1:
            yield hit(min(those), notation=notation.text, number=len(those))


VOCABULARY_CHECKS = (
    *CONDITIONS,
    Check("SKOS-CYCLE", hierarchy_has_no_cycle),
    Check("SKOS-DANGLING", relations_stay_in_the_scheme),
    Check("SKOS-HOMONYM", preferred_labels_are_unique),
    Check("VOC-001", texts_have_a_language),
    Check("VOC-002", language_tags_are_valid),
    Check("VOC-003", languages_are_covered),
    Check("VOC-004", a_language_is_common),
    Check("VOC-005", concepts_are_documented),
    Check("VOC-006", concepts_are_labelled),
    Check("VOC-007", labels_do_not_overlap),
    Check("VOC-008", no_concept_is_alone),
    Check("VOC-009", concepts_hang_together),
    Check("VOC-010", hierarchy_is_not_redundant),
    Check("VOC-011", associations_have_value),
    Check("VOC-012", transitive_relations_rest_on_direct_ones),
    Check("VOC-013", schemes_have_top_concepts),
    Check("VOC-014", top_concepts_have_nothing_above),
    Check("VOC-015", relations_are_said_both_ways),
    Check("VOC-016", names_of_skos_are_defined),
    Check("VOC-017", mappings_lead_elsewhere),
    Check("VOC-018", labels_are_not_empty),
    Check("VOC-019", labels_are_printable),
    Check("VOC-020", relations_lead_to_others),
    Check("VOC-021", notations_are_unique),
)
"""Every check of a vocabulary from anywhere."""

_NO_NETWORK = Text(
    "Den här kontrollen frågar andra värdar på nätet, vilket registret inte gör.",
    "This check asks other hosts on the network, which the register does not do.",
)
NOT_RUN = (
    (Text("trasiga länkar", "broken links"), _NO_NETWORK),
    (Text("länkar hit från andra vokabulärer", "links from other vocabularies"), _NO_NETWORK),
)
"""Issues of qSKOS that need the network: what they look for, and why they are not run."""


def _pairs(vocabulary: Vocabulary) -> Iterator[tuple[Resource, Resource]]:
    """Every relation of one resource to another."""
    yield from ((one, other) for one, _relation, other in vocabulary.stated if one != other)
    for kind in MAPPINGS:
        yield from vocabulary.mappings[kind]
    yield from vocabulary.transitive


def _clusters(vocabulary: Vocabulary) -> list[list[Resource]]:
    """The parts of the vocabulary that hang together by relations between its concepts."""
    part_of: dict[Resource, list[Resource]] = {}
    for one, _relation, other in vocabulary.stated:
        if one == other or one not in vocabulary.concepts or other not in vocabulary.concepts:
            continue
        mine, theirs = part_of.setdefault(one, [one]), part_of.setdefault(other, [other])
        if mine is not theirs:
            small, large = sorted((mine, theirs), key=len)
            large += small
            part_of.update(dict.fromkeys(small, large))
    return list({id(part): part for part in part_of.values()}.values())


def _code_points(text: str) -> str:
    """The characters that cannot or should not be printed."""
    found = (each for each in text if unicodedata.category(each) in _UNPRINTABLE or each in _MISLEADING)
    return ", ".join(dict.fromkeys(f"U+{ord(each):04X}" for each in found))

"""What a new version of a code list, a model or a measure changes: what *editorial* needs a reason to overrule, and what is shown
where a version is proposed and decided."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from information_models import code_lists, measures, queries
from information_models.changes import Compatibility, Semantic
from information_models.code_list_changes import compare_codes
from information_models.compatibility import compare
from information_models.definitions import LoadedModel
from information_models.kinds import CODE_LIST, MEASURE, MODEL
from information_models.measure_changes import compare_measures
from registry import clock
from registry.findings import Text
from registry.items import queries as items
from registry.items.lifecycle import Change
from registry.items.tables import Version


def graver(session: Session, version: Version) -> Sequence[Text]:
    """What a version of any of the three kinds changes beyond its wording, against the version that it was begun from."""
    found = change_of(session, version)
    return found.beyond_wording if found is not None else []


def change_of(session: Session, version: Version) -> Compatibility | None:
    """What a version changes against the one that it was begun from; ``None`` where it was begun from none."""
    if (before := base_of(session, version)) is None:
        return None
    return between(session, before, version, clock.today())


def between(session: Session, before: Version, version: Version, on: date) -> Compatibility:
    """What one version changes against another of the same item, used from a day."""
    kind = version.item.kind
    if kind == MODEL:
        return history(session, [before, version], [on])[0]
    if kind == CODE_LIST:
        lists = code_lists.read(before.content), code_lists.read(version.content)
        return Compatibility(tuple(compare_codes("", *lists, on)))
    return _of_measures(session, before, version, on)


def history(session: Session, versions: Sequence[Version], days: Sequence[date]) -> list[Compatibility]:
    """What each version of a model but the first changes against the one before it, used from these days; a bounded number of
    statements, however many there are."""
    loaded = queries.load_versions(session, versions)
    wordings = Wordings(session, {hash_ for one in loaded for hash_ in queries.bindings(one.model)})
    return [
        compare(old, new, editorial=wordings.editorially_changed(old, new), on=on, terms=wordings.terms)
        for old, new, on in zip(loaded, loaded[1:], days, strict=False)
    ]


class Wordings:
    """Versions that models rest on: which concepts they are of, and how each was changed; two statements."""

    def __init__(self, session: Session, hashes: Collection[str]) -> None:
        self._known = items.versions_by_hash(session, sorted(hashes)) if hashes else {}
        self.terms: Mapping[str, Text] = {
            hash_: queries.wording_of(one).term for hash_, one in self._known.items() if one.item.kind not in _OWN
        }
        self._steps: dict[str, list[tuple[int, str | None]]] = {}
        of_item = Counter(one.item_id for one in self._known.values())
        several = sorted(item_id for item_id, count in of_item.items() if count > 1)
        if several:
            rows = select(Version.item_id, Version.number, Version.change).where(
                Version.item_id.in_(several), Version.published_at.is_not(None)
            )
            for item_id, number, change in session.execute(rows):
                self._steps.setdefault(item_id, []).append((number, change))

    def editorially_changed(self, old: LoadedModel, new: LoadedModel) -> frozenset[str]:
        """Those that the new version rests on, and that differ from what the old one rests on by nothing but editorial changes:
        each version in between counts, not only the last."""
        return self.among(queries.bindings(old.model), queries.bindings(new.model))

    def among(self, old: Collection[str], new: Collection[str]) -> frozenset[str]:
        """The same of some versions and others."""
        before = {one.item_id: one for hash_ in old if (one := self._known.get(hash_)) is not None}
        after = [one for hash_ in new if hash_ not in old and (one := self._known.get(hash_)) is not None]
        return frozenset(
            one.content_hash for one in after if one.item_id in before and self._is_editorial(before[one.item_id], one)
        )

    def _is_editorial(self, first: Version, last: Version) -> bool:
        changes = [
            change for number, change in self._steps.get(first.item_id, ()) if first.number < number <= last.number
        ]
        return first.number < last.number and bool(changes) and set(changes) == {Change.EDITORIAL}


_OWN = (CODE_LIST, MODEL, MEASURE)


def _of_measures(session: Session, before: Version, version: Version, on: date) -> Compatibility:
    old, new = measures.read(before.content), measures.read(version.content)
    meaning = Semantic.UNKNOWN
    known = items.versions_by_hash(session, [one for one in (old.model_version, new.model_version) if one])
    models = [known.get(one.model_version or "") for one in (old, new)]
    if models[0] is not None and models[1] is not None:
        meaning = between(session, models[0], models[1], on).semantic
    wordings = Wordings(session, {*old.concept_versions, *new.concept_versions})
    editorial = wordings.among(old.concept_versions, new.concept_versions)
    return Compatibility(tuple(compare_measures(old, new, editorial=editorial, model_meaning=meaning)))


def base_of(session: Session, version: Version) -> Version | None:
    """The version that another was begun from."""
    if version.base_hash is None:
        return None
    return items.versions_by_hash(session, [version.base_hash]).get(version.base_hash)

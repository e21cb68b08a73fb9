"""What a new version of a code list changes: which cells are read otherwise, which codes hold when, and what they stand for. Pure."""

from collections.abc import Iterator, Sequence
from datetime import date

from information_models.changes import Accepted, Difference, Semantic, listed, reworded, said, shown
from information_models.code_lists import REGIONS, Code, CodeList
from information_models.values import is_total
from registry.findings import Text

YES, UNKNOWN, NO = Accepted
FIRST_DAY = date.min


def compare_codes(
    subject: str, old: CodeList, new: CodeList, on: date = date.max, *, places: bool | None = None
) -> Iterator[Difference]:
    """What differs between two versions of a code list, the newer of which is used from the day ``on``.

    ``places`` says whether the list tells in which region a row is: then a code that lies elsewhere is another region's.
    ``None``: it is not known, since the list stands for itself.
    """
    kept = [(code, new.by_code[code.code]) for code in old.codes if code.code in new.by_code]
    yield from _come_and_gone(subject, old, new)
    yield from _validity(subject, kept, on)
    yield from _parents(subject, old, new, kept, places)
    yield from _spellings(subject, old, new)
    yield from _stands_for(subject, kept)
    yield from _words(subject, old, new, kept)


def is_of_places(codes: CodeList) -> bool:
    """Whether the codes are regions, or lie in regions: another place beside them takes nothing from them."""
    return codes.slug == REGIONS or codes.parent_list is not None


def _come_and_gone(subject: str, old: CodeList, new: CodeList) -> Iterator[Difference]:
    gone = [code.code for code in old.codes if code.code not in new.by_code]
    added = [code.code for code in new.codes if code.code not in old.by_code]
    if gone:
        what = said("saknar koderna ", gone, "", "lacks the codes ", "")
        yield Difference("codes", subject, what, NO, YES, Semantic.MEANING)
    if added:
        what = said("har nya koder: ", added, "", "has new codes: ", "")
        # A category beside the others may take from them what was counted there; a hospital does not.
        semantic = Semantic.EDITORIAL if is_of_places(new) else Semantic.UNKNOWN
        yield Difference("codes", subject, what, YES, NO, semantic)


def _validity(subject: str, kept: Sequence[tuple[Code, Code]], on: date) -> Iterator[Difference]:
    narrower, coming, wider = [], [], []
    for code, now in kept:
        if _days(code) == _days(now):
            continue
        (first, last), (first_now, last_now) = _days(code), _days(now)
        until = min(last, on)
        if until >= first and (first_now > first or last_now < until):
            narrower.append(now)
        elif first_now > first or last_now < last:
            coming.append(now)
        if first_now < first or last_now > last:
            wider.append(now)
    for found, path, sv, en, backward, forward, semantic in (
        (narrower, "valid", "gäller under kortare tid: ", "is valid for a shorter time: ", NO, YES, Semantic.MEANING),
        (
            *(coming, "valid_to", "gäller framöver under kortare tid: ", "is to be valid for a shorter time: "),
            *(YES, YES, Semantic.EDITORIAL),
        ),
        (wider, "valid", "gäller under längre tid: ", "is valid for a longer time: ", YES, NO, Semantic.EDITORIAL),
    ):
        if found:
            was = {code.code: code for code, _now in kept}
            what = said(sv, [one.code for one in found], "", en, "")
            days = (shown([_written(was[one.code]) for one in found]), shown([_written(one) for one in found]))
            asks = path == "valid_to"
            yield Difference(f"codes.{path}", subject, what, backward, forward, semantic, *days, asks=asks)


def _days(code: Code) -> tuple[date, date]:
    return code.valid_from or FIRST_DAY, code.valid_to or date.max


def _written(code: Code) -> str:
    return f"{code.code} {code.valid_from or ''}–{code.valid_to or ''}"


def _parents(
    subject: str, old: CodeList, new: CodeList, kept: Sequence[tuple[Code, Code]], places: bool | None
) -> Iterator[Difference]:
    accepted = {True: NO, False: YES, None: UNKNOWN}[places]
    if old.parent_list != new.parent_list:
        what = Text("ligger under en annan lista", "lies below another list")
        lists = (shown(old.parent_list), shown(new.parent_list))
        yield Difference("parent_list", subject, what, accepted, accepted, Semantic.MEANING, *lists)
    if moved := [(code, now) for code, now in kept if code.parent != now.parent]:
        what = said("placerar ", [now.code for _code, now in moved], " någon annanstans", "places ", " elsewhere")
        parents = (shown([code.parent or "–" for code, _ in moved]), shown([now.parent or "–" for _, now in moved]))
        yield Difference("codes.parent", subject, what, accepted, accepted, Semantic.MEANING, *parents)


def _spellings(subject: str, old: CodeList, new: CodeList) -> Iterator[Difference]:
    """What cells of files are read as: spellings that mean another code than before, that mean none any more, and that are new."""
    other: list[tuple[str, str | None, str | None]] = []
    lost: list[tuple[str, str | None, str | None]] = []
    gained: list[str] = []
    for spelling, code in old.by_name.items():
        now = new.by_name.get(spelling)
        if now is None and code in new.by_code:
            # A word that says that a row is a sum is taken for that as soon as it is no code.
            (other if is_total(spelling) else lost).append((spelling, code, None))
        elif now is not None and now != code:
            other.append((spelling, code, now))
    for spelling, code in new.by_name.items():
        if spelling in old.by_name:
            continue
        if is_total(spelling):
            other.append((spelling, None, code))
        elif code in old.by_code:
            gained.append(f"«{spelling}»")
    if other:
        named = Text("en summa", "a sum")
        sv, _en = listed([f"«{one}» är {now or named.sv}, tidigare {was or named.sv}" for one, was, now in other])
        _sv, en = listed([f"«{one}» is {now or named.en}, was {was or named.en}" for one, was, now in other])
        what = Text(f"läses annorlunda: {sv}", f"is read otherwise: {en}")
        yield Difference("codes.names", subject, what, NO, NO, Semantic.MEANING)
    if lost:
        named_lost = [f"«{one}»" for one, _was, _now in lost]
        what = said("känner inte längre igen ", named_lost, "", "no longer recognises ", "")
        yield Difference("codes.names", subject, what, NO, YES, Semantic.EDITORIAL)
    if gained:
        what = said("känner igen ", gained, " också", "recognises ", " too")
        yield Difference("codes.names", subject, what, YES, NO, Semantic.EDITORIAL)


def _stands_for(subject: str, kept: Sequence[tuple[Code, Code]]) -> Iterator[Difference]:
    if other := [(code, now) for code, now in kept if code.concept != now.concept]:
        what = said(
            "låter ",
            [now.code for _code, now in other],
            " stå för ett annat begrepp",
            "lets ",
            " stand for another concept",
        )
        concepts = (shown([code.concept or "–" for code, _ in other]), shown([now.concept or "–" for _, now in other]))
        yield Difference("codes.concept", subject, what, YES, YES, Semantic.MEANING, *concepts)
    if tried := [now.code for code, now in kept if code.test != now.test]:
        what = said("ändrar vilka koder som är till för prov: ", tried, "", "changes which codes are for trials: ", "")
        yield Difference("codes.test", subject, what, YES, YES, Semantic.UNKNOWN)
    if local := [now.code for code, now in kept if code.local != now.local]:
        what = said("ändrar vilka koder som är lokala: ", local, "", "changes which codes are local: ", "")
        yield Difference("codes.local", subject, what, YES, YES, Semantic.EDITORIAL)


def _words(subject: str, old: CodeList, new: CodeList, kept: Sequence[tuple[Code, Code]]) -> Iterator[Difference]:
    if renamed := [(code, now) for code, now in kept if code.label != now.label]:
        what = said("benämner ", [now.code for _code, now in renamed], " annorlunda", "names ", " differently")
        labels = (shown([code.label for code, _ in renamed]), shown([now.label for _, now in renamed]))
        semantic = max(reworded(code.label, now.label) for code, now in renamed)
        yield Difference("codes.label", subject, what, YES, YES, semantic, *labels)
    if noted := [(code, now) for code, now in kept if code.note != now.note]:
        what = said("säger annat om ", [now.code for _code, now in noted], "", "says something else of ", "")
        notes = (shown([code.note for code, _ in noted]), shown([now.note for _, now in noted]))
        semantic = max(reworded(code.note, now.note) for code, now in noted)
        yield Difference("codes.note", subject, what, YES, YES, semantic, *notes)
    if old.description != new.description:
        what = Text("är omskriven", "is reworded")
        texts = (shown(old.description), shown(new.description))
        yield Difference("description", subject, what, YES, YES, reworded(old.description, new.description), *texts)
    if old.title != new.title:
        what = Text("heter något annat", "is called something else")
        yield Difference("title", subject, what, YES, YES, Semantic.EDITORIAL, shown(old.title), shown(new.title))
    if (old.source, [one.code for one in old.codes if one.code in new.by_code]) != (
        new.source,
        [one.code for one in new.codes if one.code in old.by_code],
    ):
        what = Text("har en annan källa eller ordning", "has another source or order")
        yield Difference("source", subject, what, YES, YES, Semantic.EDITORIAL)

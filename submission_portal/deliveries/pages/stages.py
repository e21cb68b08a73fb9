"""The stages of the check on the page about a delivery: what each looked through, and how it went."""

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from registry.i18n import current_language, read, show_figure, show_size
from submission_portal.deliveries.assessment.outcome import Stage
from submission_portal.deliveries.lifecycle import CorrectionKind, DeliveryState
from submission_portal.deliveries.reading.sheets import Preview
from submission_portal.deliveries.spans import span_label
from submission_portal.deliveries.tables import Delivery

StageRow = tuple[str, str, str, str]


def stage_names() -> dict[str, str]:
    """What the stages are called."""
    return {
        "file": _("File"),
        "structure": _("Structure"),
        "rows": _("Rows"),
        "consistency": _("Consistency"),
        "history": _("History"),
        "law": _("Law"),
    }


def stage_rows(delivery: Delivery, *, goes: bool = False) -> list[StageRow]:
    """(name, status kind, status word, text) of each stage; ``goes``: nobody has to decide on the delivery."""
    names = stage_names()
    words = {
        "ok": _("Approved"),
        "warn": _("Warning"),
        "stop": _("Stops"),
        "idle": _("Not run"),
        "info": _("For information"),
    }
    rows = []
    for stage in delivery.assessment.stages:
        status = stage.status
        word = _NO_MACHINE_APPROVES.get((stage.name, status), words[status])
        if status == "idle":
            text = " ".join(read(why) for _what, why in stage.not_run)
        else:
            text = _STAGE_TEXTS[stage.name](delivery, stage)
        rows.append((names[stage.name], status, str(word), text))
    if rows and delivery.state == DeliveryState.CHECKED and not goes:
        *before, (name, status, word, text) = rows
        rows = [*before, (name, status, word, " ".join([text, _("The region's disclosing officer decides next.")]))]
    return rows


def _file_text(delivery: Delivery, stage: Stage) -> str:
    preview = delivery.reading.preview
    parts = [preview.file_kind.upper(), show_size(delivery.file_size)]
    if preview.encoding:
        parts.append(preview.encoding.removesuffix("-sig").upper())
    if preview.sheet:
        parts.append(_("sheet %(name)s", name=preview.sheet))
    return f"{', '.join(part for part in parts if part)}. {identity_numbers_told(delivery)}{_checks_ran(stage)}"


def identity_numbers_told(delivery: Delivery) -> str:
    """What the search for identity numbers gave, of a file that was kept."""
    if delivery.reading.identity_answer:
        answered: str = _("What may be identity numbers is something else, according to the data officer.")
        return answered
    none: str = _("No identity numbers were found anywhere in it.")
    return none


def _structure_text(delivery: Delivery, stage: Stage) -> str:
    preview = delivery.reading.preview
    known = sum(1 for column in preview.columns if column.is_read)
    if not preview.columns:
        none: str = _("No headings were recognised.")
        return none + _checks_ran(stage)
    text: str = _("%(known)s of %(all)s columns were recognised.", known=known, all=len(preview.columns))
    if preview.header_row:
        text += " " + _("The headings are in row %(row)s.", row=preview.header_row)
    if preview.sum_rows:
        text += " " + _("Read as sums: row %(rows)s.", rows=sums_read(preview))
    if preview.note_rows:
        text += " " + _("Read as notes: row %(rows)s.", rows=_rows(preview.note_rows))
    return text + _checks_ran(stage)


def _checks_ran(stage: Stage) -> str:
    """How many checks ran; of what an earlier version read only one was counted, whatever ran."""
    if stage.ran <= 1:
        return ""
    told: str = ngettext("One check ran.", "%(num)d checks ran.", stage.ran)
    return f" {told}"


def _rows_text(delivery: Delivery, stage: Stage) -> str:
    count = stage.facts.get("rows", delivery.row_count)
    text: str = ngettext("One row was read.", "%(figure)s rows were read.", count, figure=show_figure(count))
    checks: str = ngettext("One check ran.", "%(num)d checks ran.", stage.ran)
    return f"{text} {checks}"


def _consistency_text(_delivery: Delivery, stage: Stage) -> str:
    text: str = ngettext("One check ran", "%(num)d checks ran", stage.ran)
    examples = [read(each) for each in stage.examples][:2]
    if examples:
        text += _(", for example: %(what)s", what="; ".join(examples))
    return text + "."


def _history_text(delivery: Delivery, stage: Stage) -> str:
    parts = []
    if delivery.correction_kind == CorrectionKind.REPLACEMENT:
        parts.append(_("Compared with the delivery that it replaces."))
    elif delivery.correction_kind:
        parts.append(_("Compared with the delivery that it corrects."))
    if stage.facts.get("period"):
        parts.append(_("Compared with %(period)s.", period=span_label(str(stage.facts["period"]), current_language())))
    return " ".join(parts)


def _law_text(delivery: Delivery, stage: Stage) -> str:
    persons = int(stage.facts.get("persons", 0))
    text: str = (
        ngettext("One element concerns persons.", "%(num)d elements concern persons.", persons)
        if persons
        else _("No element concerns persons.")
    )
    return text


_NO_MACHINE_APPROVES = {("law", "ok"): _l("No small number")}

_STAGE_TEXTS = {
    "file": _file_text,
    "structure": _structure_text,
    "rows": _rows_text,
    "consistency": _consistency_text,
    "history": _history_text,
    "law": _law_text,
}


def sums_read(preview: Preview) -> str:
    """The rows that were read as sums, with what they call themselves."""
    texts = preview.sum_texts or [""] * len(preview.sum_rows)
    return _rows([f"{row} ({text})" if text else str(row) for row, text in zip(preview.sum_rows, texts, strict=False)])


def _rows(numbers: Sequence[int | str]) -> str:
    shown = ", ".join(map(str, numbers[:8]))
    return shown + (" …" if len(numbers) > 8 else "")

"""The list of everything that checks can find: ``docs/findings.md``, made from the catalogue.

python tests/tools/findings.py          write it
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))

from registry.finding_catalogue import AnswerKind, Catalogue, FindingEntry, Stage  # noqa: E402  # after the path is set
from registry.findings import Text  # noqa: E402

PAGE = ROOT / "docs" / "findings.md"
INTRODUCTION = """# What the checks find

Made by `python tests/tools/findings.py` from the catalogue (`registry/finding_catalogue.py` and each package's
`finding_texts`); a test holds it to be current. `{…}` is what a check fills in, `{count:row|rows}` the word for one or several. How to add a check: [checks.md](checks.md).

Skapad ur katalogen. Varje kod har en allvarlighet: *error* ska rättas, *question* ska besvaras, *warning* ska förklaras
och läses av en granskare, *info* kräver inget.
"""
STAGES = {
    Stage.FILE: Text("Filen", "The file"),
    Stage.STRUCTURE: Text("Kolumner och rubriker", "Columns and headings"),
    Stage.ROWS: Text("Raderna", "The rows"),
    Stage.CONSISTENCY: Text("Samstämmighet", "Consistency"),
    Stage.HISTORY: Text("Jämfört med leveransen före", "Compared with the delivery before"),
    Stage.CORRECTION: Text("Rättelser och ersättningar", "Corrections and replacements"),
    Stage.LAW: Text("Det som rör lagen", "What bears on the law"),
    Stage.DELIVERY: Text("Steg med en leverans", "Steps taken with a delivery"),
    Stage.QUESTIONS: Text("Kontrollfrågorna", "The control questions"),
    Stage.REVIEW: Text("Granskning av leveranser", "Review of deliveries"),
    Stage.FLOW: Text("Leveranslinjer och användningar", "Delivery lines and uses"),
    Stage.TERMS: Text("Termbanken", "The term bank"),
    Stage.MODELS: Text("Modeller, kodlistor och mått", "Models, code lists and measures"),
    Stage.FORMATS: Text("Format vid export och nedladdning", "Formats of exports and downloads"),
    Stage.ITEMS: Text("Steg med en version", "Steps taken with a version"),
    Stage.TABLES: Text("Tabeller i uppföljningen", "Tables of the follow-up"),
    Stage.PROTECTION: Text("Skydd av småtal", "Protection of small numbers"),
    Stage.ACCOUNTS: Text("Konton och inloggning", "Accounts and sign-in"),
    Stage.OPERATION: Text("Drift, lagring och säkerhetskopior", "Operation, storage and backups"),
}


def page(catalogue: Catalogue) -> str:
    """The whole page, by stage and in the order of the catalogue."""
    parts = [INTRODUCTION]
    for stage in Stage:
        entries = [entry for entry in catalogue if entry.stage is stage]
        title = STAGES[stage]
        parts.append(f"## {title.en} / {title.sv}\n")
        parts += [_entry(entry) for entry in entries]
    return "\n".join(parts)


def _entry(entry: FindingEntry) -> str:
    about = f"{entry.severity.value}, about: {entry.scope.value.replace('-', ' ')}"
    if entry.answer is not AnswerKind.NONE:
        about += f", asks for: {entry.answer.value.replace('-', ' ')}"
    source = f"  \nSource: {entry.source}" if entry.source else ""
    texts = [" ".join((f"**{text(entry.title)}**", text(entry.body), text(entry.mend))) for text in (_sv, _en)]
    return f"### {entry.code}\n\n{about}{source}\n\n- sv: {texts[0]}\n- en: {texts[1]}\n"


def _sv(text: Text) -> str:
    return text.sv


def _en(text: Text) -> str:
    return text.en


def whole_catalogue() -> Catalogue:
    """Every entry of every package."""
    import wsgi  # the application is put together only where it is asked for
    from registry.plugin import House

    return House(wsgi.PLUGINS).catalogue


if __name__ == "__main__":
    PAGE.write_text(page(whole_catalogue()), "utf-8")

"""Interface texts: extract them from a package, and fill in the Swedish.

python tests/tools/messages.py extract              every package: new msgids in, unused ones out
python tests/tools/messages.py fill PACKAGE FILE    FILE: {"msgid": "msgstr", "singular|plural": ["…", "…"]}
python tests/tools/messages.py missing [PACKAGE]    what has no Swedish yet; exit status 1 if anything
"""

import fcntl
import io
import json
import sys
from contextlib import contextmanager
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("registry", "termbank", "information_models", "submission_portal")
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2"), ("templates/**.html", "jinja2")]
KEYWORDS = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "_l": None,
    "lazy_gettext": None,
    "_n": (1, 2),
    "lazy_ngettext": (1, 2),
}


def catalogue_path(package: str) -> Path:
    return ROOT / package / "translations" / "sv" / "LC_MESSAGES" / "messages.po"


@contextmanager
def locked():
    """One writer of the catalogues at a time; the lock is this file, which is in every checkout and work tree."""
    with Path(__file__).open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def load(package: str) -> Catalog:
    path = catalogue_path(package)
    if not path.exists():
        return Catalog(locale="sv", project="Vårdplatsregistret", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="sv")


def save(package: str, catalogue: Catalog) -> None:
    path = catalogue_path(package)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = io.BytesIO()
    write_po(text, catalogue, width=120, sort_output=True, omit_header=False, no_location=True, ignore_obsolete=True)
    lines = [
        line
        for line in text.getvalue().decode().splitlines()
        if not line.startswith(('"POT-Creation', '"PO-Revision', '"Last-Trans', '"Generated', '"Language-Team'))
    ]
    new = "\n".join(lines) + "\n"
    if not path.exists() or path.read_text() != new:
        path.write_text(new)


def extracted(package: str) -> Catalog:
    found = Catalog()
    options = {"**.html": {"silent": "false"}}
    for _file, _line, message, _comments, context in extract_from_dir(
        str(ROOT / package), method_map=METHODS, options_map=options, keywords=KEYWORDS, comment_tags=()
    ):
        found.add(message, context=context)
    return found


def updated(package: str) -> Catalog:
    """The kept catalogue with the msgids that the code has now: new ones empty, unused ones gone."""
    catalogue, template = load(package), extracted(package)
    kept = {message.id: message.string for message in catalogue if message.id}
    fresh = Catalog(locale="sv", project="Vårdplatsregistret", fuzzy=False)
    for message in template:
        if message.id:
            fresh.add(message.id, kept.get(message.id, ""), flags=message.flags & {"python-format"})
    return fresh


def missing(package: str) -> list[str]:
    gaps = []
    for message in updated(package):
        strings = message.string if isinstance(message.string, (tuple, list)) else (message.string,)
        if message.id and not all(strings):
            gaps.append(message.id if isinstance(message.id, str) else "|".join(message.id))
    return gaps


def main(arguments: list[str]) -> int:
    match arguments:
        case ["extract"]:
            with locked():
                for package in PACKAGES:
                    save(package, updated(package))
        case ["fill", package, file]:
            texts = json.loads(Path(file).read_text())
            with locked():
                catalogue = updated(package)
                for key, value in texts.items():
                    identifier = tuple(key.split("|")) if isinstance(value, list) else key
                    message = catalogue.get(identifier if isinstance(identifier, str) else identifier[0])
                    if message is None:
                        print(f"not used: {key}")
                        continue
                    message.string = tuple(value) if isinstance(value, list) else value
                save(package, catalogue)
        case ["missing", *chosen]:
            gaps = {package: missing(package) for package in (chosen or PACKAGES)}
            print(
                json.dumps({package: texts for package, texts in gaps.items() if texts}, ensure_ascii=False, indent=1)
            )
            return 1 if any(gaps.values()) else 0
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

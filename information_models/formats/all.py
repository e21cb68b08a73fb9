"""Every technical format that is made from a model, in one tuple. A page and a command offer what stands here."""

from collections.abc import Callable
from dataclasses import dataclass

from information_models.definitions import LoadedModel
from information_models.formats import json_schema, model_file
from registry.findings import Text


@dataclass(frozen=True, slots=True)
class Format:
    """A format: how it is called, what file it becomes, and what it is for."""

    name: str
    label: Text
    purpose: Text
    media_type: str
    suffix: str
    write: Callable[[LoadedModel], bytes]

    @property
    def is_text(self) -> bool:
        """Whether people can read it in a terminal."""
        return self.media_type.endswith("json")

    def file_name(self, loaded: LoadedModel) -> str:
        version = f"-{loaded.content_hash[:8]}" if loaded.content_hash else ""
        return f"{loaded.model.slug}{version}{self.suffix}"


def _workbook(loaded: LoadedModel) -> bytes:
    from information_models.formats import workbook  # and with it a library that only this format needs

    return workbook.write(loaded)


FORMATS = (
    Format(
        "xlsx-template",
        Text("Excelmall", "Excel template"),
        Text("att fylla i, med rullistor och anvisningar", "to fill in, with drop-down lists and instructions"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".xlsx",
        _workbook,
    ),
    Format(
        "json-schema",
        Text("JSON Schema", "JSON Schema"),
        Text("för den som bygger en leverans ur sitt system", "for whoever builds a delivery out of their system"),
        "application/schema+json",
        ".schema.json",
        json_schema.write,
    ),
    Format(
        "model-file",
        Text("Modellfil", "Model file"),
        Text(
            "med kodlistor och ordalydelser, för kontroll utan nät",
            "with code lists and wordings, for checking without a network",
        ),
        "application/json",
        ".model.json",
        model_file.write,
    ),
)


def format_named(name: str) -> Format | None:
    """The format, or ``None`` for an unknown name."""
    return next((one for one in FORMATS if one.name == name), None)

"""Every technical format that is made from a model, in one tuple. A page and a command offer what it holds."""

from information_models.definitions import LoadedModel
from information_models.formats import delivery_schema, json_schema, losses, model_file
from registry.findings import Text
from registry.formats import Format, Option, Options


def _workbook(loaded: LoadedModel, options: Options) -> bytes:
    from information_models.formats import workbook  # and with it a library that only this format needs

    return workbook.write(loaded, options)


FORMATS: tuple[Format[LoadedModel], ...] = (
    Format(
        "xlsx-template",
        Text("Excelmall", "Excel template"),
        Text("att fylla i, med rullistor och anvisningar", "to fill in, with drop-down lists and instructions"),
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        is_text=False,
        content=_workbook,
        losses=losses.of_workbook,
        takes=frozenset({Option.LANGUAGE, Option.REGION}),
        is_template=True,
    ),
    Format(
        "json-schema",
        Text("JSON Schema", "JSON Schema"),
        Text("för den som bygger en leverans ur sitt system", "for whoever builds a delivery out of their system"),
        "application/schema+json",
        "schema.json",
        is_text=True,
        content=json_schema.write,
        losses=losses.of_json_schema,
    ),
    Format(
        "delivery-schema",
        Text("JSON Schema för leverans", "JSON Schema for deliveries"),
        Text(
            "med kodernas namn och ett exempel, för den som skriver ett program som levererar",
            "with the names of codes and an example, for whoever writes a program that delivers",
        ),
        "application/schema+json",
        "delivery-schema.json",
        is_text=True,
        content=delivery_schema.write,
        losses=losses.of_json_schema,
    ),
    Format(
        "model-file",
        Text("Modellfil", "Model file"),
        Text(
            "med kodlistor och ordalydelser, för kontroll utan nät",
            "with code lists and wordings, for checking without a network",
        ),
        "application/json",
        "model.json",
        is_text=True,
        content=model_file.write,
    ),
)


def stem(loaded: LoadedModel) -> str:
    """What the files of a model are called, before the extension: its name, and the beginning of its hash."""
    return "-".join(part for part in (loaded.model.slug, (loaded.content_hash or "")[:8]) if part)

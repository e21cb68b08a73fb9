"""What deliveries know of stored objects: the hashes that were received, for `storage verify`."""

from collections.abc import Iterator

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from information_models.definitions import LoadedModel
from information_models.queries import load_model
from information_models.typed_rows import TypedRows
from registry import storage
from registry.stored.verifying import Difference, Examiner, Fault, Objects
from submission_portal.deliveries.content_hashes import ROWS, content_hash_of
from submission_portal.deliveries.lifecycle import WORKING
from submission_portal.deliveries.stored_rows import rows_from
from submission_portal.deliveries.tables import Delivery
from submission_portal.deliveries.tidying import awaited


def differences(session: Session, objects: Objects) -> Iterator[Difference]:
    """Whether each delivery that is prepared or was received has its file, and its rows, with the hashes known of them."""
    models: dict[str, LoadedModel] = {}
    held = or_(Delivery.number.is_not(None), Delivery.state.in_(WORKING))
    query = select(Delivery).where(held).order_by(Delivery.created_at, Delivery.id)
    for delivery in session.scalars(query.execution_options(yield_per=100)):
        owner = delivery.number or f"delivery:{delivery.id}"
        missing = delivery.missing_objects or {}
        receipt = delivery.receipt
        if delivery.cells_key is not None:
            yield from objects.check(owner, delivery.cells_key)
        if "file_key" not in missing:
            # A delivery that was put in by a program, without a receipt, says nothing certain of its file.
            is_known = receipt is not None or delivery.number is None
            yield from objects.check(owner, delivery.file_key, delivery.file_sha256 if is_known else None)
        if receipt is None:
            continue
        if (receipt.file_sha256, receipt.content_hash) != (delivery.file_sha256, delivery.content_hash):
            yield Difference(Fault.HASH_DIFFERS, delivery.file_key or "", f"{owner} (receipt)")
        if "parquet_key" in missing:
            continue
        yield from objects.check(owner, delivery.parquet_key)
        if delivery.parquet_key and delivery.parquet_key in objects.whole:
            loaded = models.get(delivery.model_version_hash)
            if loaded is None:
                loaded = models[delivery.model_version_hash] = load_model(session, delivery.model_version_hash)
            rows = rows_from(storage.files().read(delivery.parquet_key))
            scheme = receipt.body.get("content_hash_scheme", ROWS)
            if content_hash_of(loaded, TypedRows.of(rows), scheme=scheme) != receipt.content_hash:
                yield Difference(Fault.CONTENT_DIFFERS, delivery.parquet_key, owner)


EXAMINER = Examiner(differences, awaited)

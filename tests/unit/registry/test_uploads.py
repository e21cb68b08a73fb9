"""How large a file may be is said once, for the portal, the worker and the offline check."""

from registry import settings, uploads
from submission_portal.deliveries.reading.limits import DEFAULT


def test_a_file_may_be_256_mebibytes_wherever_it_is_read():
    assert uploads.LARGEST_UPLOAD == 268_435_456 == DEFAULT.file_bytes
    assert settings.load({})["UPLOAD_BYTES"] == uploads.LARGEST_UPLOAD

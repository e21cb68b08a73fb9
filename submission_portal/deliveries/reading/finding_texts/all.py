"""What every finding about a file says, in Swedish and English."""

from registry.finding_catalogue import Catalogue
from submission_portal.deliveries.reading.finding_texts.file import FILE
from submission_portal.deliveries.reading.finding_texts.headings import HEADINGS
from submission_portal.deliveries.reading.finding_texts.identity import IDENTITY
from submission_portal.deliveries.reading.finding_texts.layouts import LAYOUTS
from submission_portal.deliveries.reading.finding_texts.moments import MOMENTS
from submission_portal.deliveries.reading.finding_texts.rows import ROWS

TEXTS = (*FILE, *IDENTITY, *HEADINGS, *LAYOUTS, *MOMENTS, *ROWS)

FINDINGS = Catalogue(TEXTS)

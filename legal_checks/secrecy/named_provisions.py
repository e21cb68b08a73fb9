"""The provisions that rules on secrecy name: those on secrecy, and on personal data where an answer of both is held together."""

from legal_checks import data_protection
from legal_checks.secrecy import provisions

PROVISIONS = (*provisions.PROVISIONS, *data_protection.PROVISIONS)
PROVISIONS_BY_ID = {provision.id: provision for provision in PROVISIONS}

"""Every provision that the checks of secrecy and of data protection name, by id."""

from legal_checks import data_protection
from legal_checks.secrecy import provisions

PROVISIONS = (*provisions.PROVISIONS, *data_protection.PROVISIONS)
PROVISIONS_BY_ID = {provision.id: provision for provision in PROVISIONS}

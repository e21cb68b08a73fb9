"""Every provision of the secrecy and data protection checks, by id."""

from legal_checks.secrecy.named_provisions import PROVISIONS, PROVISIONS_BY_ID

__all__ = ["PROVISIONS", "PROVISIONS_BY_ID"]

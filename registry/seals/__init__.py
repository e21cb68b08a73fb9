"""Rows sealed by events: which rows a transaction has changed (`noting`), what stands in them (`rows`), and the seals."""

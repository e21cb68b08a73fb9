"""Uploads that can be gone on with after a break: tus 1.0 (core, creation, checksum, expiration, termination; ADR 67)."""

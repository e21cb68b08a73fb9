"""The log held against what it tells of: rows, stored objects, receipts and heads (`verifying`), and the commands for it."""

"""How large a file may be that is sent to the registry, unless its operator says otherwise. Pure."""

LARGEST_UPLOAD = 256 * 2**20
"""Three million rows of a dozen columns are 150 to 250 MiB of CSV."""

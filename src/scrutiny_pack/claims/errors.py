"""What can be wrong with a claim itself."""

from scrutiny_pack.errors import InputFileError


class ClaimError(InputFileError):
    """A claim cannot be read: its figure, or what it is said to rest on."""

"""What can go wrong with the Department's files, each class with its own exit code."""

from scrutiny_pack.errors import PackError


class ReleaseError(PackError):
    """A release is unknown, not there, or its file is not what it should be."""

    exit_code = 30


class DownloadError(PackError):
    """A release could not be downloaded; nothing was kept of it."""

    exit_code = 31


class ChangedError(PackError):
    """The bytes of a release are not the ones that were pinned."""

    exit_code = 32


class ReferenceDataError(PackError):
    """A file of reference data (areas, breaks, neighbours) is wrong in itself."""

    exit_code = 33

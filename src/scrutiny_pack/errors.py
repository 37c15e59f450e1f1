"""Every failure that an analyst can meet, each class with its own exit code.

The message of an error is one plain line: what is wrong, where, and what to do.
The command line prints it as it is, and shows a traceback only with ``DEBUG=1``.
Exit codes 1 and 2 are left to Python and to the argument parser.
"""


class PackError(Exception):
    """Something the analyst can put right; shown without a traceback."""

    exit_code = 9


class CouncilError(PackError):
    """The council is missing, misspelt or unknown."""

    exit_code = 10


class PeriodError(PackError):
    """The period is not a date, or the council has no data for it."""

    exit_code = 11


class ParameterError(PackError):
    """A parameter is unknown, or its value does not fit its schema."""

    exit_code = 12


class InputFileError(PackError):
    """An input file is missing, or cannot be read as the table that it should be."""

    exit_code = 13


class ExpectationError(PackError):
    """An input can be read, but breaks a critical expectation."""

    exit_code = 14


class SuiteError(PackError):
    """An expectation suite is wrong in itself."""

    exit_code = 15


class NotebookError(PackError):
    """A notebook or its sidecar is wrong, or a cell failed."""

    exit_code = 16


class EvidenceError(PackError):
    """An evidence item breaks a rule of evidence."""

    exit_code = 17


class BusyError(PackError):
    """Another run is building the same pack."""

    exit_code = 18


class OutputError(PackError):
    """The output cannot be written: disk full, read-only, or a file held open."""

    exit_code = 19


class MachineError(PackError):
    """The machine lacks something that the project needs."""

    exit_code = 20


class ClaimsError(PackError):
    """A claim disagrees with the evidence, and STRICT=1 was asked for."""

    exit_code = 21


class ArchiveError(PackError):
    """An archive cannot be made, or a file is none, or is not safe to open."""

    exit_code = 22


class AlteredError(PackError):
    """An archive is not complete, or has been altered."""

    exit_code = 23


class DisagreementError(PackError):
    """The parts of an archive do not agree with each other."""

    exit_code = 24


class DifferentError(PackError):
    """Two packs that were compared differ in a value."""

    exit_code = 25


class CorrectionError(PackError):
    """A final pack would change and no correction says why, or one is not as it should be."""

    exit_code = 26


class CitationError(PackError):
    """An id names nothing that can be cited."""

    exit_code = 27


class EngineError(PackError):
    """The scheduler or the workers that ENGINE= names cannot be used."""

    exit_code = 28


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


class StandingError(PackError):
    """A pack is a draft, or is not there, where a final one is needed."""

    exit_code = 34


class ShownError(PackError):
    """A page of an archive shows what its data files do not hold."""

    exit_code = 35


class SignatureError(PackError):
    """A signature is missing, or is not that of the key and the archive."""

    exit_code = 36


class RerunError(PackError):
    """An archive could not be run again, or something else came of it."""

    exit_code = 37


class DraftError(PackError):
    """A draft report's figure disagrees or lacks a citation, and STRICT=1 was asked for."""

    exit_code = 40


class NotThereError(PackError):
    """A draft report cites what is not there: an item, or a whole pack."""

    exit_code = 41


class ReportError(PackError):
    """A draft report cannot be read: missing, of another kind, locked, damaged, too large."""

    exit_code = 42


INTERRUPTED = 130
"""The exit code after Ctrl-C, as shells have it."""

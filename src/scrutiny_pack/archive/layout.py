"""Where things are in an archive, format 1."""

FORMAT = "1"
"""The version of the format, which bag-info.txt names as Archive-Format."""

PACK = "pack"
"""The pack, as it was published."""

PROJECT = "project"
"""A clone of the project, with this pack's inputs only, in which it can be run again."""

WHEELS = "wheels"
"""The packages, where the archive was made with ``WHEELS=1``."""

README = "README.txt"
FILE_LIST = "files.csv"
DOCUMENTS = "documents.csv"
CRATE = "ro-crate-metadata.json"

DOCUMENTS_FOLDER = "documents"
"""Where a council puts source documents, in its folder of datasets."""

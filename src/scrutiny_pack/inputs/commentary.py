"""What the council's analyst has to say about an item: ``commentary.yaml``."""

import re
from pathlib import Path

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.wording import shown
from scrutiny_pack.inputs.yaml_files import read_yaml

_SLUG = re.compile("[a-z0-9]+(-[a-z0-9]+)*")


def read_commentary(path: Path, shown_as: str) -> dict[str, str]:
    """Read the commentary of a council and period.

    Args:
        path: the file; it need not exist.
        shown_as: how messages call it.

    Returns:
        The text for each item, by the item's slug, in the order of the file.

    Raises:
        InputFileError: if the file is not YAML, a name is not a slug, or a text is
            empty or not text.
    """
    if not path.exists():
        return {}
    commentary = read_yaml(path, shown_as)
    for slug, text in commentary.items():
        if not _SLUG.fullmatch(slug):
            msg = (
                f"{shown_as}: {shown(slug)} is not the slug of an item; a slug has "
                "small letters, digits and hyphens, such as vacancies-by-team"
            )
            raise InputFileError(msg)
        if not isinstance(text, str) or not text.strip():
            msg = f"{shown_as}: {slug} has no text; write some, or delete the line"
            raise InputFileError(msg)
    return {slug: text.strip() for slug, text in commentary.items()}

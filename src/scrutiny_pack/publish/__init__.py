"""Publishing: from what the notebooks recorded to the files of a pack.

`publish_pack` is imported when it is first asked for, with all that pages are made
with: whoever only says what is to be published does without.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from scrutiny_pack.publish.pack_files import publish_pack

__all__ = ["publish_pack"]


def __getattr__(name: str) -> Any:
    """Import `publish_pack` when it is first asked for."""
    if name == "publish_pack":
        from scrutiny_pack.publish.pack_files import publish_pack  # noqa: PLC0415

        return publish_pack
    raise AttributeError(name)

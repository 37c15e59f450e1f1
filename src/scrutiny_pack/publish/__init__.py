"""Publishing: from what the notebooks recorded to the files of a pack."""

from scrutiny_pack.publish.pack_files import publish_pack

__all__ = ["publish_pack"]

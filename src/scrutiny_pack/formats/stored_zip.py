"""A zip file whose bytes depend on nothing but what is in it."""

import io
import zipfile

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can state."""

_UNIX = 3
_PLAIN_FILE = 0o100644 << 16


def stored(data: bytes) -> bytes:
    """A zip file written anew: no clock, no system, stored and not deflated.

    Args:
        data: a zip file, such as a Word document; its members keep their order.
    """
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as new,
    ):
        for name in old.namelist():
            member = zipfile.ZipInfo(name, _EPOCH)
            member.create_system = _UNIX
            member.external_attr = _PLAIN_FILE
            new.writestr(member, old.read(name))
    return out.getvalue()

"""Checking the signature of an archive: made by ``ssh-keygen -Y sign``, offline.

The library sshsig reads signature and key, and asks cryptography whether the one is the
other's. Ed25519 and RSA keys are read.
"""

from pathlib import Path

from sshsig import InvalidSignature, PublicKey, verify

from scrutiny_pack.errors import SignatureError

NAMESPACE = "scrutiny-pack"
"""What a signature is for: one that was made for something else does not count."""

_LARGEST = 1 << 16


def signature_of(archive: Path) -> Path:
    """Where the signature of an archive is, if it has one: beside it."""
    return archive.with_name(f"{archive.name}.sig")


def check_signature(archive: Path, key: Path) -> str:
    """Check the signature beside an archive.

    Args:
        archive: the archive, which need be no sound one.
        key: a file with public keys, one a line, as ``ssh-keygen`` writes them.

    Returns:
        The key that signed it, as ``SHA256:...``.

    Raises:
        SignatureError: if there is no signature, no key can be read, or the signature
            is not of this archive by one of the keys.
    """
    signature = signature_of(archive)
    if not signature.is_file():
        msg = f"there is no signature {signature.name} beside the archive"
        raise SignatureError(msg)
    keys = _keys(key)
    armored = _read(signature)
    try:
        with archive.open("rb") as file:
            signed_by = verify(file, armored, keys, NAMESPACE)
    except (InvalidSignature, NotImplementedError, ValueError, AssertionError) as error:
        reason = " ".join(str(error).split()) or "it is not one"
        msg = (
            f"{signature.name} is no signature of this archive by {key.name} ({reason})"
        )
        raise SignatureError(msg) from None
    return str(signed_by.sha256_str())


def _keys(file: Path) -> list[PublicKey]:
    keys = []
    for line in _read(file).splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        try:
            keys.append(PublicKey.from_openssh_str(line))
        except (ValueError, NotImplementedError, AssertionError):
            msg = (
                f"KEY={file.name} holds a line that is no public key: give the file "
                "that ssh-keygen wrote beside the key, which ends in .pub"
            )
            raise SignatureError(msg) from None
    if not keys:
        msg = f"KEY={file.name} holds no public key"
        raise SignatureError(msg)
    return keys


def _read(file: Path) -> str:
    try:
        with file.open(encoding="ascii", errors="replace") as opened:
            return opened.read(_LARGEST)
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        msg = f"{file.name} cannot be read ({reason})"
        raise SignatureError(msg) from None

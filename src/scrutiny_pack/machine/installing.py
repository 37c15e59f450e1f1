"""Running Python's own installers, and saying in one line why one failed."""

import os
import subprocess
from collections.abc import Sequence
from pathlib import Path

# What a user may have set for other work, and would send packages elsewhere or keep
# bytecode from being written.
_LEFT_OUT = (
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
    "PIP_TARGET",
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONHOME",
    "PYTHONPATH",
    "PYTHONSTARTUP",
)

# In this order: what pip says last is often only what followed from the first.
_CAUSES = {
    "the disk is full: free about 2 GB, and run again": (
        "no space left on device",
        "errno 28",
        "not enough space on the disk",
    ),
    (
        "a package is not the one that the lock names (its hash differs): try again, "
        "and if it stays so, tell whoever runs your package index"
    ): ("do not match the hashes", "hashes are required", "hash mismatch"),
    (
        "the package index shows a certificate that this machine does not trust: ask "
        "for your network's certificate file, and name it in PIP_CERT"
    ): ("certificate_verify_failed", "sslerror", "ssl: ", "certificate verify"),
    (
        "the proxy does not let the package index be reached: correct HTTPS_PROXY; "
        "'make doctor' looks at it"
    ): ("proxyerror", "cannot connect to proxy", "proxy authentication"),
    (
        "there is no network, or the package index cannot be reached: connect, or set "
        "HTTPS_PROXY if your network has a proxy, and run again"
    ): (
        "newconnectionerror",
        "name resolution",
        "name or service not known",
        "getaddrinfo failed",
        "network is unreachable",
        "connection refused",
        "connecttimeout",
        "readtimeout",
        "timed out",
        "max retries exceeded",
    ),
    (
        "the package index has no ready-made package for this machine and Python: use "
        "a Python between 3.11 and 3.13, on Linux, macOS or Windows, 64 bits"
    ): ("no matching distribution found", "could not find a version"),
    (
        "the project's folder cannot be written: move the clone to a folder of your own"
    ): ("permission denied", "errno 13", "read-only file system", "errno 30"),
}
_LAST_LINES = 15


def run_installer(
    command: Sequence[str], folder: Path
) -> subprocess.CompletedProcess[str]:
    """Run an installer in a folder; its output is kept, for the case that it fails."""
    environment = {k: v for k, v in os.environ.items() if k not in _LEFT_OUT}
    environment["PIP_USER"] = "0"
    return subprocess.run(  # noqa: S603 - our own Python
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )


def explain_failure(output: str) -> str:
    """Say in one line why an installer failed, or show the end of what it said."""
    said = output.lower()
    for explanation, signs in _CAUSES.items():
        if any(sign in said for sign in signs):
            return explanation
    lines = output.strip().splitlines()[-_LAST_LINES:]
    return "\n".join(["the set-up failed; the installer says:", *lines])

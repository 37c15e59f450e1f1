"""What is wrong with a machine, and what to do about it, one line for each thing."""

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from scrutiny_pack.errors import MachineError
from scrutiny_pack.machine.environments import pack_environment

_GIGABYTE = 1e9
_ROOM_TO_SET_UP = 3.0
_ROOM_TO_RUN = 0.5
_WINDOWS_LONGEST_PATH = 259
_LONGEST_PATH_INSIDE = 120
"""The longest path in the environment or a pack, seen from the project's folder."""

_CERTIFICATES = (
    "PIP_CERT",
    "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
)
_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        about: what was looked at, and what was found.
        advice: what to do; empty if all is well.
    """

    about: str
    advice: str = ""

    def __str__(self) -> str:
        """The finding as it is printed."""
        if self.advice:
            return f"problem: {self.about}: {self.advice}"
        return f"ok:      {self.about}"


def main(project: Path, home: Path | None = None) -> int:
    """Print all findings; returns the exit code, that of a MachineError for a problem.

    Args:
        project: the clone.
        home: the council's own folder, if ``WORKSPACE=`` names one.
    """
    findings = list(examine(project, home or _workspace() or project, os.environ))
    for finding in findings:
        print(finding)
    problems = sum(bool(finding.advice) for finding in findings)
    if problems:
        noun = "problem" if problems == 1 else "problems"
        print(f"{problems} {noun} found.")
        return MachineError.exit_code
    print("Nothing is wrong with this machine.")
    return 0


def _workspace() -> Path | None:
    named = os.environ.get("WORKSPACE")
    return Path(named).expanduser().resolve() if named else None


def examine(
    project: Path, home: Path, variables: Mapping[str, str]
) -> Iterator[Finding]:
    """Look at everything that a run needs of a machine.

    Args:
        project: the clone.
        home: where ``output/`` is.
        variables: the environment variables.
    """
    yield Finding(f"Python {sys.version.split()[0]}")
    yield _venv_module()
    yield _environment(project)
    yield from _network(variables, _pip_settings())
    yield _disk(project)
    yield _write_access(home)
    if sys.platform == "win32":
        yield _path_length(project)
    if pack_environment(project).python.exists():
        yield _drawing(project)


def _venv_module() -> Finding:
    missing = [n for n in ("venv", "ensurepip") if not importlib.util.find_spec(n)]
    if missing:
        return Finding(
            "Python's venv module is not complete",
            "install it with 'sudo apt install python3-venv'",
        )
    return Finding("Python's venv module is there")


def _environment(project: Path) -> Finding:
    environment = pack_environment(project)
    if environment.is_in_step:
        return Finding(".venv is in step with requirements.lock")
    if environment.folder.exists():
        return Finding(
            ".venv is not in step with requirements.lock, or its set-up was interrupted",
            "run 'python bootstrap.py', or any make target: it is made anew",
        )
    return Finding(
        "there is no .venv yet",
        "run 'python bootstrap.py', or any make target: it is made then",
    )


def _pip_settings() -> dict[str, str]:
    """What pip's own configuration says, by option."""
    command = [sys.executable, "-m", "pip", "config", "list"]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return read_pip_settings(result.stdout)


def read_pip_settings(listed: str) -> dict[str, str]:
    """The options that ``pip config list`` prints, without the section's name."""
    settings = {}
    for line in listed.splitlines():
        match = re.fullmatch(r"[\w:-]+\.([\w-]+)=(.+)", line.strip())
        if match:
            settings[match[1]] = str(ast.literal_eval(match[2]))
    return settings


def _network(
    variables: Mapping[str, str], pip_settings: Mapping[str, str]
) -> Iterator[Finding]:
    proxies = {name: variables[name] for name in _PROXIES if variables.get(name)}
    if pip_settings.get("proxy"):
        proxies["pip's proxy"] = pip_settings["proxy"]
    certificates = {n: variables[n] for n in _CERTIFICATES if variables.get(n)}
    if pip_settings.get("cert"):
        certificates["pip's cert"] = pip_settings["cert"]
    wrong = [
        Finding(
            f"{name} is not the address of a proxy",
            "write it as http://name:port",
        )
        for name, address in proxies.items()
        if not _is_address(address)
    ]
    wrong += [
        Finding(
            f"{name} names a file that is not there",
            "correct it, or remove it if your network needs no certificate of its own",
        )
        for name, path in certificates.items()
        if not Path(path).exists()
    ]
    if wrong:
        yield from wrong
        return
    through = "through a proxy" if proxies else "with no proxy"
    trust = "certificates of its own" if certificates else "the usual certificates"
    yield Finding(f"the network is used {through} and with {trust}")


def _is_address(proxy: str) -> bool:
    try:
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _disk(project: Path) -> Finding:
    free = shutil.disk_usage(project).free / _GIGABYTE
    ready = pack_environment(project).is_in_step
    needed = _ROOM_TO_RUN if ready else _ROOM_TO_SET_UP
    if free < needed:
        return Finding(
            f"{free:.1f} GB of disk are free",
            f"free some: {needed:g} GB are needed",
        )
    return Finding(f"{free:.1f} GB of disk are free")


def _write_access(home: Path) -> Finding:
    output = home / "output"
    folder = output if output.exists() else home
    try:
        with tempfile.TemporaryDirectory(prefix=".doctor-", dir=folder):
            return Finding("output/ can be written")
    except OSError as error:
        reason = (error.strerror or type(error).__name__).lower()
        return Finding(
            f"output/ cannot be written ({reason})",
            "ask for permission, or keep your material in a folder of your own and "
            "name it with WORKSPACE=",
        )


def _path_length(project: Path) -> Finding:
    if len(str(project)) + _LONGEST_PATH_INSIDE <= _WINDOWS_LONGEST_PATH:
        return Finding("the project's path is short enough for Windows")
    if _long_paths_allowed():
        return Finding("Windows allows long paths")
    return Finding(
        "the project's path is too long for Windows",
        r"move the clone nearer to the root of the disk, such as C:\packs",
    )


def _long_paths_allowed() -> bool:
    if sys.platform != "win32":
        return True
    import winreg  # noqa: PLC0415 - there is none elsewhere

    key = r"SYSTEM\CurrentControlSet\Control\FileSystem"
    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            return bool(winreg.QueryValueEx(opened, "LongPathsEnabled")[0])
    except OSError:
        return False


def _drawing(project: Path) -> Finding:
    """Whether charts can be drawn: matplotlib, with a font that it brings along."""
    code = "import matplotlib.font_manager as f; f.findfont('DejaVu Sans', fallback_to_default=False)"
    command = [str(pack_environment(project).python), "-c", code]
    result = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if result.returncode == 0:
        return Finding("charts can be drawn")
    last = (result.stderr.strip().splitlines() or ["no reason given"])[-1]
    return Finding(
        f"charts cannot be drawn ({last})",
        "remove .venv, and run any make target: it is made anew",
    )

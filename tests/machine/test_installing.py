"""Why an installer failed, in one line."""

import sys

import pytest

from scrutiny_pack.machine.installing import explain_failure, run_installer

NETWORK = (
    "WARNING: Retrying (Retry(total=4)) after connection broken by "
    "'NewConnectionError: [Errno -3] Temporary failure in name resolution'\n"
    "ERROR: Could not find a version that satisfies the requirement pandas==3.1.1\n"
    "ERROR: No matching distribution found for pandas==3.1.1\n"
)


@pytest.mark.parametrize(
    ("said", "explained"),
    [
        (NETWORK, "there is no network"),
        (
            "ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.",
            "its hash differs",
        ),
        ("OSError: [Errno 28] No space left on device", "the disk is full"),
        (
            "SSLError(SSLCertVerificationError(1, '[SSL: CERTIFICATE_VERIFY",
            "certificate",
        ),
        ("ProxyError('Cannot connect to proxy.', ...)", "the proxy does not let"),
        ("ERROR: No matching distribution found for pandas==3.1.1", "no ready-made"),
        ("PermissionError: [Errno 13] Permission denied: '.venv'", "cannot be written"),
    ],
)
def test_a_cause_that_is_known_is_one_line(said, explained):
    line = explain_failure(said)
    assert explained in line
    assert "\n" not in line


def test_a_cause_that_is_not_known_is_shown():
    said = "\n".join(f"line {number}" for number in range(100))
    shown = explain_failure(said).splitlines()
    assert shown[0] == "the set-up failed; the installer says:"
    assert shown[-1] == "line 99"
    assert len(shown) == 16


def test_what_a_user_has_set_for_other_work_is_left_out(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("PIP_TARGET", "/elsewhere")
    monkeypatch.setenv("PIP_CERT", "/certificate")
    show = "import os; print(*(os.environ.get(n) for n in ('PYTHONDONTWRITEBYTECODE', "
    show += "'PIP_TARGET', 'PIP_USER', 'PIP_CERT')))"
    done = run_installer([sys.executable, "-c", show], tmp_path)
    assert done.stdout == "None None 0 /certificate\n"

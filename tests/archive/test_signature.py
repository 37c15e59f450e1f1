"""Signatures: made by ssh-keygen where it is, and by fixed ones where it is not."""

import shutil
import subprocess

import pytest

from scrutiny_pack.archive.signature import NAMESPACE, check_signature, signature_of
from scrutiny_pack.errors import SignatureError

WITH_SSH_KEYGEN = pytest.mark.skipif(
    shutil.which("ssh-keygen") is None,
    reason="ssh-keygen is not here: install OpenSSH's client",
)

# Made once by ssh-keygen (OpenSSH 9.2) over the bytes b"an archive\n".
KEYS = {
    "ed25519": (
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIO5HFsAkDYP1d+D/GOvekkH/FNeYt6O1tU"
        "DW4cPRHaLB",
        "-----BEGIN SSH SIGNATURE-----\n"
        "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg7kcWwCQNg/V34P8Y696SQf8U15\n"
        "i3o7W1QNbhw9EdosEAAAANc2NydXRpbnktcGFjawAAAAAAAAAGc2hhNTEyAAAAUwAAAAtz\n"
        "c2gtZWQyNTUxOQAAAEDt+WPsfcRVlICjSm6JzaVph1SNEfYUCqDE+nMfDnJGAZtxa+R3ek\n"
        "jkwW8moXGobTJrPBu3jVLzKywZ3xybNyYF\n"
        "-----END SSH SIGNATURE-----\n",
    ),
    "rsa": (
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQCSoI73sS+dmKeJ+ikWijkaIucQuNDql2"
        "tjbqVh2Q0+mMoOykDUIArcodmg+Ho/d+NccMBcZUfH4AlFhlufowV6HTu7M/Q/ugwop12n"
        "5RfoCmUmViMxCbgiYUaN1T4cc22MC7biJLwp624eRl+t0TaBIGC4O5oWPZtpGU4aRo9j41"
        "tGWKN2TBaRNhMqUbhVmvhaQJxEFL9cQBIP79wKIZ3SvR9V1sqD/v5zw1Ol2GqFWPZfjnWv"
        "tyffD0lXV65Qq+Iy+LspOOejZOIO9maJoj1mMePfakvw4VR1gebi47pi2NIAA/7yHxcrha"
        "I4oPlfoyyJMLNTZrOufItE5F63s+k5C4qykz3M180VrI49VmTHDcmKtHngESunKbZWMsLk"
        "DAUUKPqI/JUv4jPZaAmxGPrUxUVBr3QBuQK7F3cjMCN7YfQBhLiaPCeOQr1eL9Og1z4tx4"
        "eHcoszt2C+AI3hP2/TNuVgzpHMEIMcKfnKgnmLynubjz/wHVJF801UrNbzR4s=",
        "-----BEGIN SSH SIGNATURE-----\n"
        "U1NIU0lHAAAAAQAAAZcAAAAHc3NoLXJzYQAAAAMBAAEAAAGBAJKgjvexL52Yp4n6KRaKOR\n"
        "oi5xC40OqXa2NupWHZDT6Yyg7KQNQgCtyh2aD4ej9341xwwFxlR8fgCUWGW5+jBXodO7sz\n"
        "9D+6DCinXaflF+gKZSZWIzEJuCJhRo3VPhxzbYwLtuIkvCnrbh5GX63RNoEgYLg7mhY9m2\n"
        "kZThpGj2PjW0ZYo3ZMFpE2EypRuFWa+FpAnEQUv1xAEg/v3AohndK9H1XWyoP+/nPDU6XY\n"
        "aoVY9l+Oda+3J98PSVdXrlCr4jL4uyk456Nk4g72ZomiPWYx499qS/DhVHWB5uLjumLY0g\n"
        "AD/vIfFyuFojig+V+jLIkws1Nms658i0TkXrez6TkLirKTPczXzRWsjj1WZMcNyYq0eeAR\n"
        "K6cptlYywuQMBRQo+oj8lS/iM9loCbEY+tTFRUGvdAG5ArsXdyMwI3th9AGEuJo8J45CvV\n"
        "4v06DXPi3Hh4dyizO3YL4AjeE/b9M25WDOkcwQgxwp+cqCeYvKe5uPP/AdUkXzTVSs1vNH\n"
        "iwAAAA1zY3J1dGlueS1wYWNrAAAAAAAAAAZzaGE1MTIAAAGUAAAADHJzYS1zaGEyLTUxMg\n"
        "AAAYCSRGmnRez8n7DGybk2mqzGu5/TWEWDnSEWp7pc6FdBnWOgNcByReoZ6wPeSMuEAyEo\n"
        "Rra81fI7aq8LfWGEzu3oNssAQ6apUXXhH0A5k+Jx56Q2dFsKTDPIoRERh7F9iyahRMFwkP\n"
        "0DKLI5ViD6ZG4ghxY7aXBEAQ53nKXAJVj4t0qUjvgHsf+kobr9eoKDxL/H7VBfRvqMpSjv\n"
        "k8F67fn6JQpepi/o2fy/ogDTN4OVMGA6nUhjLFnHGdwKTZcVJqJHdruUnBl5XtiWbuhrpa\n"
        "5KcLp3ytWUo3iOBDa4a77oZZ8/+KJ/mB0lv5lsjOx/cmDs5VoTf4wABNzQvd9EQH8PjYi7\n"
        "+Uw9Y87ZRZ1htgm563TSIZhjBC58duIoMHQUSsckjhVioO0M3KNs7ds6Cs0RJD+2uoTWxI\n"
        "zUnvT9rb8TDJJN2DG9Y7h24gl8HP1JglbCDtS2zuoN37qAvt7tnlyvhN1ibfuzT77yHScr\n"
        "AI/dEQinRrvw/oLX7e7NNJmTjiY=\n"
        "-----END SSH SIGNATURE-----\n",
    ),
}

FOR_GIT = (
    "-----BEGIN SSH SIGNATURE-----\n"
    "U1NIU0lHAAAAAQAAADMAAAALc3NoLWVkMjU1MTkAAAAg7kcWwCQNg/V34P8Y696SQf8U15\n"
    "i3o7W1QNbhw9EdosEAAAADZ2l0AAAAAAAAAAZzaGE1MTIAAABTAAAAC3NzaC1lZDI1NTE5\n"
    "AAAAQOMyvwOTj89gJvo095NYnXvWQBmBcxfNHwl6YrvxyhjMYmbZWO0PfAqzWhB6Mk9q5c\n"
    "L2fQun1BQ7niSLEfwRkwM=\n"
    "-----END SSH SIGNATURE-----\n"
)


def fixed(tmp_path, kind):
    public, armored = KEYS[kind]
    archive, key = tmp_path / "a.zip", tmp_path / "signer.pub"
    archive.write_bytes(b"an archive\n")
    key.write_text(f"{public} scrutiny support unit\n", encoding="ascii")
    signature_of(archive).write_text(armored, encoding="ascii")
    return archive, key


@pytest.mark.parametrize("kind", KEYS)
def test_a_signature_that_was_made_once_is_accepted(tmp_path, kind):
    archive, key = fixed(tmp_path, kind)
    assert check_signature(archive, key).startswith("SHA256:")


@pytest.mark.parametrize("kind", KEYS)
def test_another_archive_is_not_what_was_signed(tmp_path, kind):
    archive, key = fixed(tmp_path, kind)
    archive.write_bytes(b"An archive\n")
    with pytest.raises(SignatureError, match="is no signature of this archive by"):
        check_signature(archive, key)


def test_another_key_is_not_the_one_that_signed(tmp_path):
    archive, key = fixed(tmp_path, "ed25519")
    key.write_text(KEYS["rsa"][0], encoding="ascii")
    with pytest.raises(SignatureError, match="not of allowed signer"):
        check_signature(archive, key)


def test_one_key_of_several_is_enough(tmp_path):
    archive, key = fixed(tmp_path, "ed25519")
    lines = ["# who may sign", KEYS["rsa"][0], "", KEYS["ed25519"][0]]
    key.write_text("\n".join(lines), encoding="ascii")
    assert check_signature(archive, key)


def test_a_signature_for_something_else_does_not_count(tmp_path):
    archive, key = fixed(tmp_path, "ed25519")
    signature_of(archive).write_text(FOR_GIT, encoding="ascii")
    with pytest.raises(SignatureError, match="Namespace of signature"):
        check_signature(archive, key)


def test_an_archive_without_a_signature_is_said_to_have_none(tmp_path):
    archive, key = fixed(tmp_path, "ed25519")
    signature_of(archive).unlink()
    with pytest.raises(SignatureError, match=r"there is no signature a\.zip\.sig"):
        check_signature(archive, key)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nothing",
        "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n",
        "-----BEGIN SSH SIGNATURE-----\n!\n-----END SSH SIGNATURE-----\n",
        "\N{LATIN SMALL LETTER E WITH ACUTE}",
    ],
)
def test_a_signature_that_is_none_is_one_line(tmp_path, text):
    archive, key = fixed(tmp_path, "ed25519")
    signature_of(archive).write_text(text, encoding="utf-8")
    with pytest.raises(SignatureError, match=r"a\.zip\.sig is no signature") as caught:
        check_signature(archive, key)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "holds no public key"),
        ("# only a comment", "holds no public key"),
        ("nothing", "holds a line that is no public key"),
        ("ssh-ed25519 AAAA", "holds a line that is no public key"),
        ("ssh-ed25519 !", "holds a line that is no public key"),
        ("ecdsa-sha2-nistp256 AAAA", "holds a line that is no public key"),
    ],
)
def test_a_key_that_is_none_is_one_line(tmp_path, text, reason):
    archive, key = fixed(tmp_path, "ed25519")
    key.write_text(text, encoding="ascii")
    with pytest.raises(SignatureError, match=reason):
        check_signature(archive, key)


@WITH_SSH_KEYGEN
@pytest.mark.parametrize("kind", ["ed25519", "rsa"])
def test_what_ssh_keygen_signs_verifies(archived_once, tmp_path, kind):
    project, made = archived_once
    archive = tmp_path / made.name
    shutil.copy(made, archive)
    key = tmp_path / "signer"
    run("ssh-keygen", "-q", "-t", kind, "-N", "", "-C", "scrutiny unit", "-f", str(key))
    run("ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", str(key), str(archive))
    public = key.with_suffix(".pub")
    done = project.run("verify", f"ARCHIVE={archive}", f"KEY={public}")
    assert done.returncode == 0, done.stderr
    said = run("ssh-keygen", "-l", "-f", str(public)).split()[1]
    assert (
        f"ok        the signature is that of the key: signed by {said}" in done.stdout
    )


@WITH_SSH_KEYGEN
def test_an_archive_changed_after_it_was_signed_does_not_verify(
    archived_once, tmp_path
):
    project, made = archived_once
    key, archive = tmp_path / "signer", tmp_path / "a.zip"
    shutil.copy(made, archive)
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(key))
    run("ssh-keygen", "-Y", "sign", "-n", NAMESPACE, "-f", str(key), str(archive))
    with archive.open("ab") as file:
        file.write(b"\0")
    done = project.run("verify", f"ARCHIVE={archive}", f"KEY={key}.pub")
    assert done.returncode in {22, 36}
    assert check_fails(archive, key)


def check_fails(archive, key):
    with pytest.raises(SignatureError):
        check_signature(archive, key.with_suffix(".pub"))
    return True


def test_a_key_without_a_signature_fails_with_its_own_code(archived_once, tmp_path):
    project, made = archived_once
    key = tmp_path / "signer.pub"
    key.write_text(KEYS["ed25519"][0], encoding="ascii")
    done = project.run("verify", f"ARCHIVE={made}", f"KEY={key}")
    assert done.returncode == 36
    assert "failed    the signature is that of the key" in done.stdout


def test_a_key_that_is_not_there_is_one_line(archived_once, tmp_path):
    project, made = archived_once
    done = project.run("verify", f"ARCHIVE={made}", "KEY=nowhere.pub")
    assert done.returncode == 36
    assert (
        done.stderr == "KEY=nowhere.pub is not a file: give the path of a public key\n"
    )


def run(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout

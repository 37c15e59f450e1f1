"""Roles are taken, names are refused as far as they can be told."""

import pytest

from scrutiny_pack.roles import why_not_a_role


@pytest.mark.parametrize(
    "role",
    [
        "Principal Scrutiny Officer",
        "scrutiny officer",
        "Head of Democratic Services",
        "Director of Children's Services",
        "Chair of the Children's Scrutiny Committee",
        "Scrutiny Officer (Children)",
        "Statistician, Performance Team",
        "Officer Support Team",
        "Co-ordinator for Scrutiny",
        "committee clerk & analyst",
    ],
)
def test_a_role_is_taken(role):
    assert why_not_a_role(role) == ""


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Jane Smith", "not known to be a role"),
        ("J. Smith, Scrutiny Officer", "looks like a person's name"),
        ("Ms Smith, officer", "looks like a person's name"),
        ("Councillor Smith", "looks like a person's name"),
        ("Jane Smith, Scrutiny Officer", "not known to be a role"),
        ("Scrutiny Officer Jane Smith", "a role and a name"),
        ("officer@darlington.example", "looks like a person's name"),
        ("the scrutiny officer", "begins with 'the'"),
        ("officer " * 20, "too long"),
        ("officer\nof scrutiny", "too long"),
        ("?", "not known to be a role"),
    ],
)
def test_what_is_no_role_is_refused(text, why):
    assert why in why_not_a_role(text)

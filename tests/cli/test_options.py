"""How the command line is told what to do."""

import pytest

from scrutiny_pack import cli


@pytest.fixture(autouse=True)
def _no_variables(monkeypatch):
    for name in ("COUNCIL", "PERIOD", "WORKSPACE", "DEBUG", "STRICT"):
        monkeypatch.delenv(name, raising=False)


def options_of(*words):
    command, options = cli._parse(words)
    assert command == words[0]
    return options


@pytest.mark.parametrize(
    "words",
    [
        ("pack", "--council", "leeds", "--period", "2005"),
        ("pack", "--council=leeds", "PERIOD=2005"),
        ("pack", "COUNCIL=leeds", "PERIOD=2005", "DEBUG=0"),
    ],
)
def test_an_option_is_given_as_a_word_or_with_dashes(words):
    options = options_of(*words)
    assert (options.text("council"), options.text("period")) == ("leeds", "2005")
    assert options.text("workspace") is None
    assert not options.is_set("debug")


def test_the_environment_is_asked_last(monkeypatch):
    monkeypatch.setenv("COUNCIL", "dorset")
    monkeypatch.setenv("PERIOD", "2019-01")
    monkeypatch.setenv("DEBUG", "1")
    options = options_of("pack", "COUNCIL=leeds")
    assert (
        options.text("council"),
        options.text("period"),
        options.is_set("debug"),
    ) == (
        "leeds",
        "2019-01",
        True,
    )


def test_an_empty_variable_is_none_given(monkeypatch):
    monkeypatch.setenv("COUNCIL", "")
    assert options_of("pack").text("council") is None


def test_a_value_may_hold_any_character():
    assert (
        options_of("pack", "WORKSPACE=a b='$(x)'\n").text("workspace") == "a b='$(x)'\n"
    )


def test_an_option_that_nobody_knows_is_refused():
    with pytest.raises(SystemExit) as caught:
        options_of("pack", "COUNCL=leeds")
    assert caught.value.code == 2


def test_alone_it_shows_the_commands(capsys):
    assert cli.main([]) == 0
    shown = capsys.readouterr().out
    for command in ("pack", "packs", "list", "doctor", "help"):
        assert f"\n    {command} " in shown

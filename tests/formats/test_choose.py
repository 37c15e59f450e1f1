"""``FORMATS=``: which formats a pack is made as."""

import pytest

from scrutiny_pack.errors import ParameterError
from scrutiny_pack.formats import registry
from scrutiny_pack.formats.choose import choose_formats


def made(*, in_sets=False):
    return registry.Format("module:function", "file", "File", "words", in_sets)


@pytest.fixture(autouse=True)
def _three_formats(monkeypatch):
    for name in list(registry.WRITERS):
        monkeypatch.delitem(registry.WRITERS, name)
    monkeypatch.setitem(registry.WRITERS, "leaflet", made())
    monkeypatch.setitem(registry.WRITERS, "poster", made())
    monkeypatch.setitem(registry.WRITERS, "labels", made(in_sets=True))


@pytest.mark.parametrize(
    ("given", "chosen"),
    [
        (None, ("leaflet", "poster", "labels")),
        ("", ("leaflet", "poster", "labels")),
        (" , ", ("leaflet", "poster", "labels")),
        ("all", ("leaflet", "poster", "labels")),
        ("none", ()),
        ("NONE", ()),
        ("poster", ("poster",)),
        ("poster,leaflet", ("leaflet", "poster")),
        (" Poster, leaflet;".rstrip(";"), ("leaflet", "poster")),
        ("poster poster", ("poster",)),
        ("html", ()),
        ("csv,json,html", ()),
        ("html,poster", ("poster",)),
    ],
)
def test_formats_are_chosen_by_name(given, chosen):
    assert choose_formats(given) == chosen


def test_a_set_is_made_as_little_unless_it_is_asked_for():
    assert choose_formats(None, in_a_set=True) == ("labels",)
    assert choose_formats("all", in_a_set=True) == ("leaflet", "poster", "labels")
    assert choose_formats("poster", in_a_set=True) == ("poster",)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (
            "leeflet",
            "FORMATS=leeflet: there is no format 'leeflet'. Did you mean leaflet? "
            "There are leaflet, poster, labels, all and none",
        ),
        ("poster,papyrus", "there is no format 'papyrus'. There are leaflet"),
        ("none,poster", "'none' says it all"),
        ("poster,all", "'all' says it all"),
    ],
)
def test_what_is_no_format_is_refused_with_the_nearest(given, said):
    with pytest.raises(ParameterError) as caught:
        choose_formats(given)
    assert said in str(caught.value)
    assert caught.value.exit_code == 12

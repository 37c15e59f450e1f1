"""The sidecar that says where a dataset's figures come from."""

import pytest

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.sources import Missing, read_source

from .small_tables import SOURCE


def source(tmp_path, text):
    path = tmp_path / "posts.source.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return read_source(path, "posts.source.yaml")


def refusal(tmp_path, text):
    with pytest.raises(InputFileError) as caught:
        source(tmp_path, text)
    return str(caught.value)


def test_a_source(tmp_path):
    read = source(tmp_path, SOURCE)
    assert read.title == "Sufficiency of social workers"
    assert read.date == "2016-09-06"
    assert read.date_in_words == "6 September 2016"
    assert read.missing == ()
    assert read.note == ""


def test_all_that_a_source_can_say(tmp_path):
    text = SOURCE.replace(
        "document_sha256: not stated", f"document_sha256: {'0a' * 32}"
    )
    read = source(
        tmp_path,
        text
        + "date_note: The date of the meeting.\n"
        + "note: >-\n  Charts are\n  lost.\n"
        + "missing:\n  - what: Chart of workers\n    paragraph: 9\n    why: lost\n",
    )
    assert read.document_sha256 == "0a" * 32
    assert read.date_note == "The date of the meeting."
    assert read.note == "Charts are lost."
    assert read.missing == (Missing("Chart of workers", "9", "lost"),)


@pytest.mark.parametrize(
    ("date", "words"),
    [("2005", "2005"), ("2006-04", "April 2006"), ("not stated", "not stated")],
)
def test_a_date_as_precise_as_it_is_given(tmp_path, date, words):
    read = source(tmp_path, SOURCE.replace("2016-09-06", date))
    assert read.date == date
    assert read.date_in_words == words
    assert (read.period is None) == (date == "not stated")


def test_a_source_that_is_missing(tmp_path):
    with pytest.raises(InputFileError, match=r"^posts\.source\.yaml is missing"):
        read_source(tmp_path / "posts.source.yaml", "posts.source.yaml")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            SOURCE + "titel: x\n",
            "'titel' is unknown. Did you mean title? The names are",
        ),
        (SOURCE.replace("held", "# held"), "held is missing; write 'held: ' and its"),
        (SOURCE + "note:\n", "note is empty"),
        (SOURCE + "note: [a]\n", "note is not text"),
        (
            SOURCE.replace("2016-09-06", "6 September"),
            "date is '6 September', which is",
        ),
        (SOURCE.replace("2016-09-06", "''"), "date is empty"),
        (
            SOURCE.replace("not stated", "abc", 1),
            "document_sha256 is 'abc'; write the 64",
        ),
        (SOURCE + "missing: a chart\n", "missing is a list; each entry has what,"),
        (SOURCE + "missing: [{what: a chart}]\n", "missing is a list; each entry has"),
        (SOURCE + "title: again\n", "line 9: 'title' stands twice; keep one"),
        ("title: a: b\n", "line 1: not YAML (mapping values are not allowed here)"),
        ("title: [\n", "line 2: not YAML"),
        ("- a\n- b\n", "write one 'name: text' a line"),
        ("? [a]\n: b\n", "line 1: a name must be plain text"),
        ("&a [*a]\n", "write one 'name: text' a line"),
        ("[" * 5000, "not YAML"),
        ("", "title is missing"),
    ],
)
def test_a_source_that_is_wrong(tmp_path, text, message):
    refused = refusal(tmp_path, text)
    assert refused.startswith("posts.source.yaml")
    assert message in refused
    assert len(refused.splitlines()) == 1


def test_aliases_upon_aliases_take_no_time(tmp_path):
    lines = ["a0: &a0 [x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert "'a0' is unknown" in refusal(tmp_path, "\n".join(lines))

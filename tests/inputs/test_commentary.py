"""What the council's analyst has to say about an item."""

import pytest

from scrutiny_pack.errors import InputFileError
from scrutiny_pack.inputs.commentary import read_commentary


def commentary(tmp_path, text):
    path = tmp_path / "commentary.yaml"
    path.write_text(text, encoding="utf-8", newline="\n")
    return read_commentary(path, "commentary.yaml")


def test_a_text_for_each_item(tmp_path):
    text = "vacancies-by-team: >-\n  Two teams\n  merged.\nturnover: '2016: no data.'\n"
    assert commentary(tmp_path, text) == {
        "vacancies-by-team": "Two teams merged.",
        "turnover": "2016: no data.",
    }


def test_words_stay_words(tmp_path):
    assert commentary(tmp_path, "a: no\nb: 2016\n") == {"a": "no", "b": "2016"}


def test_there_need_not_be_any(tmp_path):
    assert read_commentary(tmp_path / "commentary.yaml", "commentary.yaml") == {}
    assert commentary(tmp_path, "") == {}
    assert commentary(tmp_path, "# nothing to say yet\n") == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Vacancies: x\n", "'Vacancies' is not the slug of an item"),
        ("vacancies:\n", "vacancies has no text; write some, or delete the line"),
        ("vacancies: [a]\n", "vacancies has no text"),
        ("a: b\na: c\n", "line 2: 'a' stands twice"),
        ("only words\n", "write one 'name: text' a line"),
    ],
)
def test_commentary_that_is_wrong(tmp_path, text, message):
    with pytest.raises(InputFileError) as caught:
        commentary(tmp_path, text)
    assert message in str(caught.value)

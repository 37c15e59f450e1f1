"""A module that is put off is itself as soon as somebody uses it."""

import sys

import pytest

from scrutiny_pack.inputs.imported_later import imported_later

from .small_tables import run_python

SELDOM, USES_IT = "seldom_used_module", "uses_seldom_used_module"


@pytest.fixture
def modules(tmp_path, monkeypatch):
    (tmp_path / f"{SELDOM}.py").write_text("answer = 42\n", encoding="utf-8")
    (tmp_path / f"{USES_IT}.py").write_text(
        f"import {SELDOM} as used\ndef answer(): return used.answer\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(tmp_path)
    yield
    for name in (SELDOM, USES_IT):
        sys.modules.pop(name, None)


@pytest.mark.usefixtures("modules")
class TestPutOff:
    def test_it_is_not_imported_until_it_is_used(self):
        with imported_later(SELDOM):
            library = __import__(USES_IT)
        assert SELDOM not in sys.modules
        assert library.answer() == 42
        assert sys.modules[SELDOM].answer == 42

    def test_who_imports_it_afterwards_has_the_module_itself(self):
        with imported_later(SELDOM):
            library = __import__(USES_IT)
        assert __import__(SELDOM).__file__.endswith(f"{SELDOM}.py")
        assert library.answer() == 42

    def test_it_may_be_used_meanwhile(self):
        with imported_later(SELDOM):
            assert __import__(USES_IT).answer() == 42
            assert __import__(SELDOM).__file__.endswith(f"{SELDOM}.py")
        assert SELDOM in sys.modules

    def test_one_that_is_there_already_stays(self):
        there = __import__(SELDOM)
        with imported_later(SELDOM):
            assert __import__(SELDOM) is there
        assert sys.modules[SELDOM] is there

    def test_nothing_is_left_after_an_error(self):
        with pytest.raises(ZeroDivisionError), imported_later(SELDOM):
            1 / 0  # noqa: B018
        assert SELDOM not in sys.modules

    def test_what_it_does_not_have_is_an_error_of_the_module(self):
        with imported_later(SELDOM):
            used = __import__(USES_IT).used
        with pytest.raises(AttributeError, match=SELDOM):
            _ = used.question


def test_great_expectations_works_with_what_was_put_off():
    code = """
import pandas, sys
from scrutiny_pack.inputs.expectations import _great_expectations, _context
gx = _great_expectations()
print("scipy.stats" in sys.modules, "altair" in sys.modules)
source = _context().data_sources.add_pandas("source")
whole = source.add_dataframe_asset("asset").add_batch_definition_whole_dataframe("whole")
batch = whole.get_batch({"dataframe": pandas.DataFrame({"a": ["x", "y", "x", "z"]})})
weights = {"values": ["x", "y", "z"], "weights": [0.5, 0.25, 0.25]}
found = batch.validate(
    gx.expectations.ExpectColumnKLDivergenceToBeLessThan(
        column="a", partition_object=weights, threshold=0.1
    )
)
print(found.success, "scipy.stats" in sys.modules)
import altair, scipy.stats
print(scipy.stats.norm.cdf(0), altair.Chart.__name__)
"""
    assert run_python(code).split() == [
        "False",
        "False",
        "True",
        "True",
        "0.5",
        "Chart",
    ]

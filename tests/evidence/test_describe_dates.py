"""The dates of an item in words."""

import pandas as pd
import pytest

from scrutiny_pack.evidence.describe import as_at_words


@pytest.mark.parametrize(
    ("dates", "words"),
    [
        (["2016-07-31"], "31 July 2016"),
        (["2013", "2016-07"], "2013 to July 2016"),
        (["2016-07", "2016"], "2016"),
        (["2014-03-31", "2016-07-31", "2016"], "31 March 2014 to 2016"),
        (["2016-07-31; 2016-03-31"], "31 March 2016 to 31 July 2016"),
        ([""], ""),
    ],
)
def test_a_date_within_another_is_not_told_apart(dates, words):
    assert as_at_words(pd.DataFrame({"as_at": dates})) == words

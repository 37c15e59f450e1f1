"""What a kernel finds around it."""

from pathlib import Path

from scrutiny_pack.periods import Period
from scrutiny_pack.run.environment import kernel_environment


def environment(period="2016-07-31", **surrounding):
    return kernel_environment(
        Path("/run"), Path("/settings"), Period.parse(period), surrounding
    )


def test_the_date_of_all_that_is_made_is_the_period_s_last_day():
    assert environment("2016-07-31")["SOURCE_DATE_EPOCH"] == "1469923200"
    assert environment("2005")["SOURCE_DATE_EPOCH"] == "1135987200"


def test_a_period_before_1970_has_no_negative_date():
    assert environment("1948")["SOURCE_DATE_EPOCH"] == "0"


def test_nothing_of_the_user_s_other_work_reaches_a_notebook():
    mine = environment(
        PYTHONSTARTUP="x", PYTHONPATH="/other", TZ="Asia/Tokyo", MATPLOTLIBRC="/mine"
    )
    assert "PYTHONSTARTUP" not in mine
    assert mine["TZ"] == "UTC"
    assert "/other" not in mine["PYTHONPATH"]
    assert mine["MATPLOTLIBRC"] == mine["IPYTHONDIR"] == str(Path("/settings"))


def test_what_the_machine_needs_is_kept():
    assert environment(PATH="/bin", SYSTEMROOT="C:")["SYSTEMROOT"] == "C:"


def test_the_notebooks_are_told_where_to_record():
    assert environment()["SCRUTINY_PACK_RUN"] == str(Path("/run"))

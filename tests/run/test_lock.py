"""One run of one pack at a time."""

import pytest

from scrutiny_pack.errors import BusyError
from scrutiny_pack.run.lock import locked


def test_a_second_run_of_the_same_pack_is_refused(tmp_path):
    pack = tmp_path / "leeds" / "2005"
    with (
        locked(pack, "output/leeds/2005"),
        pytest.raises(BusyError, match="another run is building output/leeds/2005"),
        locked(pack, "output/leeds/2005"),
    ):
        pass


def test_packs_do_not_hinder_one_another(tmp_path):
    with locked(tmp_path / "2005", "a"), locked(tmp_path / "2006", "b"):
        pass


def test_a_lock_that_is_left_behind_locks_nothing(tmp_path):
    for _ in range(2):
        with locked(tmp_path / "2005", "a"):
            assert (tmp_path / ".2005.lock").exists()

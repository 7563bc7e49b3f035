"""What the number of hostile events of a month says about a tie."""

import numpy as np
import pytest

from sides.ties.rates import HOSTILE_PER_MONTH, hostile_log_likelihood


def test_a_month_by_hand():
    [row] = hostile_log_likelihood([np.e - 1])
    assert row == pytest.approx([np.log(rate) - rate for rate in HOSTILE_PER_MONTH])


def test_an_empty_month_speaks_for_peace_and_a_full_one_for_hostility():
    empty, full = hostile_log_likelihood([0, 12])
    assert (np.diff(empty) > 0).all() and (np.diff(full) < 0).all()


def test_every_month_of_every_dyad_has_its_row():
    counts = np.arange(24).reshape(2, 12)
    found = hostile_log_likelihood(counts)
    assert found.shape == (2, 12, 5)
    assert found[1, 3] == pytest.approx(hostile_log_likelihood([15])[0])
    assert hostile_log_likelihood(np.zeros((0, 12))).shape == (0, 12, 5)


def test_what_makes_no_sense_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        hostile_log_likelihood([1, -1])
    with pytest.raises(ValueError, match="no finite number"):
        hostile_log_likelihood([float("nan")])
    with pytest.raises(ValueError, match="no event possible"):
        hostile_log_likelihood([1], [0.0, 1.0])

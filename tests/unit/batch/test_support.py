"""Support of many rows: the same whole numbers as for one."""

import numpy as np
import pytest

from recommender.batch.support import _ahead, _roots
from recommender.judging import support


@pytest.mark.parametrize("sigma", [0, 1, 7, 1000])
def test_leads_outlast_noise_as_they_do_for_one(sigma):
    leads = np.array([-5000, -1000, -3, -1, 0, 1, 3, 1000, 5000])
    told = _ahead(leads, np.full(len(leads), sigma))
    assert told.tolist() == [support._ahead(int(lead), sigma) for lead in leads]


def test_roots_are_whole_and_rounded_down():
    numbers = np.array([0, 1, 3, 4, 8, 9, 10**12 - 1, 10**12])
    assert _roots(numbers).tolist() == [0, 1, 1, 2, 2, 3, 10**6 - 1, 10**6]


def test_halves_are_rounded_upwards():
    assert support.rounded(np.array([1, 1, 0]), np.array([2, 20_000, 5])).tolist() == [5000, 1, 0]
    assert support.rounded(1, 20_000) == 1

"""How the pipeline works at present, where little of it is known."""

from __future__ import annotations

import warnings
from dataclasses import replace

import numpy as np

from leadline.insights.fitted.fitting import fit
from leadline.insights.whatif.present import present
from tests.insights.fitted import companies


def test_a_stage_in_no_quarter_of_which_enough_stayed_is_told_without_a_warning():
    found = fit(companies.company()[0])
    unknown = replace(found.history, log_stay_error=np.full_like(found.history.log_stay_error, np.nan))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        told = present(replace(found, history=unknown))
    assert told.days
    assert all(day.low == day.value == day.high for day in told.days.values())

"""One simulated world, and a forecaster fitted on it, for all tests of forecasts."""

from __future__ import annotations

import pytest

from sides.forecast.learned import Learned
from sides.forecast.questions import Channels
from tests.forecast.simulated import world

FITTED_DAY = 1200


@pytest.fixture(scope="session")
def simulated():
    return world()


@pytest.fixture(scope="session")
def channels(simulated):
    return Channels.quads(simulated.log.kinds)


@pytest.fixture(scope="session")
def learned(simulated, channels):
    pytest.importorskip("lightgbm")
    return Learned.fit(simulated.log.before(FITTED_DAY), channels, (7, 30, 90))

"""Points of offices and neighborhoods."""

import pytest
from django.core.exceptions import ValidationError

from locations.models import Neighborhood
from locations.points import Point


def test_half_a_point_is_refused_with_the_half_that_is_missing():
    with pytest.raises(ValidationError) as refused:
        Neighborhood(name="Old Town", latitude=41.9).clean()
    assert "longitude" in refused.value.error_dict


def test_a_point_is_whole_or_none():
    assert Neighborhood(latitude=41.9, longitude=-87.6).point == Point(41.9, -87.6)
    assert Neighborhood(latitude=41.9).point is None

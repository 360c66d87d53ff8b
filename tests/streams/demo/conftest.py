import pytest

from streams.demo.city import City


@pytest.fixture(scope="session")
def city() -> City:
    """A small demonstration city: two cars a cab."""
    return City(echoes=2)

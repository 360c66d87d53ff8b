"""One desk a database."""

import pytest

from regulator.domain.errors import Unavailable
from regulator.store import Store, open_store
from regulator.store.only_one import OnlyOne


def test_a_second_desk_waits_for_the_first_to_end(store: Store, url: str) -> None:
    first, second = OnlyOne(store), OnlyOne(other := open_store(url))
    first.take()

    with pytest.raises(Unavailable, match="another desk works on this database"):
        second.take()
    first.release()
    second.take()

    assert not second.is_lost()
    second.release()
    other.close()


def test_whoever_has_it_keeps_it(store: Store) -> None:
    only_one = OnlyOne(store)
    only_one.take()

    assert not only_one.is_lost()
    only_one.release()

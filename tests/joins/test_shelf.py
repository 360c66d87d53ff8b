"""Rows on a shelf are found again, however alike their hashes are and however many there come to be."""

from collections.abc import Mapping
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from regulator.joins.licence_index.rows import GONE, HEAD, VALID, WIDTH, read_row, write_row
from regulator.joins.licence_index.shelf import Shelf

LEAST, GREATEST = -(1 << 63), (1 << 63) - 1
SHELF = 41_000
"""Rows: more than ten million licences have on one of 256 shelves."""

hashes = st.sampled_from([LEAST, -1, 0, 1, 1 << 60, GREATEST - 1, GREATEST]) | st.integers(LEAST, GREATEST)
everybody = st.lists(hashes, min_size=1, max_size=40)
acts = st.lists(st.tuples(st.integers(0, 39), st.integers(0, 3), st.booleans()), max_size=80)


def key_of(number: int) -> bytes:
    return (number + 1).to_bytes(16, "big")


def rows(hash_: int, number: int, starts: list[int]) -> list[bytes]:
    """Return rows of one statement of somebody, told apart by their starts."""
    marks = [VALID | HEAD, *[VALID] * len(starts)]
    return [
        write_row(hash_, key_of(number), start, start, 0, 0, 0, 0, mark, bytes(20))
        for start, mark in zip(starts, marks, strict=False)
    ]


def starts(shelf: Shelf, hash_: int, number: int) -> list[int]:
    return [read_row(shelf.rows, row)[2] for row in shelf.all(hash_, key_of(number))]


@given(everybody, acts)
def test_everybody_is_found_with_what_was_stated_last(
    everybody: list[int], acts: list[tuple[int, int, bool]]
) -> None:
    shelf, stated = Shelf(), dict[int, list[int]]()
    for turn, (place, count, at_once) in enumerate(acts):
        number = place % len(everybody)
        hash_, fresh = everybody[number], [turn * 10 + one for one in range(count)]
        if at_once and fresh:
            shelf.extend(b"".join(rows(hash_, number, fresh)))
        else:
            old = shelf.all(hash_, key_of(number))
            shelf.replace(hash_, old, rows(hash_, number, fresh), beside=[])
        stated[number] = fresh
        _agree(shelf, everybody, stated)


def _agree(shelf: Shelf, everybody: list[int], stated: Mapping[int, list[int]]) -> None:
    for number, hash_ in enumerate(everybody):
        expected = stated.get(number, [])
        assert starts(shelf, hash_, number) == expected
        assert (shelf.first(hash_, key_of(number)) >= 0) == bool(expected)
    assert shelf.subjects == sum(bool(one) for one in stated.values())


def test_a_shelf_grows_one_by_one_beyond_what_two_bytes_can_number() -> None:
    shelf = Shelf()
    for number in range(70_000):
        shelf.replace(_spread(number), [], rows(_spread(number), number, [number]), beside=[])

    assert shelf.subjects == 70_000
    for number in range(0, 70_000, 7):
        assert starts(shelf, _spread(number), number) == [number]
    assert shelf.first(_spread(70_000), key_of(70_000)) == -1


def test_whoever_has_the_greatest_hash_is_found_among_many_such() -> None:
    shelf = Shelf()
    for number in range(SHELF // 100):
        shelf.extend(rows(_spread(number), number, [number])[0])
    shelf.settle()
    crowd = range(SHELF, SHELF + 100)
    for number in crowd:
        shelf.replace(GREATEST, [], rows(GREATEST, number, [number]), beside=[])
        assert shelf.first(GREATEST, key_of(0)) == -1

    assert [starts(shelf, GREATEST, number) for number in crowd] == [[number] for number in crowd]


def test_a_full_shelf_settles_in_less_than_fifty_milliseconds_of_processor() -> None:
    shelf = Shelf()
    for number in range(SHELF):
        shelf.extend(rows(_spread(number), number, [number])[0])

    spent = min(_seconds_to_settle(shelf) for _ in range(5))

    assert shelf.subjects == SHELF
    assert spent < 0.05


def test_rows_of_nobody_are_cleared_away() -> None:
    shelf = Shelf()
    for turn in range(1_000):
        hash_ = _spread(turn)
        shelf.replace(hash_, [], rows(hash_, turn, [turn]), beside=[])
        shelf.replace(hash_, shelf.all(hash_, key_of(turn)), [], beside=[])

    assert shelf.subjects == 0
    assert len(shelf.rows) < 100 * WIDTH


def test_a_withdrawal_among_many_takes_the_rows_before_it_and_none_behind_it() -> None:
    shelf, gone = Shelf(), write_row(5, key_of(1), 0, 0, 0, 0, 0, 0, HEAD | GONE, bytes(20))
    shelf.extend(b"".join([*rows(5, 1, [1, 2]), gone]))
    assert starts(shelf, 5, 1) == []

    shelf.extend(b"".join([*rows(5, 1, [3, 4]), gone, *rows(5, 1, [5])]))
    assert starts(shelf, 5, 1) == [5]


def _spread(number: int) -> int:
    return hash(key_of(number))


def _seconds_to_settle(shelf: Shelf) -> float:
    started = process_time()
    shelf.settle()
    return process_time() - started

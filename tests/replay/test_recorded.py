"""A recorded log (contract, section 1.4): lines in and out, and what is no line."""

import gzip
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from regulator.domain.errors import Misconfigured
from regulator.domain.instants import Instant, from_rfc3339
from regulator.replay.recorded import Message, read_log, write_line

AT = from_rfc3339("2026-03-02T08:15:30+08:00")


def read(folder: Path, *lines: str | bytes, name: str = "log.ndjson") -> list[Message]:
    path = folder / name
    content = b"".join(line.encode() if isinstance(line, str) else line for line in lines)
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return list(read_log(path))


def test_a_value_is_the_messages_bytes_as_they_stand(tmp_path: Path) -> None:
    line = '{"topic":"feed.sunny.orders","at":"2026-03-02T08:15:30+08:00","value":{"b": 1,  "a":[2.50]}}\n'

    assert read(tmp_path, line) == [Message("feed.sunny.orders", AT, b'{"b": 1,  "a":[2.50]}')]


def test_bytes_that_are_no_json_are_base64(tmp_path: Path) -> None:
    line = '{"topic":"t","at":"2026-03-02T00:15:30Z","value_base64":"CgD/","key":"SU0001"}\n'

    assert read(tmp_path, line) == [Message("t", AT, b"\n\x00\xff", b"SU0001")]


@pytest.mark.parametrize("name", ["log.ndjson", "log.ndjson.gz"])
def test_a_log_may_be_compressed_and_have_blank_lines(tmp_path: Path, name: str) -> None:
    line = '{"topic":"t","at":"2026-03-02T08:15:30+08:00","value":1}\n'

    assert len(read(tmp_path, line, "\n", line, "  \n", name=name)) == 2


def test_fields_that_nobody_knows_are_passed_over(tmp_path: Path) -> None:
    line = '{"topic":"t","at":"2026-03-02T08:15:30+08:00","value":null,"partition":3,"offset":9}\n'

    assert [message.payload for message in read(tmp_path, line)] == [b"null"]


def test_a_line_without_a_value_is_an_empty_message(tmp_path: Path) -> None:
    assert read(tmp_path, '{"topic":"t","at":"2026-03-02T08:15:30+08:00"}\n')[0].payload == b""


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        pytest.param("not json\n", "JSON is malformed", id="no JSON"),
        pytest.param('["topic"]\n', "Expected `object`", id="no object"),
        pytest.param('{"at":"2026-03-02T08:15:30+08:00","value":1}\n', "`topic`", id="no topic"),
        pytest.param('{"topic":"t","value":1}\n', "`at`", id="no arrival"),
        pytest.param('{"topic":"t","at":"2026-03-02T08:15:30","value":1}\n', "offset", id="no offset"),
        pytest.param('{"topic":"t","at":"soon","value":1}\n', "isoformat", id="no time"),
        pytest.param('{"topic":"t","at":1772410530,"value":1}\n', "Expected `str`", id="a number as time"),
        pytest.param(
            '{"topic":"t","at":"2026-03-02T08:15:30+08:00","value_base64":"*"}\n', "ase64", id="no base64"
        ),
        pytest.param(b'{"topic":"\xff"}\n', "UTF-8", id="no UTF-8"),
    ],
)
def test_what_is_no_line_is_told_with_its_number(tmp_path: Path, line: str | bytes, reason: str) -> None:
    good = '{"topic":"t","at":"2026-03-02T08:15:30+08:00","value":1}\n'

    with pytest.raises(Misconfigured, match="line 3: not a line of a recorded log") as told:
        read(tmp_path, good, "\n", line)

    assert reason.lower() in str(told.value).lower()


@pytest.mark.parametrize(
    "value",
    [
        r'{"OrderId": "\ud800",  "a":[2.50, 1e400]}',
        r'"\udc00\ud83d\ude97"',
        "[" + "9" * 5000 + r', "\ud800"]',
        r'{"a": {"topic": "\ud800", "value": ["}"]}}',
    ],
)
def test_a_value_with_half_of_a_pair_is_the_messages_bytes_as_they_stand(tmp_path: Path, value: str) -> None:
    at = '"at":"2026-03-02T08:15:30+08:00"'
    lines = [
        f'{{"topic":"t",{at},"value":{value},"key":"SU0001"}}\n',
        f'{{ {at}, "value" : {value} , "key": "SU0001", "topic": "t", "partition": 3 }}\n',
    ]

    assert read(tmp_path, *lines) == [Message("t", AT, value.encode(), b"SU0001")] * 2


@pytest.mark.parametrize(
    "value", [b'"\\ud800"', b"[" * 100_000 + b"]" * 100_000], ids=["half of a pair", "nested deeply"]
)
def test_json_that_few_can_read_is_written_as_base64(tmp_path: Path, value: bytes) -> None:
    line = write_line(Message("t", AT, value))

    assert b"value_base64" in line
    assert read(tmp_path, line) == [Message("t", AT, value)]


@pytest.mark.parametrize("more", ["", r', "key": "\ud800"'], ids=["whole", "with half of a pair"])
def test_a_line_nested_too_deeply_is_told_with_its_number(tmp_path: Path, more: str) -> None:
    deep = "[" * 100_000 + "]" * 100_000

    with pytest.raises(Misconfigured, match=r"log.ndjson, line 2: nested too deeply"):
        read(tmp_path, "\n", f'{{"topic":"t"{more},"value":{deep},"at":"2026-03-02T08:15:30+08:00"}}\n')


WHOLE = gzip.compress(b'{"topic":"t","at":"2026-03-02T08:15:30+08:00","value":1}\n' * 1000)


@pytest.mark.parametrize(
    ("damaged", "line"),
    [(b"xx", "0"), (WHOLE[:-8], "1000"), (WHOLE[:40] + b"\xff" * 20 + WHOLE[60:], "[0-9]+")],
    ids=["never compressed", "cut short", "spoilt"],
)
def test_a_damaged_file_is_told_with_the_line_reached(tmp_path: Path, damaged: bytes, line: str) -> None:
    log = tmp_path / "log.ndjson.gz"
    log.write_bytes(damaged)

    with pytest.raises(Misconfigured, match=f"log.ndjson.gz, after line {line}: cannot be read any further"):
        list(read_log(log))


messages = st.builds(
    Message,
    st.text("abcdefghij.-0123456789", min_size=1),
    st.integers(0, 4_000_000_000_000_000).map(Instant),
    st.one_of(
        st.binary(max_size=30),
        st.sampled_from(
            [b"", b"{}", b'{"a":\n1}', b" [1,2] ", b"null", b'"\xe6\xb2\xaa"', b"{\r\n}", b'"a\tb"']
        ),
    ),
    st.none() | st.text(max_size=9).map(str.encode),
)


@given(st.lists(messages, max_size=4))
def test_messages_written_and_read_are_the_same(written: list[Message]) -> None:
    """JSON may lose its line breaks: a log has one message a line."""
    with TemporaryDirectory() as folder:
        read_back = read(Path(folder), *map(write_line, written))

    assert [(one.topic, one.at, one.key) for one in read_back] == [
        (one.topic, one.at, one.key) for one in written
    ]
    assert [meant(one.payload) for one in read_back] == [meant(one.payload) for one in written]


def meant(payload: bytes) -> object:
    try:
        return ("json", msgspec.json.decode(payload))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return payload

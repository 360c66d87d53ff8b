"""Logs stay small while their writers keep writing, and end with words worth showing."""

from streams.supervisor.log_file import last_words, trim


def test_a_log_that_grew_too_large_is_moved_and_its_writer_goes_on(tmp_path):
    log = tmp_path / "judge.log"
    with log.open("ab", buffering=0) as writer:
        writer.write(b"old\n")

        trim(log, largest=3)
        writer.write(b"new\n")

    assert (tmp_path / "judge.log.1").read_bytes() == b"old\n"
    assert log.read_bytes() == b"new\n"


def test_a_log_of_the_largest_size_is_left_alone(tmp_path):
    log = tmp_path / "judge.log"
    log.write_bytes(b"old")

    trim(log, largest=3)

    assert log.read_bytes() == b"old"
    assert not (tmp_path / "judge.log.1").exists()


def test_the_last_words_are_the_last_line_that_says_something(tmp_path):
    log = tmp_path / "judge.log"
    log.write_text("first\nport 9101 is taken\n\n  \n")

    assert last_words(log) == "port 9101 is taken"
    assert last_words(tmp_path / "nobody.log") == ""

"""A platform's entry is added to platforms.toml and nothing else in the file changes."""

from pathlib import Path

import pytest

from regulator.config import load_config
from regulator.domain.errors import Misconfigured
from streams.onboarding.identity import checked, groups_of
from streams.onboarding.listing import Entry, Listing, spoken_for

BEFORE = """# Ours, by hand.

[moon]   # since 2025
name = "月亮约车"
companies = ["3101YPZC0002"]"""

SUNNY = Entry(
    name='晴天"出行', companies=("3101YPZC0001",), contact="值班 021-1", partitions=2, sandbox=False
)


def a_listing(folder: Path, before: str | None = BEFORE) -> Listing:
    if before is not None:
        (folder / "platforms.toml").write_text(before, "utf-8")
    return Listing(folder, "sunny")


def test_comments_and_other_entries_stay_as_they_are(tmp_path: Path) -> None:
    listing = a_listing(tmp_path)

    listing.append(SUNNY)

    assert listing.path.read_text("utf-8").startswith(BEFORE)
    assert set(load_config(tmp_path).platforms) == {"moon", "sunny"}


def test_what_was_said_is_what_is_read(tmp_path: Path) -> None:
    listing = a_listing(tmp_path)
    listing.append(SUNNY)

    read = load_config(tmp_path).platforms["sunny"]

    assert (read.name, read.partitions, read.companies) == ('晴天"出行', 2, {"3101YPZC0001"})
    assert listing.contradicts(SUNNY, read) == []
    assert listing.contradicts(Entry(companies=("X",), sandbox=True), read) == ["companies", "sandbox"]


def test_a_platform_may_write_a_citys_dialect(tmp_path: Path) -> None:
    listing = a_listing(tmp_path)
    listing.append(Entry(companies=("3101YPZC0001",), dialect="guangzhou"))

    platforms = load_config(tmp_path).platforms

    assert {slug: one.dialect for slug, one in platforms.items()} == {
        "moon": "ministry",
        "sunny": "guangzhou",
    }
    assert listing.contradicts(Entry(dialect="ministry"), platforms["sunny"]) == ["dialect"]


def test_a_folder_without_the_file_gets_one(tmp_path: Path) -> None:
    listing = a_listing(tmp_path, None)

    listing.append(SUNNY)

    assert set(load_config(tmp_path).platforms) == {"sunny"}
    assert [path.name for path in tmp_path.iterdir()] == ["platforms.toml"]


def test_who_may_read_the_file_does_not_change(tmp_path: Path) -> None:
    listing = a_listing(tmp_path)
    listing.path.chmod(0o640)

    listing.append(SUNNY)

    assert listing.path.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (Entry(), "which companies"),
        (Entry(companies=("3101 YPZC",)), "CompanyId"),
        (Entry(companies=('x"]\n[moon]',)), "CompanyId"),
        (Entry(companies=("X",), name="two\nlines"), "one line"),
    ],
)
def test_what_no_platform_can_have_is_refused(entry: Entry, said: str) -> None:
    with pytest.raises(Misconfigured, match=said):
        entry.check()


@pytest.mark.parametrize("slug", ["", "Sunny", "sun_ny", "sun.ny", "register", "captures", "x" * 65])
def test_a_slug_that_cannot_name_topics_is_refused(slug: str) -> None:
    with pytest.raises(Misconfigured):
        checked(slug)


def test_a_company_has_one_feed_and_any_number_of_sandboxes(tmp_path: Path) -> None:
    a_listing(tmp_path)
    platforms = load_config(tmp_path).platforms

    with pytest.raises(Misconfigured, match=r"\[moon\] speaks for it"):
        spoken_for(platforms, "sunny", Entry(companies=("3101YPZC0002",)))
    spoken_for(platforms, "moon-trial", Entry(companies=("3101YPZC0002",), sandbox=True))


def test_no_platform_s_groups_begin_as_another_s() -> None:
    assert not groups_of("sunny-2").startswith(groups_of("sunny"))

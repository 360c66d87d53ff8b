"""Configuration: what a folder lacks comes from the project's own, and every mistake is named."""

import re
from pathlib import Path

import pytest

from regulator.config import load_config
from regulator.config.areas import load_areas
from regulator.domain.errors import Misconfigured
from regulator.domain.instants import SECOND
from regulator.domain.licences import SourceName
from regulator.settings import DEFAULT_CONFIG

MISTAKES = Path(__file__).parent / "mistakes"


@pytest.mark.parametrize(
    ("mistake", "file", "place", "reason"),
    [
        ("platforms-not-toml", "platforms.toml", "line 1", "is not TOML"),
        ("platforms-without-companies", "platforms.toml", "sunny", "missing required field `companies`"),
        ("platforms-slug-in-capitals", "platforms.toml", "[Sunny]", "small letters, digits and hyphens"),
        ("platforms-companies-no-list", "platforms.toml", "sunny", "Expected `array`, got `str`"),
        ("platforms-slug-register", "platforms.toml", "line 1: register", "feed.register.… are not"),
        ("platforms-slug-captures", "platforms.toml", "line 1: captures", "feed.captures.… are not"),
        ("platforms-unknown-dialect", "platforms.toml", "sunny: dialect", "none of ministry, guangzhou"),
        ("sources-unknown-kind", "sources.toml", "city: kinds", "fishing_permit is none of"),
        ("sources-required-in-words", "sources.toml", "city", "Expected `bool`, got `str`"),
        ("sources-grace-in-words", "sources.toml", "grace_seconds", "Expected `float`, got `str`"),
        ("sources-grace-no-number", "sources.toml", "line 1: city: grace_seconds", "nan is none: 0 or more"),
        ("sources-grace-without-end", "sources.toml", "line 1: city: grace_seconds", "inf is none"),
        ("sources-grace-below-zero", "sources.toml", "line 1: city: grace_seconds", "-5.0 is none"),
        ("limits-without-a-date", "limits.toml", "untimely_before_seconds", "missing required field `from`"),
        ("limits-impossible-day", "limits.toml", "line 1, column 37", "Invalid date"),
        ("limits-value-in-words", "limits.toml", "$[0].value", "Expected `float`, got `str`"),
        ("limits-misspelt-key", "limits.toml", "untimely_before_seconds", "unknown field `unit`"),
        ("limits-same-day-twice", "limits.toml", "untimely_before_seconds", "two values from 2026-02-28"),
        ("identities-misspelt-key", "identities.toml", "driver_filler", "unknown field"),
        ("areas-no-geojson", "areas/city.geojson", "line 1", "is no GeoJSON FeatureCollection"),
        ("areas-without-adcode", "areas/city.geojson", "feature 0", "'adcode' is missing"),
        ("areas-adcode-of-four-digits", "areas/city.geojson", "feature 0", "six digits, not '3101'"),
        ("areas-without-datum", "areas/city.geojson", "feature 0", "datum must be one of"),
        ("areas-unknown-datum", "areas/city.geojson", "feature 0", "not 'GCJ-20'"),
        ("areas-without-features", "areas/city.geojson", "NoneType", "is no GeoJSON FeatureCollection"),
        ("areas-without-geometry", "areas/city.geojson", "feature 0", "geometry must be a Polygon"),
        ("areas-of-a-point", "areas/city.geojson", "feature 0", "geometry must be a Polygon"),
        ("areas-self-crossing", "areas/city.geojson", "feature 0", "Self-intersection[121.5 31.5]"),
    ],
)
def test_a_mistake_is_told_with_file_place_and_reason(
    mistake: str, file: str, place: str, reason: str
) -> None:
    with pytest.raises(Misconfigured) as told:
        load_areas(load_config(MISTAKES / mistake).areas)

    text = str(told.value)
    assert f"{mistake}/{file}" in text
    assert place in text
    assert reason in text


def test_every_file_of_mistakes_is_tried() -> None:
    tried = re.findall(r'^        \("([a-z-]+)", ', Path(__file__).read_text("utf-8"), re.MULTILINE)

    assert sorted(tried) == sorted(path.name for path in MISTAKES.iterdir())


def test_what_is_no_folder_is_told(tmp_path: Path) -> None:
    with pytest.raises(Misconfigured, match="is not a folder"):
        load_config(tmp_path / "nowhere")


def test_a_file_that_the_folder_lacks_is_the_projects_own(tmp_path: Path) -> None:
    (tmp_path / "platforms.toml").write_text('[sunny]\ncompanies = ["3101YPZC0001", "3101YPZC0002"]\n')

    config, default = load_config(tmp_path), load_config(DEFAULT_CONFIG)

    assert config.companies == {"3101YPZC0001", "3101YPZC0002"}
    assert config.sources == default.sources
    assert config.driver_fillers == default.driver_fillers
    assert config.areas == default.areas


def test_the_folder_of_areas_is_taken_whole(tmp_path: Path) -> None:
    (tmp_path / "areas").mkdir()

    assert list(load_areas(load_config(tmp_path).areas)) == []


def test_a_source_says_its_kinds_its_rank_and_its_grace(tmp_path: Path) -> None:
    (tmp_path / "sources.toml").write_text(
        '[city]\nkinds = ["vehicle_permit", "episode"]\nprecedence = 2\nrequired = true\n'
        'grace_seconds = 1.5\n[extra]\nkinds = ["driver_certificate"]\n'
    )

    sources = load_config(tmp_path).sources

    city, extra = (sources[name] for name in sorted(sources))
    assert sorted(city.kinds) == ["episode", "vehicle_permit"]
    assert (city.precedence, city.required) == (2, True)
    assert city.grace == 1.5 * SECOND
    assert (extra.precedence, extra.required, extra.grace) == (1, False, 0)


def test_fillers_are_compared_in_upper_case(tmp_path: Path) -> None:
    (tmp_path / "identities.toml").write_text('driver_fillers = ["unknown"]\n')

    assert load_config(tmp_path).driver_fillers == {"UNKNOWN"}


def test_the_projects_own_configuration_is_right() -> None:
    config = load_config()

    assert config.platforms
    assert config.sources
    assert list(load_areas(config.areas))


def test_a_key_that_is_not_known_is_without_effect_and_told(tmp_path: Path) -> None:
    (tmp_path / "platforms.toml").write_text(
        '[sunny]\ncompanies = ["A"]\ncontact = { tel = 1 }\nowner = "x"\n'
    )
    (tmp_path / "sources.toml").write_text('[city]\nkinds = ["vehicle_permit"]\ngrace = 60\n')

    config = load_config(tmp_path)

    assert config.not_understood == ("platforms.toml: [sunny] owner", "sources.toml: [city] grace")
    assert config.sources[SourceName("city")].grace == 0

"""The words of departments' files come from configuration; a slip in it is named by file and place."""

import pytest

from regulator.commands.register.columns import load_dialect
from regulator.domain.episodes import EpisodeStep
from regulator.domain.errors import Misconfigured
from regulator.domain.licences import LicenceKind, SourceName
from regulator.wire.register_dialect import COLUMNS

CITY = SourceName("city")


def dialect(folder, text):
    (folder / "register-columns.toml").write_text(text, "utf-8")
    return load_dialect(CITY, folder)


def test_the_projects_own_words_are_chinese_and_english():
    words = load_dialect(CITY)

    assert words.heads.keys() == set(COLUMNS)
    assert "运输证号" in words.heads["certificate"]
    assert words.kinds["网络预约出租汽车运输证"] is LicenceKind.VEHICLE_PERMIT
    assert words.states["吊销"] == "revoked"
    assert words.events["清退"] is EpisodeStep.REMOVED
    assert "长期" in words.endless


def test_the_words_of_the_contract_count_in_every_dialect(tmp_path):
    words = dialect(tmp_path, '[columns]\ncertificate = ["编号"]\n')

    assert words.heads["certificate"] == ("编号", "certificate")
    assert words.heads["state"] == ("state",)
    assert words.states["valid"] == "valid"


def test_a_sources_own_ways_go_before_everybodys(tmp_path):
    words = dialect(
        tmp_path,
        """
        [columns]
        certificate = ["证号"]
        [states]
        valid = ["在册"]
        [source.city.columns]
        certificate = ["备案 编号（新）"]
        [source.city.states]
        cancelled = ["在册"]
        [source.city.always]
        kind = "vehicle_permit"
        [source.other.always]
        area = "110000"
        """,
    )

    assert words.heads["certificate"] == ("备案编号", "certificate")
    assert words.states["在册"] == "cancelled"
    assert words.always == {"kind": "vehicle_permit"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('[columns]\nlicence = ["x"]', r"\[columns\] licence is none of"),
        ('[states]\ngone = ["x"]', r"\[states\] gone is none of"),
        ('[states]\nvalid = ["x"]\nrevoked = [" X"]', r"\[states\] x means both valid and revoked"),
        ('[source.city.always]\nplate = "x"', r"plate is none of"),
        ("[columns]\ncertificate = 7", "Expected `array`"),
        ("[colums]", "colums"),
        ("columns = ", "is not TOML"),
    ],
)
def test_a_slip_is_named(tmp_path, text, said):
    with pytest.raises(Misconfigured, match=said) as caught:
        dialect(tmp_path, text)

    assert "register-columns.toml" in str(caught.value)

"""What the tests of the pages take as configured: districts, sources, companies, and where people go."""

from pathlib import Path

from regulator.config import load_config
from regulator.config.areas import load_areas
from regulator.domain.instants import SECOND
from regulator.domain.licences import (
    SourceName,
)
from regulator.domain.register import Source
from regulator.secrets import Secrets
from regulator.store.explaining import office_of

AREAS = load_areas(Path(__file__).parents[2] / "config" / "areas")
SOURCES = {
    SourceName(name): Source(
        name=SourceName(name), kinds=frozenset({kind}), precedence=1, required=True, grace=60 * SECOND
    )
    for name, kind in (
        ("platform-permits", "platform_permit"),
        ("vehicle-permits", "vehicle_permit"),
        ("driver-certificates", "driver_certificate"),
    )
}
OFFICE = office_of(
    load_config(),
    Secrets(pseudonym_key=b"p", finding_key=b"a test's findings", encryption_key=b"", cookie_key=b""),
)
COMPANIES = {
    "3101YPZCYS01": "青禾出行（演示）",
    "3101YPZCYS02": "云桥约车（演示）",
    "3101YPZCYS03": "星渡出行（演示）",
    "3101YPZCYS04": "白鹭专车（演示）",
    "3101YPZCYS05": "木棉快车（演示）",
}
DESTINATIONS = (
    ("虹桥火车站 P10 停车场", 121.3203, 31.1940),
    ("浦东国际机场 T2 出发层", 121.8060, 31.1510),
    ("上海南站 北广场", 121.4294, 31.1546),
    ("徐家汇 港汇恒隆广场", 121.4365, 31.1948),
    ("陆家嘴 国金中心商场", 121.4986, 31.2386),
    ("静安寺 久光百货", 121.4466, 31.2240),
    ("五角场 合生汇", 121.5140, 31.3010),
    ("人民广场 来福士", 121.4760, 31.2340),
    ("新天地 南里", 121.4750, 31.2190),
    ("七宝 万科广场", 121.3560, 31.1560),
    ("上海站 南广场", 121.4553, 31.2496),
    ("张江 长泰广场", 121.6020, 31.2030),
)

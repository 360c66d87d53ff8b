"""The 16 districts of Shanghai (GB/T 2260) that the demonstration names."""

from collections.abc import Mapping
from types import MappingProxyType

CITY = 310000
"""Stands for a place in no district: a GPS fault in the river or in the sea."""

NAMES: Mapping[int, str] = MappingProxyType(
    {
        CITY: "上海市",
        310101: "黄浦区",
        310104: "徐汇区",
        310105: "长宁区",
        310106: "静安区",
        310107: "普陀区",
        310109: "虹口区",
        310110: "杨浦区",
        310112: "闵行区",
        310113: "宝山区",
        310114: "嘉定区",
        310115: "浦东新区",
        310116: "金山区",
        310117: "松江区",
        310118: "青浦区",
        310120: "奉贤区",
        310151: "崇明区",
    }
)

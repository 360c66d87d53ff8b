"""Colours of cars in Chinese, as a permit would say them."""

_CHINESE = {
    "BEIGE": "米",
    "BLACK": "黑",
    "BLUE": "蓝",
    "BROWN": "棕",
    "BURGUNDY": "酒红",
    "CREAM": "米",
    "GOLD": "金",
    "GRAY": "灰",
    "GREEN": "绿",
    "LAVENDER": "淡紫",
    "MAROON": "栗",
    "ORANGE": "橙",
    "PINK": "粉",
    "PURPLE": "紫",
    "RED": "红",
    "SILVER": "银",
    "TAN": "棕黄",
    "TURQUOISE": "青",
    "WHITE": "白",
    "YELLOW": "黄",
}


def chinese(colour: str) -> str:
    """Translate a colour of the source; blank where it names none.

    >>> chinese("MAROON WITH WHITE STRIPES")
    '栗白色'
    """
    words = (_CHINESE.get(word, "") for word in colour.replace("/", " ").split())
    named = "".join(dict.fromkeys(words))
    return named + "色" if named else ""

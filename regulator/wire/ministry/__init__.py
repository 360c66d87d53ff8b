"""The ministry's data interface (网络预约出租汽车监管信息交互平台), as it was published in 2016.

``table`` says what a message looks like; everything else here is generated from it or walks it.
"""

from regulator.wire.ministry.border import Border

__all__ = ["Border"]

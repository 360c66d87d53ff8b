"""Code lists of the interface that are known; a list that was never seen is not checked.

Not checked, because nobody published the list or senders write words: PlateColor, FuelType,
CheckState, a permit's State, DriverNation, DriverType (which may name several classes at once).
"""

ENCRYPT = (0, 1, 2, 3, 4)
"""Datums: 1 GCJ-02, 2 WGS-84, 3 BD-09, 4 CGCS2000, 0 其他."""

BIZ_STATUS = (1, 2, 3, 4)
"""1 载客, 2 接单, 3 空驶, 4 停运."""

FLAG = (1, 2, 3)
"""What a base record does to what was reported before: 1 新增, 2 更新, 3 删除."""

STATE = (0, 1)
"""0 有效, 1 失效."""

SERVICE = (1, 2, 3)
"""CommercialType: 1 网约, 2 巡游, 3 私人小客车合乘."""

YES_NO = (1, 0)
"""1 是, 0 否."""

NETWORK = (1, 2, 3, 4)
"""NetType: 1 联通, 2 移动, 3 电信, 4 其他."""

MAP = (1, 2, 3)
"""MapType: 1 百度, 2 高德, 3 其他."""

OPERATOR = ("1", "2", "3")
"""Who cancelled: 1 乘客, 2 驾驶员, 3 平台公司."""

CANCEL_TYPE = ("1", "2", "3", "4", "5")
"""1 乘客提前撤销, 2 驾驶员提前撤销, 3 平台公司撤销, 4 乘客违约撤销, 5 驾驶员违约撤销."""

SETTLED = ("0", "1", "2")
"""PayState: 0 未结算, 1 已结算, 2 未知."""

INVOICED = ("0", "1", "2")
"""InvoiceStatus: 0 未开票, 1 已开票, 2 未知."""

REPAIRED = ("0", "1", "2")
"""FixState: 0 未检修, 1 已检修, 2 未知."""

GENDER = ("0", "1", "2", "5", "6", "9")
"""DriverGender: 1 男, 2 女, 0 未知; the others are admitted by the platform that receives them."""

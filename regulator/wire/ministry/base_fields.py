"""Fields of the base messages (基本信息)."""

from regulator.wire.ministry.fields import Field, Kind, optional

FLAG = (1, 2, 3)
"""What a base record does to what was reported before: 1 新增, 2 更新, 3 删除."""

TOTAL_MILE = (
    Field(1, "CompanyId", Kind.TEXT, "V32"),
    Field(2, "Address", Kind.COUNT, "F6"),
    Field(3, "VehicleNo", Kind.TEXT, "V32"),
    Field(4, "TotalMile", Kind.DECIMAL, "V64"),
    Field(5, "Flag", Kind.COUNT, "F1", codes=FLAG),
    Field(6, "UpdateTime", Kind.MOMENT, "F14"),
    optional(7, "Reserved", Kind.TEXT),
)

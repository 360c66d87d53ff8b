"""Tables are read row by row from what departments save: texts of several encodings, and workbooks."""

from datetime import datetime

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import MAC_EPOCH

from regulator.wire.spreadsheets import BadFile, read_table

ROWS = [(1, ["证号", "车牌号"]), (3, ["沪交运管许可1", "沪AD12345"])]


def text(folder, content, name="register.csv"):
    file = folder / name
    file.write_bytes(content)
    return file


def workbook(folder, **sheets):
    book = Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(folder / "register.xlsx")
    return folder / "register.xlsx"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_text_in_any_encoding_with_any_delimiter(tmp_path, encoding, delimiter):
    lines = ["证号,车牌号", ",", " 沪交运管许可1 ,沪AD12345"]
    content = "\r\n".join(lines).replace(",", delimiter).encode(encoding)

    assert list(read_table(text(tmp_path, content))) == ROWS


def test_a_line_break_in_a_cell_ends_no_row(tmp_path):
    file = text(tmp_path, '证号,备注\n1,"甲\n乙"\n2,x\n'.encode())

    assert list(read_table(file))[1:] == [(2, ["1", "甲\n乙"]), (3, ["2", "x"])]


def test_a_workbooks_cells_come_as_they_are(tmp_path):
    day = datetime.fromisoformat("2024-03-01")
    file = workbook(tmp_path, 名单=[["证号", "有效期起", "区域"], [None, None, None], [" 1 ", day, 310000]])

    assert list(read_table(file)) == [(1, ["证号", "有效期起", "区域"]), (3, ["1", day, 310000])]


def test_of_several_sheets_the_filled_one_is_read_or_the_named_one(tmp_path):
    one = workbook(tmp_path, 封面=[], 名单=[["证号"]])
    assert list(read_table(one)) == [(1, ["证号"])]

    two = workbook(tmp_path, 车辆=[["证号"]], 人员=[["姓名"]])
    assert list(read_table(two, sheet="人员")) == [(1, ["姓名"])]
    with pytest.raises(BadFile, match="2 sheets with cells: choose one by --sheet"):
        list(read_table(two))
    with pytest.raises(BadFile, match=r"no sheet '名单' .there: 车辆, 人员"):
        list(read_table(two, sheet="名单"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + b"x" * 100, "old Excel file .* save it as .xlsx"),
        (b"PK\x03\x04 and no more", "no Excel workbook"),
        (b"<html><table>", "web page"),
        (b"\xff\xff\xff\xff", "neither UTF-8 nor GB 18030"),
        (b'a,b\n"half', "cannot be read as CSV"),
    ],
    ids=["xls", "half a zip", "html", "bytes", "half a quotation"],
)
def test_a_file_that_is_no_table_is_refused_by_what_it_is(tmp_path, content, said):
    with pytest.raises(BadFile, match=said):
        list(read_table(text(tmp_path, content, "register.xls")))


def test_a_workbook_that_counts_from_1904_is_refused(tmp_path):
    book = Workbook()
    book.epoch = MAC_EPOCH
    book.active.append(["证号"])
    book.save(tmp_path / "mac.xlsx")

    with pytest.raises(BadFile, match="1904"):
        list(read_table(tmp_path / "mac.xlsx"))


def test_how_far_it_is_read_adds_up_to_the_file(tmp_path):
    csv = text(tmp_path, ("证号,车牌号\n" * 20_000).encode())
    xlsx = workbook(tmp_path, 名单=[["沪交运管许可", index] for index in range(3_000)])

    for file in (csv, xlsx):
        steps: list[int] = []
        list(read_table(file, on_bytes=steps.append))
        assert sum(steps) == file.stat().st_size

"""Files of any shape give the same table; broken ones say what is wrong with them."""

from __future__ import annotations

import random
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from leadline.imports import reading
from leadline.imports.faults import BrokenFile

ROWS = [["Deal name", "Value", "Note"], ["Café GmbH", "1200", "two\nlines"], ["Żółw", "7", ""]]


def text(rows: list[list[str]], mark: str, ends: str = "\n") -> str:
    quoted = [[f'"{cell}"' if mark in cell or "\n" in cell else cell for cell in row] for row in rows]
    return ends.join(mark.join(row) for row in quoted) + ends


def all_rows(path: Path) -> list[list[reading.Row]]:
    return [list(sheet.rows()) for sheet in reading.sheets(path)]


def cells(path: Path) -> list[list[str]]:
    (sheet,) = reading.sheets(path)
    return [list(sheet.headings), *(row.cells for row in sheet.rows())]


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ends", ["\n", "\r\n"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_delimiters_line_ends_and_encodings(tmp_path: Path, mark: str, ends: str, encoding: str) -> None:
    path = tmp_path / "deals.csv"
    path.write_bytes(text(ROWS, mark, ends).encode(encoding))
    assert cells(path) == ROWS


def test_latin_and_windows_encodings(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    rows = [["Name", "Land"], ["Müller & Söhne", "Österreich"], ["Société Générale – Paris", "Frankreich"]]
    path.write_bytes(text(rows, ";").encode("cp1252"))
    assert cells(path) == rows


def test_a_late_foreign_byte_is_found(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_bytes(b"Name,Value\n" + b"Acme,1\n" * 400_000 + "Société,2\n".encode("cp1252"))
    (sheet,) = reading.sheets(path)
    assert [row.cells for row in sheet.rows()][-1] == ["Société", "2"]


def test_cyrillic_in_its_own_encoding(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    rows = [["Сделка", "Клиент"], ["Монтаж панелей на складе", "БашКомплект"], ["Поставка каркасов", "СеверМонтаж"]] * 5
    path.write_bytes(text(rows, ",").encode("cp1251"))
    assert cells(path)[1] == rows[1]


def test_repeated_headings_blank_lines_and_empty_columns_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Name,Value,,\nA,1,,\n\n,,,\nName,Value,,\nB,2,,\n")
    (sheet,) = reading.sheets(path)
    assert sheet.headings == ("Name", "Value")
    assert [(row.number, row.cells, row.extra) for row in sheet.rows()] == [(2, ["A", "1"], []), (6, ["B", "2"], [])]


def test_titles_above_the_headings(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text("Opportunity report,,\n,,\nName,Stage,Amount\nA,Won,1\n")
    (sheet,) = reading.sheets(path)
    assert (sheet.heading_row, sheet.headings) == (3, ("Name", "Stage", "Amount"))


def test_ragged_rows_are_told_from_short_ones(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Name,Value\nA,1,oops\nB\nC,3\n")
    (sheet,) = reading.sheets(path)
    assert [(row.extra, row.missing) for row in sheet.rows()] == [(["oops"], 0), ([], 1), ([], 0)]


def test_headings_that_occur_twice(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_text("Email,Email,Name\na@x.org,b@x.org,A\n")
    (sheet,) = reading.sheets(path)
    assert sheet.headings == ("Email", "Email (2)", "Name")


def workbook(path: Path) -> Path:
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Deals")
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for column, heading in enumerate(["Deal name", "Created", "Raw serial", "Value", "As text"]):
        sheet.write(0, column, heading)
    sheet.write_string(1, 0, "A")
    sheet.write_number(1, 1, 45631, day)
    sheet.write_number(1, 2, 45631)
    sheet.write_number(1, 3, 4000.5)
    sheet.write_string(1, 4, "007")
    book.add_worksheet("Empty")
    book.close()
    return path


@pytest.mark.parametrize("name", ["deals.xlsx", "deals.csv"])
def test_a_workbook_is_known_by_its_bytes(tmp_path: Path, name: str) -> None:
    assert cells(workbook(tmp_path / name))[1] == ["A", "2024-12-05", "45631", "4000.5", "007"]


def test_a_text_table_named_xlsx(tmp_path: Path) -> None:
    path = tmp_path / "deals.xlsx"
    path.write_text("Name,Value\nA,1\n")
    assert cells(path) == [["Name", "Value"], ["A", "1"]]


BROKEN = {
    "empty": b"",
    "blank": b"\n\r\n \n",
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(range(256)),
    "a PDF": b"%PDF-1.7 text text",
    "a damaged workbook": b"PK\x03\x04" + b"\x00" * 500,
    "an encrypted workbook": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    + "EncryptedPackage".encode("utf-16-le")
    + b"\x00" * 500,
    "binary": bytes(range(256)) * 20,
    "an open quotation mark": b'Name,Value\nA,1\nB,"2\nC,3\nD,4\n',
    "numbers only": b"1,2,3\n4,5,6\n",
    "cut UTF-16": "Name,Value\nA,1\n".encode("utf-16")[:-1],
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_broken_files_say_what_is_wrong_and_how_to_mend_it(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "deals.csv"
    path.write_bytes(content)
    with pytest.raises(BrokenFile) as broken:
        all_rows(path)
    assert broken.value.reason
    assert broken.value.mend


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(BrokenFile):
        reading.sheets(tmp_path / "nothing.csv")


def test_damaged_bytes_never_raise_anything_but_a_broken_file(tmp_path: Path, table: Callable[..., Path]) -> None:
    chance = random.Random(5)
    whole = [
        workbook(tmp_path / "w.xlsx").read_bytes(),
        text(ROWS * 30, ",").encode(),
        text(ROWS * 30, ";").encode("utf-16"),
    ]
    for turn in range(150):
        content = bytearray(chance.choice(whole))
        for _ in range(chance.randint(1, 40)):
            content[chance.randrange(len(content))] = chance.randrange(256)
        content = content[: chance.randint(1, len(content))]
        path = tmp_path / f"fuzz-{turn}.csv"
        path.write_bytes(content)
        try:
            all_rows(path)
        except BrokenFile:
            pass


def test_a_stray_cell_far_outside_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stray.xlsx"
    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["Deal ID", "Title"])
    sheet.write(1048575, 16383, "x")
    book.close()
    with pytest.raises(BrokenFile, match="far outside"):
        reading.sheets(path)


def test_a_nul_byte_deep_in_the_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "deals.csv"
    path.write_bytes(b"Deal ID,Title\n" + b"1,good\n" * 20_000 + b"2,b\x00d\n")
    with pytest.raises(BrokenFile, match="NUL"):
        all_rows(path)


@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"])
def test_a_workbook_packed_very_small_is_refused_unread(tmp_path: Path, part: str) -> None:
    path = workbook(tmp_path / "bomb.xlsx")
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            with book.open(name, "w") as out:
                for _piece in range(110) if name == part else ():
                    out.write(b" " * 2**20)
                out.write(text)
    assert path.stat().st_size < 2**20
    with pytest.raises(BrokenFile, match="unpacks to 110 MB"):
        reading.sheets(path)

"""CSV: encodings, delimiters, broken rows that cost only themselves."""

from __future__ import annotations

import pytest

from complaintflow.errors import RegisterError
from complaintflow.simulation.register.csvfile import decode, parse_csv
from complaintflow.simulation.register.sheet import Layout, Sheet

CHINESE = "客诉编号,客户名称\nA-1,远程重卡\n"


def cells(sheet: Sheet) -> list[tuple[int, list[str]]]:
    return [(row.line, list(row.cells.values())) for row in sheet.rows]


class TestDecode:
    """decode(data, file, encoding)"""

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
    def test_the_usual_encodings_are_found_out(self, encoding: str) -> None:
        assert decode(CHINESE.encode(encoding), "x.csv") == CHINESE

    def test_a_rare_character_needs_gb18030(self) -> None:
        assert decode("龘𠮷".encode("gb18030"), "x.csv") == "龘𠮷"

    def test_a_named_encoding_is_used(self) -> None:
        assert decode("naïve".encode("latin-1"), "x.csv", "latin-1") == "naïve"

    def test_bytes_that_are_no_text_are_refused(self) -> None:
        with pytest.raises(RegisterError, match="save it as CSV UTF-8") as caught:
            decode(b"a,b\n\xff\xff\xff", "x.csv")
        assert caught.value.problems[0].file == "x.csv"

    def test_an_unknown_encoding_says_what_would_work(self) -> None:
        with pytest.raises(RegisterError, match="such as 'utf-8' or 'gb18030'"):
            decode(b"a", "x.csv", "klingon")


class TestParse:
    """parse_csv(text, file, layout)"""

    def test_rows_know_their_lines(self) -> None:
        sheet = parse_csv("a,b\n1,2\n\n3,4\n", "x.csv")
        assert cells(sheet) == [(2, ["1", "2"]), (4, ["3", "4"])]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_the_usual_delimiters_are_found_out(self, delimiter: str) -> None:
        text = f"a{delimiter}b\n1{delimiter}2\n"
        assert cells(parse_csv(text, "x.csv")) == [(2, ["1", "2"])]

    def test_a_delimiter_inside_quotes_does_not_count(self) -> None:
        assert parse_csv('"a,a,a";b\n1;2\n', "x.csv").headings == ("a,a,a", "b")

    def test_a_named_delimiter_is_used(self) -> None:
        sheet = parse_csv("a~b,c\n1~2,3\n", "x.csv", Layout(delimiter="~"))
        assert cells(sheet) == [(2, ["1", "2,3"])]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_all_line_ends(self, end: str) -> None:
        assert cells(parse_csv(f"a,b{end}1,2{end}", "x.csv")) == [(2, ["1", "2"])]

    def test_a_cell_may_hold_lines_and_quotes(self) -> None:
        sheet = parse_csv('a,b\n1,"x\ny ""z"""\n2,3\n', "x.csv")
        assert cells(sheet) == [(2, ["1", 'x\ny "z"']), (4, ["2", "3"])]

    def test_a_quote_that_never_closes_costs_one_row(self) -> None:
        sheet = parse_csv('a,b\n1,2\n3,"4\n5,6\n7,8\n', "x.csv")
        assert cells(sheet) == [(2, ["1", "2"]), (4, ["5", "6"]), (5, ["7", "8"])]
        (broken,) = sheet.broken
        assert (broken.line, broken.reasons[0].code) == (3, "broken_quotes")

    def test_two_stray_quotes_do_not_swallow_the_rows_between_them(self) -> None:
        sheet = parse_csv('a,b\n1,"2\n3,4\n5",6\n7,8\n', "x.csv")
        assert [row.line for row in sheet.rows] == [3, 4, 5]
        assert [each.line for each in sheet.broken] == [2]

    def test_more_cells_than_headings_are_rejected_unless_they_are_empty(self) -> None:
        sheet = parse_csv("a,b\n1,2,\n1,2,3\n", "x.csv")
        assert [row.line for row in sheet.rows] == [2]
        assert sheet.broken[0].text("en") == "the row has 3 cells under 2 headings"

    def test_fewer_cells_than_headings_are_empty_cells(self) -> None:
        (row,) = parse_csv("a,b\n1\n", "x.csv").rows
        assert (row["a"], row["b"]) == ("1", "")

    def test_a_cell_that_is_too_long_costs_one_row(self) -> None:
        sheet = parse_csv("a,b\n" + "x" * 200_000 + ",1\n3,4\n", "x.csv")
        assert cells(sheet) == [(3, ["3", "4"])]
        assert sheet.broken[0].reasons[0].code == "unreadable"

    def test_two_hundred_columns(self) -> None:
        heads = ",".join(f"c{n}" for n in range(200))
        row = ",".join(str(n) for n in range(200))
        (read,) = parse_csv(f"{heads}\n{row}\n", "x.csv").rows
        assert (len(read.cells), read["c199"]) == (200, "199")

    def test_headings_may_stand_below_a_title(self) -> None:
        sheet = parse_csv("Register of 2026,\n,\na,b\n1,2\n", "x.csv", Layout(header=3))
        assert (sheet.headings, cells(sheet)) == (("a", "b"), [(4, ["1", "2"])])

    @pytest.mark.parametrize("text", ["", "\n\n", ",,\n"])
    def test_an_empty_file_is_no_register(self, text: str) -> None:
        with pytest.raises(RegisterError, match=r"x\.csv is empty"):
            parse_csv(text, "x.csv")

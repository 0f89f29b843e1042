"""docs/import.md tells the columns and kinds as they are, compared line by line."""

from pathlib import Path

from danchu.register.imports.columns import COLUMNS
from danchu.register.imports.samples import kind_lines
from danchu.register.kinds import KINDS

PAGE = Path(__file__).parents[2] / "docs" / "import.md"


def columns_table():
    lines = ["| Cột | Tên | Bắt buộc | Cách ghi |", "|---|---|---|---|"]
    return [
        *lines,
        *(
            f"| `{c.key}` | {c.vi} | {'có' if c.needed else ''} | {c.help} |"
            for c in COLUMNS.values()
        ),
    ]


def kinds_table():
    lines = ["| Mã | Tên | Hình thức | Các cột số |", "|---|---|---|---|"]
    return [
        *lines,
        *(
            f"| `{key}` | {name} | {forms} | {numbers} |"
            for key, name, forms, numbers in kind_lines(KINDS.values())
        ),
    ]


def between(text, name):
    return text.split(f"<!-- {name} -->\n")[1].split(f"\n<!-- /{name} -->")[0].splitlines()


def test_the_page_tells_the_columns_and_kinds_as_they_are():
    text = PAGE.read_text(encoding="utf-8")
    assert between(text, "columns") == columns_table()
    assert between(text, "kinds") == kinds_table()

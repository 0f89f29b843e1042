"""docs/generated/rights.md: the rights table for readers, generated from office_kinds.toml."""

from danchu.people.loading import rights_of, rights_table

HEAD = """# Ai được làm gì / Who may do what

<!-- Made by `danchu people rights --write` from danchu/people/office_kinds.toml. Do not edit.
-->

Một quyền gồm **việc** × **loại hồ sơ** × **phạm vi**: có hiệu lực trong đơn vị nơi giữ chức trách
và mọi đơn vị bên dưới, trong những ngày giữ chức trách. Hồ sơ của một xã đã chia cho nhiều xã thì
các xã đó đều xem được, nhưng chỉ cấp trên được sửa. Người chưa đăng nhập chỉ xem những gì công
khai.

A right is a **verb** × a **kind of record** × a **scope**: it holds in the unit where the office
is held and in all units below it, on the days on which it is held. ★ = the office needs a second
factor.
"""


def rights_page():
    """The page as Markdown."""
    table = rights_table()
    verbs = table["verbs"]
    kinds = table["kinds"]
    lines = [HEAD]
    for key, office in table["offices"].items():
        star = " ★" if office.get("second_factor") else ""
        lines += [
            f"## {office['vi']}{star}",
            "",
            f"`{key}` · {office['en']}",
            "",
            "| việc | loại hồ sơ |",
            "|---|---|",
        ]
        rights = rights_of(key)
        for verb, words in verbs.items():
            kinds_of_verb = {kind for right, kind in rights if right == verb}
            if kinds_of_verb:
                kind_names = (
                    "mọi loại"
                    if "*" in kinds_of_verb
                    else ", ".join(kinds[kind] for kind in kinds if kind in kinds_of_verb)
                )
                lines.append(f"| {words} (`{verb}`) | {kind_names} |")
        lines.append("")
    return "\n".join(lines)

"""docs/generated/rights.md: the rights table as people read it, made from office_kinds.toml."""

from danchu.people.loading import declared, rights_of

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
    """The page as text."""
    table = declared()
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
        given = rights_of(key)
        for verb, words in verbs.items():
            of = {kind for right, kind in given if right == verb}
            if of:
                named = (
                    "mọi loại"
                    if "*" in of
                    else ", ".join(kinds[kind] for kind in kinds if kind in of)
                )
                lines.append(f"| {words} (`{verb}`) | {named} |")
        lines.append("")
    return "\n".join(lines)

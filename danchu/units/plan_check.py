"""A plan held against the map: every reference resolved, every rule asked, all problems told at
once.
"""

from collections import Counter, defaultdict
from fractions import Fraction

from django.utils.translation import gettext as _

from danchu.kernel.boundaries import RANK, WHOLE
from danchu.kernel.days import show_day
from danchu.units.kinds import KINDS_OF
from danchu.units.models import Decree, Reorganisation, Standing
from danchu.units.plan_file import CODE_LENGTH
from danchu.units.plan_references import References, Resolved


def check_plan(plan) -> list[str]:
    """Every reason why the plan cannot be applied, in Vietnamese, with the entry it is about;
    [] when it can.
    """
    return resolve(plan).problems


def resolve(plan) -> Resolved:
    """The plan with its references resolved and its problems listed."""
    return _Checker(plan).resolved()


class _Checker(References):
    """Asks every rule in the order in which one answer rests on another."""

    def __init__(self, plan):
        super().__init__(plan)
        self.named_ends = set()

    def resolved(self):
        if not self.check_decree():
            return self.out
        self.check_ends()
        self.check_begins()
        self.check_standings()
        self.check_successions()
        self.move_children()
        self.check_parents()
        self.check_codes()
        self.check_bodies()
        return self.out

    def check_decree(self):
        plan = self.plan
        if Reorganisation.objects.filter(file_hash=plan.file_hash).exists():
            self.no(None, _("Tệp này đã được áp dụng."))
            return False
        if plan.issued_on and plan.issued_on > plan.on:
            self.no(None, _("Văn bản ban hành sau ngày có hiệu lực của sắp xếp."))
        known = Decree.objects.filter(number=plan.number).first()
        if known and known.issued_on and plan.issued_on and known.issued_on != plan.issued_on:
            self.no(None, _("Văn bản {number} đã có với ngày ban hành khác."), number=plan.number)
        return True

    def check_ends(self):
        for entry in self.plan.ends:
            unit = self.unit(entry.line, entry.unit)
            if unit is None:
                continue
            self.named_ends.add(unit)
            if isinstance(unit, str):
                self.no(entry.line, _("“{key}” vừa được lập trong tệp này."), key=unit)
            elif unit in self.out.ends:
                self.no(
                    entry.line, _("{name} đã được kết thúc ở mục khác."), name=self.names[unit].name
                )
            elif self.names[unit].level == "nation":
                self.no(entry.line, _("không thể kết thúc cả nước."))
            elif self.lasting(entry.line, unit):
                self.out.ends[unit] = entry

    def check_begins(self):
        for entry in self.plan.begins:
            if self.keys[entry.key] > 1 and entry.key in self.out.begins:
                self.no(entry.line, _("key “{key}” đã dùng ở mục khác."), key=entry.key)
                continue
            self.out.begins[entry.key] = entry, self.unit(entry.line, entry.parent)

    def check_standings(self):
        for entry in self.plan.standings:
            unit = self.unit(entry.line, entry.unit)
            if unit is None:
                continue
            if isinstance(unit, str) or unit in self.out.ends or unit in self.out.standings:
                self.no(
                    entry.line,
                    _("“{unit}” được lập, kết thúc hoặc đổi ở mục khác."),
                    unit=entry.unit,
                )
            elif self.lasting(entry.line, unit):
                told = self.names[unit]
                self.out.standings[unit] = {
                    "name": entry.name or told.name,
                    "code": entry.code or told.code,
                    "kind": entry.kind or told.kind,
                    "parent": self.unit(entry.line, entry.parent)
                    if entry.parent
                    else told.parent_id,
                    "line": entry.line,
                }
                self.check_standing(entry, told)

    def check_standing(self, entry, told):
        length = CODE_LENGTH.get(told.level)
        if entry.code and length and not (entry.code.isdecimal() and len(entry.code) == length):
            self.no(
                entry.line,
                _("mã “{code}” phải có đúng {length} chữ số."),
                code=entry.code,
                length=length,
            )
        if entry.kind and entry.kind not in KINDS_OF[told.level]:
            self.no(
                entry.line,
                _("loại “{kind}” không hợp với cấp của {name}."),
                kind=entry.kind,
                name=told.name,
            )

    def check_successions(self):
        by_before, reached = defaultdict(list), set()
        for entry in self.plan.successions:
            before, after = self.unit(entry.line, entry.before), self.unit(entry.line, entry.after)
            if before is None or after is None or not self.check_meeting(entry, before, after):
                continue
            by_before[before].append((after, entry))
            reached.add(after)
        for before, pieces in by_before.items():
            self.check_shares(before, pieces)
        for unit, entry in self.out.ends.items():
            if unit not in by_before and self.level(unit) != "village":
                self.no(
                    entry.line,
                    _("{name} kết thúc mà không rõ nhập vào đâu."),
                    name=self.called(unit),
                )
        for key, (entry, _parent) in self.out.begins.items():
            if key not in reached and entry.level != "village":
                self.no(entry.line, _("{name} được lập mà không rõ từ đâu."), name=entry.name)

    def check_meeting(self, entry, before, after):
        if before not in self.out.ends:
            if before not in self.named_ends:  # else it was told why it cannot end
                self.no(
                    entry.line,
                    _("“{unit}” không nằm trong các đơn vị kết thúc."),
                    unit=entry.before,
                )
            return False
        if isinstance(after, str):
            return after in self.out.begins
        higher = RANK[self.level(after)] < RANK[self.level(before)]
        if not higher or after not in self.chart or after in self.out.ends:
            self.no(
                entry.line,
                _("“{unit}” phải được lập trong tệp này, hoặc là đơn vị cấp trên còn tồn tại."),
                unit=entry.after,
            )
            return False
        return True

    def check_shares(self, before, pieces):
        twice = [
            after
            for after, number in Counter(after for after, _entry in pieces).items()
            if number > 1
        ]
        first = pieces[0][1].line
        if twice:
            self.no(
                first, _("{name} được ghi hai lần vào cùng một đơn vị."), name=self.called(before)
            )
            return
        shares = [entry.share for _after, entry in pieces]
        if len(pieces) == 1 and shares[0] is None:
            shares = [Fraction(WHOLE)]
        unknown = shares.count(None)
        if unknown and unknown < len(shares):
            self.no(
                first,
                _("{name}: hoặc mọi phần đều có tỷ lệ, hoặc không phần nào có."),
                name=self.called(before),
            )
        elif not unknown and sum(shares) != WHOLE:
            self.no(
                first,
                _("{name}: các tỷ lệ cộng lại được {sum}, phải đúng bằng 1."),
                name=self.called(before),
                sum=sum(shares),
            )
        else:
            self.out.successions += [
                (before, after, share, entry)
                for (after, entry), share in zip(pieces, shares, strict=True)
            ]

    def move_children(self):
        """Children of a unit that went whole into one follow it; of any other the plan must say
        where they hang.
        """
        whole = {
            before: after for before, after, share, _entry in self.out.successions if share == WHOLE
        }
        for unit in self.out.ends:
            heir = whole.get(unit)
            for child in self.chart.children(unit):
                if child in self.out.ends:
                    continue
                told = self.out.standings.get(child)
                if told is None and heir is None:
                    self.no(
                        self.out.ends[unit].line,
                        _("{child} thuộc {name} và phải có mục [[standings]] nói nay thuộc đâu."),
                        child=self.names[child].name,
                        name=self.names[unit].name,
                    )
                elif told is None and self.lasting(self.out.ends[unit].line, child):
                    name = self.names[child]
                    self.out.standings[child] = {
                        "name": name.name,
                        "code": name.code,
                        "kind": name.kind,
                        "parent": heir,
                        "line": self.out.ends[unit].line,
                    }
                elif told and told["parent"] == unit and heir is not None:
                    told["parent"] = heir

    def check_parents(self):
        hung = [
            (entry.line, entry.level, entry.name, parent)
            for entry, parent in self.out.begins.values()
        ]
        hung += [
            (row["line"], self.chart.level_of(unit), row["name"], row["parent"])
            for unit, row in self.out.standings.items()
            if self.chart.level_of(unit) != "nation"
        ]
        for line, level, name, parent in hung:
            if parent is None:
                continue  # told already
            if isinstance(parent, int) and (parent not in self.chart or parent in self.out.ends):
                self.no(
                    line,
                    _("đơn vị cấp trên của {name} không còn vào ngày {day}."),
                    name=name,
                    day=show_day(self.plan.on),
                )
            elif RANK[self.level(parent)] >= RANK[level]:
                self.no(
                    line,
                    _("{name} không thể thuộc {parent}: không phải đơn vị cấp trên."),
                    name=name,
                    parent=self.called(parent),
                )

    def check_codes(self):
        """On and after the day no code is borne twice."""
        changed = self.out.ends.keys() | self.out.standings.keys()
        later = Standing.objects.exclude(code="").exclude(unit__in=changed)
        borne = dict(later.exclude(until__lte=self.plan.on).values_list("code", "name"))
        news = [(entry.line, entry.code, entry.name) for entry, _parent in self.out.begins.values()]
        news += [(row["line"], row["code"], row["name"]) for row in self.out.standings.values()]
        for line, code, name in news:
            if code and code in borne:
                self.no(
                    line,
                    _("mã {code} của {name} đang dùng cho {other}."),
                    code=code,
                    name=name,
                    other=borne[code],
                )
            borne[code] = name

    def check_bodies(self):
        for entry in self.plan.bodies:
            unit = self.unit(entry.line, entry.unit)
            if unit is None:
                continue
            if isinstance(unit, int) and (unit not in self.chart or unit in self.out.ends):
                self.no(
                    entry.line, _("đơn vị “{unit}” không còn vào ngày sắp xếp."), unit=entry.unit
                )
            if entry.origins is None:
                origins = [
                    before
                    for before, after, _share, _entry in self.out.successions
                    if after == unit
                ]
            else:
                origins = [self.unit(entry.line, text) for text in entry.origins]
                for text, origin in zip(entry.origins, origins, strict=True):
                    if origin is not None and origin not in self.out.ends:
                        self.no(
                            entry.line,
                            _("“{unit}” không nằm trong các đơn vị kết thúc."),
                            unit=text,
                        )
            self.out.bodies.append((unit, entry, origins))

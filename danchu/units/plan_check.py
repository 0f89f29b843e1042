"""A plan held against the map: every reference is looked up, every rule checked, and all problems
are listed at once.
"""

from django.utils.translation import gettext as _

from danchu.kernel.chronicle import RANK
from danchu.kernel.days import show_day
from danchu.units.kinds import KINDS_OF
from danchu.units.models import Decree, Reorganisation, Standing
from danchu.units.names import Name
from danchu.units.plan_entries import NewBody, Plan, Restanding
from danchu.units.plan_file import CODE_LENGTH
from danchu.units.plan_references import NewStanding, Reference, Resolved
from danchu.units.plan_successions import Successions


def check_plan(plan: Plan) -> list[str]:
    """Every reason why the plan cannot be applied, in Vietnamese, with the entry it is about;
    [] when it can.
    """
    return resolve(plan).problems


def resolve(plan: Plan) -> Resolved:
    """The plan with its references looked up and its problems listed."""
    return _Checker(plan).resolved()


class _Checker(Successions):
    """Checks every rule, in the order in which one rests on another."""

    def resolved(self) -> Resolved:
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

    def check_decree(self) -> bool:
        """Whether the rest can be checked: not when this very file was applied before."""
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

    def check_ends(self) -> None:
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

    def check_begins(self) -> None:
        for entry in self.plan.begins:
            if self.keys[entry.key] > 1 and entry.key in self.out.begins:
                self.no(entry.line, _("key “{key}” đã dùng ở mục khác."), key=entry.key)
                continue
            self.out.begins[entry.key] = entry, self.unit(entry.line, entry.parent)

    def check_standings(self) -> None:
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
                old = self.names[unit]
                parent = self.unit(entry.line, entry.parent) if entry.parent else old.parent_id
                self.out.standings[unit] = NewStanding(
                    entry.name or old.name,
                    entry.code or old.code,
                    entry.kind or old.kind,
                    parent,
                    entry.line,
                )
                self.check_standing(entry, old)

    def check_standing(self, entry: Restanding, old: Name) -> None:
        """A new code and kind are such as the level of the unit has."""
        length = CODE_LENGTH.get(old.level)
        if entry.code and length and not (entry.code.isdecimal() and len(entry.code) == length):
            self.no(
                entry.line,
                _("mã “{code}” phải có đúng {length} chữ số."),
                code=entry.code,
                length=length,
            )
        if entry.kind and entry.kind not in KINDS_OF[old.level]:
            self.no(
                entry.line,
                _("loại “{kind}” không hợp với cấp của {name}."),
                kind=entry.kind,
                name=old.name,
            )

    def check_parents(self) -> None:
        children = [
            (entry.line, entry.level, entry.name, parent)
            for entry, parent in self.out.begins.values()
        ]
        children += [
            (standing.line, self.chart.level_of(unit), standing.name, standing.parent)
            for unit, standing in self.out.standings.items()
            if self.chart.level_of(unit) != "nation"
        ]
        for line, level, name, parent in children:
            if parent is None:
                continue  # a problem already
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

    def check_codes(self) -> None:
        """On and after the day no two units have the same code."""
        changed = self.out.ends.keys() | self.out.standings.keys()
        later = Standing.objects.exclude(code="").exclude(unit__in=changed)
        in_use = dict(later.exclude(until__lte=self.plan.on).values_list("code", "name"))
        new = [(entry.line, entry.code, entry.name) for entry, _parent in self.out.begins.values()]
        new += [(one.line, one.code, one.name) for one in self.out.standings.values()]
        for line, code, name in new:
            if code and code in in_use:
                self.no(
                    line,
                    _("mã {code} của {name} đang dùng cho {other}."),
                    code=code,
                    name=name,
                    other=in_use[code],
                )
            in_use[code] = name

    def check_bodies(self) -> None:
        for entry in self.plan.bodies:
            unit = self.unit(entry.line, entry.unit)
            if unit is None:
                continue
            if isinstance(unit, int) and (unit not in self.chart or unit in self.out.ends):
                self.no(
                    entry.line, _("đơn vị “{unit}” không còn vào ngày sắp xếp."), unit=entry.unit
                )
            self.out.bodies.append((unit, entry, self.origins(entry, unit)))

    def origins(self, entry: NewBody, unit: Reference) -> list[Reference | None]:
        """The units whose bodies a new one succeeds; all of them must end."""
        if entry.origins is None:
            return [
                before for before, after, _share, _entry in self.out.successions if after == unit
            ]
        origins = [self.unit(entry.line, text) for text in entry.origins]
        for text, origin in zip(entry.origins, origins, strict=True):
            if origin is not None and origin not in self.out.ends:
                self.no(entry.line, _("“{unit}” không nằm trong các đơn vị kết thúc."), unit=text)
        return origins

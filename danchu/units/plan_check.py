"""Checks a plan against the map: looks up every reference, checks every rule and lists all problems
at once.
"""

from django.db.models import Q
from django.utils.translation import gettext as _

from danchu.kernel.chronicle import RANK, UnitId
from danchu.kernel.days import show_day
from danchu.kernel.refusals import Refused
from danchu.units.bodies_at import BodiesAt
from danchu.units.kinds import KINDS_OF
from danchu.units.models import Body, Decree, Reorganisation, Standing
from danchu.units.names import Name
from danchu.units.plan_entries import NewBody, Plan, StandingChange
from danchu.units.plan_file import CODE_LENGTH
from danchu.units.plan_references import NewStanding, Reference, ResolvedPlan
from danchu.units.plan_successions import Successions


def resolve(plan: Plan) -> ResolvedPlan:
    """The plan with its references looked up. `problems` has every reason why it cannot be applied,
    in Vietnamese and with the entry it is about; [] when it can.
    """
    return _Checker(plan).run()


class _Checker(Successions):
    """Checks every rule, in an order in which each can rely on the results of those before."""

    def run(self) -> ResolvedPlan:
        if not self.check_decree():
            return self.result
        self.check_ends()
        self.check_begins()
        self.check_standings()
        self.check_successions()
        self.move_children()
        self.check_parents()
        self.check_codes()
        self.check_bodies()
        return self.result

    def check_decree(self) -> bool:
        """Check the decree. False when this very file was applied before: nothing else is checked
        then.
        """
        plan = self.plan
        if Reorganisation.objects.filter(file_hash=plan.file_hash).exists():
            self.add_problem(None, _("Tệp này đã được áp dụng."))
            return False
        if plan.issued_on and plan.issued_on > plan.on:
            self.add_problem(None, _("Văn bản ban hành sau ngày có hiệu lực của sắp xếp."))
        decree = Decree.objects.filter(number=plan.number).first()
        if decree and decree.issued_on and plan.issued_on and decree.issued_on != plan.issued_on:
            self.add_problem(
                None, _("Văn bản {number} đã có với ngày ban hành khác."), number=plan.number
            )
        return True

    def check_ends(self) -> None:
        for entry in self.plan.ends:
            unit = self.find_unit(entry.line, entry.unit)
            if unit is None:
                continue
            self.listed_ends.add(unit)
            if isinstance(unit, str):
                self.add_problem(entry.line, _("“{key}” vừa được lập trong tệp này."), key=unit)
            elif unit in self.result.ends:
                self.add_problem(
                    entry.line, _("{name} đã được kết thúc ở mục khác."), name=self.names[unit].name
                )
            elif self.names[unit].level == "nation":
                self.add_problem(entry.line, _("không thể kết thúc cả nước."))
            elif self.can_change(entry.line, unit):
                self.result.ends[unit] = entry

    def check_begins(self) -> None:
        for entry in self.plan.begins:
            if self.keys[entry.key] > 1 and entry.key in self.result.begins:
                self.add_problem(entry.line, _("key “{key}” đã dùng ở mục khác."), key=entry.key)
                continue
            self.result.begins[entry.key] = entry, self.find_unit(entry.line, entry.parent)

    def check_standings(self) -> None:
        for entry in self.plan.standings:
            unit = self.find_unit(entry.line, entry.unit)
            if unit is None:
                continue
            if isinstance(unit, str) or unit in self.result.ends or unit in self.result.standings:
                self.add_problem(
                    entry.line,
                    _("“{unit}” được lập, kết thúc hoặc đổi ở mục khác."),
                    unit=entry.unit,
                )
            elif self.can_change(entry.line, unit):
                old = self.names[unit]
                parent = self.find_unit(entry.line, entry.parent) if entry.parent else old.parent_id
                self.result.standings[unit] = NewStanding(
                    entry.name or old.name,
                    entry.code or old.code,
                    entry.kind or old.kind,
                    parent,
                    entry.line,
                )
                self.check_standing(entry, old)

    def check_standing(self, entry: StandingChange, old: Name) -> None:
        """Check that the new code and kind are valid for the level of the unit."""
        length = CODE_LENGTH.get(old.level)
        if entry.code and length and not (entry.code.isdecimal() and len(entry.code) == length):
            self.add_problem(
                entry.line,
                _("mã “{code}” phải có đúng {length} chữ số."),
                code=entry.code,
                length=length,
            )
        if entry.kind and entry.kind not in KINDS_OF[old.level]:
            self.add_problem(
                entry.line,
                _("loại “{kind}” không hợp với cấp của {name}."),
                kind=entry.kind,
                name=old.name,
            )

    def check_parents(self) -> None:
        children = [
            (entry.line, entry.level, entry.name, parent)
            for entry, parent in self.result.begins.values()
        ]
        children += [
            (standing.line, self.chart.level_of(unit), standing.name, standing.parent)
            for unit, standing in self.result.standings.items()
            if self.chart.level_of(unit) != "nation"
        ]
        for line, level, name, parent in children:
            if parent is None:
                continue  # has a problem already
            if isinstance(parent, int) and (parent not in self.chart or parent in self.result.ends):
                self.add_problem(
                    line,
                    _("đơn vị cấp trên của {name} không còn vào ngày {day}."),
                    name=name,
                    day=show_day(self.plan.on),
                )
            elif RANK[self.level_of(parent)] >= RANK[level]:
                self.add_problem(
                    line,
                    _("{name} không thể thuộc {parent}: không phải đơn vị cấp trên."),
                    name=name,
                    parent=self.name_of(parent),
                )

    def check_codes(self) -> None:
        """Check that from the day on no two units have the same code."""
        changed = self.result.ends.keys() | self.result.standings.keys()
        other_standings = Standing.objects.exclude(code="").exclude(unit__in=changed)
        in_use = dict(other_standings.exclude(until__lte=self.plan.on).values_list("code", "name"))
        new = [
            (entry.line, entry.code, entry.name) for entry, _parent in self.result.begins.values()
        ]
        new += [
            (standing.line, standing.code, standing.name)
            for standing in self.result.standings.values()
        ]
        for line, code, name in new:
            if code and code in in_use:
                self.add_problem(
                    line,
                    _("mã {code} của {name} đang dùng cho {other}."),
                    code=code,
                    name=name,
                    other=in_use[code],
                )
            in_use[code] = name

    def check_bodies(self) -> None:
        self.check_bodies_of_ends()
        entries = [(self.find_unit(entry.line, entry.unit), entry) for entry in self.plan.bodies]
        bodies = BodiesAt(unit for unit, _entry in entries if isinstance(unit, int))
        # Stand for the ids of the units that begin, which have none yet.
        stand_ins = {key: -number for number, key in enumerate(self.result.begins, start=1)}
        for unit, entry in entries:
            if unit is None:
                continue
            if isinstance(unit, int) and (unit not in self.chart or unit in self.result.ends):
                self.add_problem(
                    entry.line, _("đơn vị “{unit}” không còn vào ngày sắp xếp."), unit=entry.unit
                )
            else:
                self.check_beside(
                    entry, bodies, unit if isinstance(unit, int) else stand_ins.get(unit, 0)
                )
            self.result.bodies.append((unit, entry, self.origins(entry, unit)))

    def check_beside(self, entry: NewBody, bodies: BodiesAt, unit: UnitId) -> None:
        """Check that the new body can stand beside the others of its unit."""
        try:
            bodies.check_kind(unit, entry.kind, self.plan.on, None)
            bodies.check_name(unit, entry.name, self.plan.on, None)
        except Refused as refusal:
            self.add_problem(entry.line, "{why}", why=refusal.message)
        bodies.add(unit, 0, entry.kind, entry.name, self.plan.on, None)

    def check_bodies_of_ends(self) -> None:
        """Check that no body of a unit that ends has a change from that day on."""
        on = self.plan.on
        later = Q(since__gte=on) | Q(standings__since__gte=on) | Q(codes__since__gte=on)
        rows = Body.objects.filter(later, unit__in=list(self.result.ends)).distinct()
        for body in rows.prefetch_related("standings").order_by("pk"):
            self.add_problem(
                self.result.ends[body.unit_id].line,
                _("{body} có thay đổi từ ngày {day} trở đi; hãy chọn ngày sắp xếp sau đó."),
                body=body.name_on(on),
                day=show_day(on),
            )

    def origins(self, entry: NewBody, unit: Reference) -> list[Reference | None]:
        """The units whose bodies the new body succeeds; adds a problem for any that does not
        end.
        """
        if entry.origins is None:
            return [
                before for before, after, _share, _entry in self.result.successions if after == unit
            ]
        origins = [self.find_unit(entry.line, text) for text in entry.origins]
        for text, origin in zip(entry.origins, origins, strict=True):
            if origin is not None and origin not in self.result.ends:
                self.add_problem(
                    entry.line, _("“{unit}” không nằm trong các đơn vị kết thúc."), unit=text
                )
        return origins

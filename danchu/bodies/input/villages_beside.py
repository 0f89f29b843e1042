"""The villages of the communes of a table: what a row opens, merges, divides or renames."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from danchu.kernel.days import show_day
from danchu.kernel.text import identity_key
from danchu.units.models import Standing, Unit


@dataclass(frozen=True)
class Village:
    """A present village; `since` is the first day of its name."""

    pk: int
    since: date


class VillagesBeside:
    """The present villages of some communes, and what earlier rows of the file make there."""

    def __init__(self, communes):
        rows = Standing.objects.filter(parent__in=list(communes), unit__level="village", until=None)
        self.present = {
            (commune, identity_key(name)): Village(pk, since)
            for commune, name, pk, since in rows.values_list(
                "parent_id", "name", "unit_id", "since"
            )
        }
        self.levels = dict(Unit.objects.filter(pk__in=list(communes)).values_list("pk", "level"))
        codes = Standing.objects.exclude(code="").filter(until=None)
        self.codes = set(codes.values_list("code", flat=True))
        self.taken_in_file = {}
        self.rows_of_village = Counter()

    def is_there(self, values):
        """Whether the commune has a village of the name; where it is made from others, one whose
        name began on that day.
        """
        village = self.present.get(_key(values, values["name"]))
        return bool(village and (not values["before"] or village.since == values["since"]))

    def give_acts(self, rows):
        """Replace the names in `before` by ids, and write into each row which act it is; a name
        that means no village, or whose act is not certain, becomes a Problem of its row.
        """
        for row, values in rows:
            ids = []
            for name in values["before"]:
                village = self.present.get(_key(values, name))
                if village is None:
                    row.report(
                        "before", _("Không có “%s” ở xã, phường này. Hãy kiểm tra tên.") % name[:60]
                    )
                elif values["since"] <= village.since:
                    day = show_day(village.since)
                    row.report("since", _("Ngày phải sau ngày {day}.").format(day=day))
                else:
                    ids.append(village.pk)
            values["before"] = sorted(set(ids))
        self.rows_of_village = Counter(pk for _row, values in rows for pk in values["before"])
        days = {}
        for row, values in rows:
            if not values["before"]:
                continue
            most = max(self.rows_of_village[pk] for pk in values["before"])
            values["act"] = "merge" if len(values["before"]) > 1 else "rename"
            if most > 1:
                values["act"] = "divide"
                first = days.setdefault(values["before"][0], (values["since"], values["decree"]))
                is_one = len(values["before"]) == 1
                if not is_one or first != (values["since"], values["decree"]):
                    row.report(
                        "before",
                        _(
                            "Một nơi cũ ở nhiều dòng là chia: mỗi dòng chỉ ghi nơi cũ ấy, cùng "
                            "ngày và cùng văn bản."
                        ),
                    )

    def takes(self, row, values):
        """Whether the village can stand beside the others; else the row has Problems."""
        key = _key(values, values["name"])
        if self.levels[values["unit"].pk] != "commune":
            row.report("unit_code", _("Thôn, tổ dân phố phải thuộc một xã, phường hoặc đặc khu."))
        if key in self.taken_in_file:
            row.report("name", _("Trùng với dòng %s của tệp.") % self.taken_in_file[key])
        village = self.present.get(key)
        if village and not self.rows_of_village[village.pk]:
            row.report("name", _("Đã có “{name}” trong đơn vị này.").format(**values))
        if values["code"] and values["before"]:
            row.report("code", _("Nơi nhập, chia, đổi tên giữ mã cũ hoặc chưa có mã: để trống."))
        elif values["code"] and values["code"] in self.codes:
            row.report("code", _("Mã “{code}” đang dùng cho đơn vị khác.").format(**values))
        if row.is_good:
            self.taken_in_file[key] = row.number
            self.codes.add(values["code"])
        return row.is_good


def _key(values, name):
    return values["unit"].pk, identity_key(name)

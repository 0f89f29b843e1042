"""Meetings by clusters of the villages of a ward: one that was held, one whose plan waits for the
committee. By the real acts.
"""

from danchu.decision import actions
from danchu.demo.meetings import entries_of, people, propose, send
from danchu.kernel.days import show_day

ORDER = 6
# (number of the village, title, content)
HELD = (
    *(12, "Lịch trực phòng cháy của ba dãy nhà"),
    "Mỗi đêm một dãy cử hai người đi một vòng lúc 22 giờ; kiểm bình chữa cháy đầu tháng.",
)
PLANNED = (
    *(5, "Chỗ phơi và giữ xe của hai khu nhà"),
    "Khu trong phơi ở sân sau, khu ngoài ở sân trước; xe để ở nhà xe chung.",
)
GROUND = "Các dãy nhà ở hai bên đường lớn, không có phòng nào đủ chỗ cho mọi hộ."
CLUSTERS = (("Dãy trong", "Phòng sinh hoạt dãy trong"), ("Dãy ngoài", "Nhà văn hóa"))


def play_clusters(ward, villages):
    """Both matters."""
    _planned(ward, villages, PLANNED, -6)
    _held(ward, _planned(ward, villages, HELD, 47), 47)


def _planned(ward, villages, matter, ago):
    """A matter whose meeting, so many days ago or to come, is planned in two clusters."""
    number, title, content = matter
    village = villages[min(number, len(villages)) - 1]
    noticed = max(ago + 4, 1)
    decision = actions.announce_meeting(
        propose(ward, village, ORDER, title, content, noticed + 5),
        by=ward.by,
        on=ward.day(noticed),
        planned_on=ward.day(ago),
    )
    day = show_day(ward.day(ago))
    chairs = people(ward, len(CLUSTERS)).splitlines()
    rows = zip(CLUSTERS, chairs, strict=True)
    return actions.plan_clusters(
        decision,
        by=ward.by,
        on=ward.day(noticed),
        clusters="\n".join(f"{name}; {chair}; {day}; {place}" for (name, place), chair in rows),
        aggregator=people(ward, 1),
        ground=GROUND,
    )


def _held(ward, decision, ago):
    decision = actions.approve_clusters(
        decision, by=ward.by, on=ward.day(ago + 2), document="57/UBND-VP"
    )
    decision = actions.open_meeting(decision, by=ward.by, chair=people(ward, 1))
    keys = entries_of(decision)
    half = len(keys) // 2
    for number, coming in ((1, keys[: half - 2]), (2, keys[half:-2])):
        decision = actions.attend_cluster(decision, by=ward.by, cluster=number, entries=coming)
        secretary, *team = people(ward, 4).splitlines()
        yes = len(coming)
        decision = actions.choose_in_cluster(
            decision,
            by=ward.by,
            cluster=number,
            secretary=secretary,
            secretary_yes=yes,
            way="hands",
            way_yes=yes,
            team="\n".join(team),
            team_yes=yes,
        )
        decision = actions.count_cluster(
            decision, by=ward.by, cluster=number, yes=yes - 1, no=1, other=0
        )
    send(ward, actions.close_clusters(decision, by=ward.by))

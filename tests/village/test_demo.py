"""The illustrative year of the villages of a ward is played by the real acts."""

from random import Random

from danchu.demo.states import Ward
from danchu.demo.villages import play_villages
from danchu.units.actions import open_village
from danchu.village.models import Convention, HeadElection, VillageConference
from tests.decision.played import SINCE


def test_a_ward_has_heads_a_convention_and_conferences_to_look_at(officials, system, committee):
    for number in range(6, 10):
        open_village(officials.here, by=system, name=f"Tổ {number}", kind="to_dan_pho", since=SINCE)
    assert play_villages(Ward(officials.here, {}, Random(1), system)) >= 6
    states = sorted(HeadElection.objects.values_list("state", flat=True))
    assert states == ["posted", "recognised"]
    states = sorted(Convention.objects.values_list("state", flat=True))
    assert states == ["adopted", "draft", "in_force", "in_force", "posted", "replaced"]
    assert VillageConference.objects.filter(state="reported").count() == 1

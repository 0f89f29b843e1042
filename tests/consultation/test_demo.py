"""The consultations of the demo's ward: one in each step, played by the acts."""

from random import Random

from danchu.consultation.models import Consultation, Opinion, Voter
from danchu.demo import consultation_states
from danchu.demo.states import Ward
from tests.sizes import turn


@turn(2, together=1)
def test_a_ward_has_a_consultation_in_each_step_with_votes_and_papers(
    officials, system, monkeypatch
):
    monkeypatch.setattr(consultation_states, "OPINIONS", 180)
    ward = Ward(officials.here, {}, Random(1), system)
    assert consultation_states.play_consultations(ward) == 6
    states = Consultation.objects.order_by("state").values_list("state", flat=True)
    assert list(states) == [*("cancelled", "closed", "open", "planned", "published", "summarised")]
    open_one = Opinion.objects.filter(consultation__state="open")
    assert open_one.exclude(paper="").count() == 40
    assert (open_one.waiting().count(), open_one.unanswered().count()) == (3, 0)
    assert Voter.objects.taking_part().count() == 21

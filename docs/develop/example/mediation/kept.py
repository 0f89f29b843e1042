"""What the journal proves of a mediation, from its end on."""

from danchu.journal.digested import Digested

MEDIATION_DIGEST = Digested(
    name="mediation_digest",
    kind="mediation",
    title=("mediation", "vụ việc hòa giải"),
    when="r.ended_on IS NOT NULL",
    state="r.state",
    fields="uid unit title received_on meets_on ended_on state outcome made_by made_at",
    public={1: "uid unit title received_on ended_on state outcome"},
)

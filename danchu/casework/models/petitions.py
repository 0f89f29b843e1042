"""Petitions with their persons, steps and papers."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Func, Q, Value

from danchu.casework import kept
from danchu.casework.moves import RUNNING, State
from danchu.casework.natures import Channel, Complexity, Fault, Field, Nature, Stage, Verdict
from danchu.casework.querysets import PetitionQuerySet
from danchu.kernel.days import now

# How long a claim lasts.
CLAIMED = timedelta(hours=8)


class Matter(models.Model):
    """What a petition may be about, and which level and kind of body answers it. The product
    brings rows; installations may add more. `number` names the row in digests.
    """

    journal_kind = "matter"

    key = models.CharField(max_length=40, primary_key=True)
    vi = models.CharField(max_length=120)
    en = models.CharField(max_length=120)
    field = models.CharField(max_length=16, choices=Field.choices)
    level = models.CharField(max_length=10)
    body = models.CharField(max_length=30, default="peoples_committee")
    is_open = models.BooleanField(default=True)
    number = models.BigIntegerField(
        unique=True,
        editable=False,
        db_default=Func(Value("casework_matter_number"), function="nextval"),
    )

    class Meta:
        constraints = [kept.MATTER_DIGEST]

    def __str__(self):
        return self.key


class Petition(models.Model):
    """One petition, handled by `unit` now. Days are those of the acts; its senders are rows of
    `Petitioner`.

    Nothing here identifies the sender of a denunciation: `sealed` does. Lists and search show
    `title`, which names nobody. `came_from` is the body that handed it over. `sender_key` is a
    digest by which other petitions of the sender are found, `is_named` whether they gave name and
    address. `secret` and `sent_key` (of the token of the form) are digests. `in_time` is set with
    `ended_on`, the day on which the clock of the sender is met; once False it stays so, also when
    the petition is reopened and answered again.
    """

    journal_kind = "petition"

    uid = models.UUIDField(unique=True)
    code = models.CharField(max_length=12, unique=True)
    secret = models.CharField(max_length=64)
    sent_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    nature = models.CharField(max_length=12, choices=Nature.choices)
    channel = models.CharField(max_length=12, choices=Channel.choices)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RECEIVED)
    stage = models.CharField(max_length=6, choices=Stage.choices, default=Stage.FIRST)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    body = models.ForeignKey("units.Body", models.PROTECT, null=True, blank=True)
    place = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    matter = models.ForeignKey(Matter, models.PROTECT, db_index=False)
    title = models.CharField(max_length=180)
    content = models.TextField()
    came_from = models.CharField(max_length=200, blank=True)
    known_on = models.DateField(null=True, blank=True)
    received_on = models.DateField()
    moved_on = models.DateField()
    people = models.IntegerField(default=1)
    is_named = models.BooleanField(default=True)
    is_remote = models.BooleanField(default=False)
    several_places = models.BooleanField(default=False)
    complexity = models.CharField(max_length=12, choices=Complexity.choices, blank=True)
    eligible = models.BooleanField(null=True, blank=True)
    fault = models.CharField(max_length=12, choices=Fault.choices, blank=True)
    competent = models.BooleanField(null=True, blank=True)
    same_as = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="repeats"
    )
    split_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="pieces"
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    handed_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="handed_to"
    )
    sealed = models.ForeignKey(
        "vault.Sealed", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sender_key = models.CharField(max_length=32, blank=True)
    accepted_on = models.DateField(null=True, blank=True)
    processed_on = models.DateField(null=True, blank=True)
    resolved_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    in_time = models.BooleanField(null=True, blank=True)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    answer_text = models.TextField(blank=True)
    dialogue_on = models.DateField(null=True, blank=True)
    suspended_on = models.DateField(null=True, blank=True)
    suspended_days = models.IntegerField(default=0)
    elsewhere = models.CharField(max_length=200, blank=True)
    replied_on = models.DateField(null=True, blank=True)
    reopened = models.IntegerField(default=0)
    is_solved = models.BooleanField(null=True, blank=True)
    claimed_by = models.ForeignKey(
        "people.Account", models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    claimed_until = models.DateTimeField(null=True, blank=True)
    shown_title = models.CharField(max_length=180, blank=True)
    shown_text = models.TextField(blank=True)
    illustrative = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = PetitionQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.PETITION_DIGEST,
            kept.PETITION,
            models.CheckConstraint(
                name="denunciation_is_sealed",
                condition=~Q(nature="denunciation")
                | Q(sealed__isnull=False, sender_key="")
                | Q(illustrative=True, sender_key=""),
            ),
            models.CheckConstraint(
                name="petition_fault_when_not_eligible",
                condition=Q(eligible=False) & ~Q(fault="")
                | ~Q(eligible=False) & Q(fault="")
                | Q(eligible=None, fault=""),
            ),
            models.CheckConstraint(
                name="petition_taken_on_is_ours",
                condition=Q(accepted_on=None) | Q(eligible=True, competent=True),
            ),
            models.CheckConstraint(
                name="petition_resolved_was_accepted",
                condition=Q(resolved_on=None)
                | Q(accepted_on__isnull=False, resolved_on__gte=F("accepted_on")),
            ),
            models.CheckConstraint(
                name="petition_processed_after_it_came",
                condition=Q(processed_on=None) | Q(processed_on__gte=F("received_on")),
            ),
            models.CheckConstraint(
                name="petition_ended_says_whether_in_time",
                condition=Q(ended_on=None) & (Q(in_time=None) | Q(in_time=False))
                | Q(ended_on__isnull=False, in_time__isnull=False),
            ),
            models.CheckConstraint(
                name="petition_people",
                condition=Q(people__gte=1, people__lte=1_000_000, reopened__gte=0),
            ),
        ]
        indexes = [
            models.Index(name="petition_latest", fields=["-received_on", "-id"]),
            models.Index(name="petition_of_unit", fields=["unit", "-received_on", "-id"]),
            # The nature last: it does not order the rows, but with it the keys of a page are read
            # from the index alone (PetitionQuerySet.page).
            models.Index(
                name="petition_state_nature",
                fields=["unit", "state", "-received_on", "-id", "nature"],
            ),
            models.Index(
                name="petition_running",
                fields=["unit", "-received_on", "-id"],
                condition=Q(state__in=RUNNING),
            ),
            models.Index(
                name="petition_running_latest",
                fields=["-received_on", "-id"],
                condition=Q(state__in=RUNNING),
            ),
            models.Index(
                name="petition_of_sender", fields=["sender_key"], condition=~Q(sender_key="")
            ),
            # What the public reads: of a place, and of everywhere by its nature.
            models.Index(
                name="petition_shown",
                fields=["place", "-received_on", "-id"],
                condition=Q(nature=Nature.FEEDBACK) & ~Q(shown_text=""),
            ),
            models.Index(
                name="petition_shown_latest",
                fields=["nature", "-received_on", "-id"],
                condition=~Q(shown_text=""),
            ),
            models.Index(
                name="petition_claimed",
                fields=["claimed_by", "claimed_until"],
                condition=Q(claimed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return self.code

    def is_taken_from(self, account_id):
        """Whether an account other than this one claims the petition now. A claim from the future,
        made while the system clock was wrong, does not count.
        """
        instant = now()
        return (
            self.claimed_by_id not in (None, account_id)
            and instant < self.claimed_until <= instant + CLAIMED
        )


class Petitioner(models.Model):
    """A person who signed a complaint or feedback; the first one and the representatives get
    notices. Only officials who handle the file see them.
    """

    journal_kind = "petitioner"

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="petitioners")
    order = models.IntegerField(default=0)
    name = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    identity = models.CharField(max_length=20, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    notify_by = models.CharField(max_length=8, blank=True)
    is_representative = models.BooleanField(default=False)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="one_petitioner_a_place", fields=["petition", "order"])
        ]

    def __str__(self):
        return f"{self.petition_id}.{self.order}"


class Step(models.Model):
    """One step of a petition, as its sender sees it; `text` is written for the sender. It shows the
    unit, not the official.
    """

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="steps")
    number = models.IntegerField()
    act = models.CharField(max_length=16)
    on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices)
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    text = models.TextField(blank=True)
    by = models.CharField(max_length=60)
    at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            kept.STEP,
            kept.STEP_DIGEST,
            models.UniqueConstraint(name="one_step_a_number", fields=["petition", "number"]),
        ]

    def __str__(self):
        return f"{self.petition_id}.{self.number}"


class PetitionPaper(models.Model):
    """A paper of the file of a complaint or feedback; those of a denunciation are sealed.
    `is_answer`: it came with the answer, such as a photo of what was mended.
    """

    journal_kind = "petition_paper"

    petition = models.ForeignKey(Petition, models.PROTECT, related_name="papers")
    paper = models.ForeignKey("papers.Paper", models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    added_at = models.DateTimeField()
    is_answer = models.BooleanField(default=False, db_default=False)

    class Meta:
        constraints = [
            kept.PAPER_DIGEST,
            models.UniqueConstraint(name="paper_once_a_petition", fields=["petition", "paper"]),
        ]

    def __str__(self):
        return f"{self.petition_id} {self.paper_id}"

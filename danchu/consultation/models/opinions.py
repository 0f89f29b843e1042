"""What people said in a consultation, and what they were answered."""

from django.db import models
from django.db.models import Q

from danchu.consultation import kept
from danchu.consultation.models.consultations import Consultation
from danchu.consultation.profiles import Profile
from danchu.consultation.querysets import OpinionQuerySet
from danchu.consultation.voices import OpinionState, Result, Stance, Way


class Answer(models.Model):
    """One answer, which may serve many opinions: what became of them and why; `traced` says where
    in the final text it is seen.
    """

    journal_kind = "opinion_answer"

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="answers")
    result = models.CharField(max_length=8, choices=Result.choices)
    text = models.TextField()
    traced = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField()
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            kept.ANSWER,
            kept.ANSWER_DIGEST,
            models.CheckConstraint(
                name="opinion_answer_says_why",
                condition=~Q(text="") & (Q(result="declined") | ~Q(traced="")),
            ),
        ]

    def __str__(self):
        return self.text[:60]


class Opinion(Profile):
    """One opinion about one passage: the paragraph `passage` of `content`, 0 for the whole.

    `people` is how many are known to have said it, 0 where it came without identity: it counts as a
    text, never as people. Nobody's name is kept. `number` is its number within the consultation,
    `parent` the opinion to which it replies: a reply is talk, and is not counted as an opinion.
    `result` is that of its answer, `paper` the number on its paper, "" without one. `code` and the
    digest `secret` are those of who sent it without an account, `sent_key` the digest of the form.
    """

    journal_kind = "opinion"

    uid = models.UUIDField(unique=True)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, related_name="opinions", db_index=False
    )
    unit = models.ForeignKey("units.Unit", models.PROTECT, db_index=False)
    number = models.PositiveIntegerField()
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replies"
    )
    content = models.ForeignKey("consultation.Content", models.PROTECT, related_name="+")
    passage = models.PositiveSmallIntegerField(default=0)
    way = models.CharField(max_length=10, choices=Way.choices)
    stance = models.CharField(max_length=8, choices=Stance.choices)
    text = models.TextField(blank=True)
    people = models.PositiveIntegerField()
    received_on = models.DateField()
    paper = models.CharField(max_length=20, blank=True)
    code = models.CharField(max_length=12, unique=True, null=True, blank=True)
    secret = models.CharField(max_length=64, blank=True)
    sent_key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    state = models.CharField(
        max_length=8, choices=OpinionState.choices, default=OpinionState.COUNTED
    )
    reason = models.CharField(max_length=500, blank=True)
    answer = models.ForeignKey(
        Answer, models.PROTECT, null=True, blank=True, related_name="opinions"
    )
    result = models.CharField(max_length=8, choices=Result.choices, blank=True)
    illustrative = models.BooleanField(default=False)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    objects = OpinionQuerySet.as_manager()

    class Meta:
        constraints = [
            kept.OPINION_DIGEST,
            kept.OPINION,
            models.UniqueConstraint(name="one_opinion_a_number", fields=["consultation", "number"]),
            models.UniqueConstraint(
                name="one_opinion_a_paper", fields=["consultation", "paper"], condition=~Q(paper="")
            ),
            models.CheckConstraint(
                name="opinion_says_something",
                condition=~Q(text="") | Q(stance__in=["agree", "disagree"]),
            ),
            models.CheckConstraint(
                name="opinion_of_portal_is_a_text",
                condition=~Q(way="portal") | Q(people=0),
            ),
            models.CheckConstraint(
                name="opinion_reply_is_a_text",
                condition=Q(parent=None) | Q(people=0, answer=None) & ~Q(text=""),
            ),
            models.CheckConstraint(
                name="opinion_hidden_says_why",
                condition=Q(state__in=["waiting", "counted"]) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="opinion_answer_has_result",
                condition=Q(answer=None, result="") | Q(answer__isnull=False) & ~Q(result=""),
            ),
            models.CheckConstraint(
                name="opinion_answer_of_what_counts",
                condition=Q(answer=None) | Q(state="counted"),
            ),
        ]
        indexes = [
            models.Index(name="opinion_of_unit", fields=["unit", "received_on"]),
            models.Index(name="opinion_latest", fields=["-received_on", "-id"]),
            models.Index(name="opinion_by_number", fields=["number", "id"]),
        ]

    def __str__(self):
        return f"{self.consultation_id} {self.number}"

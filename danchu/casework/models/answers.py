"""Answer texts of an office, beside those of the product (sources/answers.toml)."""

from django.db import models

from danchu.casework.natures import Nature


class AnswerText(models.Model):
    """A text to begin an answer from, in the form of `act` at `unit` and below it; for every
    nature where `nature` is empty.
    """

    journal_kind = "answer_text"

    unit = models.ForeignKey("units.Unit", models.PROTECT)
    act = models.CharField(max_length=16)
    nature = models.CharField(max_length=12, choices=Nature.choices, blank=True)
    title = models.CharField(max_length=120)
    text = models.TextField()
    is_open = models.BooleanField(default=True)
    made_by = models.CharField(max_length=60)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="answer_text_says_something",
                condition=~models.Q(title="") & ~models.Q(text=""),
            )
        ]
        indexes = [
            models.Index(
                name="answer_text_of_unit", fields=["unit", "act"], condition=models.Q(is_open=True)
            )
        ]

    def __str__(self):
        return self.title

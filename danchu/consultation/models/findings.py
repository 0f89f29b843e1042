"""What was worked out from the votes and the texts of a consultation."""

from django.db import models

from danchu.consultation.models.consultations import Consultation


class Findings(models.Model):
    """Groups of opinion, topics and copies as pages show them (danchu/consultation/findings.py),
    made anew by a job when votes or texts changed. `basis` is a digest of these; `groups_kept` is
    what the next count needs of this one, so that no two days differ by few people: no person.
    `results` are the votes that are told, {primary key of a proposition: [agree, pass, disagree]}.
    While `is_counted` it holds exactly the votes as they are `counted_as`, and later ones move it.
    """

    consultation = models.OneToOneField(
        Consultation, models.PROTECT, related_name="findings", primary_key=True
    )
    groups = models.JSONField(default=dict)
    results = models.JSONField(default=dict)
    topics = models.JSONField(default=list)
    copies = models.JSONField(default=list)
    groups_kept = models.BinaryField(default=b"")
    is_counted = models.BooleanField(default=False)
    basis = models.CharField(max_length=64)
    worked_out_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "findings"

    def __str__(self):
        return f"{self.consultation_id}"

"""How accounts like to see the lists of the desk."""

from django.db import models
from django.db.models import Q


class SavedView(models.Model):
    """One way of seeing the list named `listing`: the filters, order and columns that stand in
    `query`, as in an address. The one that `is_default` opens when the list is asked without any.
    """

    journal_kind = "saved_view"

    account = models.ForeignKey("people.Account", models.CASCADE, related_name="saved_views")
    listing = models.CharField(max_length=40)
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True)
    is_default = models.BooleanField(default=False)

    class Meta:
        db_table = "subjects_saved_view"
        constraints = [
            models.UniqueConstraint(
                fields=["account", "listing", "name"], name="saved_view_named_once"
            ),
            models.UniqueConstraint(
                fields=["account", "listing"],
                condition=Q(is_default=True),
                name="saved_view_one_default",
            ),
        ]

    def __str__(self) -> str:
        return self.name

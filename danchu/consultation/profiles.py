"""What may be known of who took part: place, sex, age, household. Never a name; each may be left
out.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    FEMALE = "female", _("Nữ")
    MALE = "male", _("Nam")


class Age(models.TextChoices):
    YOUNG = "under_30", _("Dưới 30 tuổi")
    MIDDLE = "30_44", _("30–44 tuổi")
    OLDER = "45_59", _("45–59 tuổi")
    OLD = "from_60", _("Từ 60 tuổi")


class Means(models.TextChoices):
    POOR = "poor", _("Hộ nghèo, cận nghèo")
    OTHER = "not_poor", _("Hộ khác")


class Profile(models.Model):
    """The columns of who took part; "" or None where nobody said."""

    village = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+"
    )
    sex = models.CharField(max_length=6, choices=Sex.choices, blank=True)
    age = models.CharField(max_length=8, choices=Age.choices, blank=True)
    means = models.CharField(max_length=8, choices=Means.choices, blank=True)

    class Meta:
        abstract = True


def blank_choices(choices):
    """The choices with none, as a form offers them."""
    return [("", _("– không rõ –")), *choices.choices]

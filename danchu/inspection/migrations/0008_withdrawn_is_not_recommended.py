"""A violation that was taken back is none that was recommended.

The constraint is not valid for rows that exist: what an earlier version let through stays as it was
written, and no new row of its kind is taken.
"""

from django.db import migrations, models
from django.db.models import Q

NAME = "finding_withdrawn_is_not_recommended"


class Migration(migrations.Migration):
    dependencies = [("inspection", "0007_asked_and_reported")]
    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE inspection_finding ADD CONSTRAINT {NAME}"
                    " CHECK (withdrawn_on IS NULL OR NOT is_recommended) NOT VALID",
                    f"ALTER TABLE inspection_finding DROP CONSTRAINT {NAME}",
                )
            ],
            state_operations=[
                migrations.AddConstraint(
                    "finding",
                    models.CheckConstraint(
                        name=NAME, condition=Q(withdrawn_on=None) | Q(is_recommended=False)
                    ),
                )
            ],
        )
    ]

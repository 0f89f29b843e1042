"""A statement says whether the part has a book on paper of its own; NULL for those before, of which
nobody kept it. The column has no default: no row is rewritten.
"""

import danchu.journal.digested
from django.db import migrations, models

FIELDS = (
    "uid body unit indicator since until amount note state supersedes recorded_by recorded_at "
    "confirmed_by confirmed_at reason"
)
PUBLIC = "uid body unit indicator since until amount state supersedes"


class Migration(migrations.Migration):
    dependencies = [("register", "0013_drafts_indexed")]

    operations = [
        migrations.RemoveConstraint(model_name="statement", name="register_statement_digest"),
        migrations.AddField(
            model_name="statement", name="is_apart", field=models.BooleanField(null=True)
        ),
        migrations.AddConstraint(
            model_name="statement",
            constraint=danchu.journal.digested.Digested(
                earlier={1: FIELDS, 2: FIELDS},
                fields=f"{FIELDS} is_apart",
                form=3,
                kind="statement",
                name="register_statement_digest",
                public={2: PUBLIC, 3: PUBLIC},
                state="r.state",
                title=("statement", "số liệu báo cáo"),
                when="r.state <> 'draft'",
            ),
        ),
    ]

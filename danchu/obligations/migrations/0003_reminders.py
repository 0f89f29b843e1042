"""Reminders before a due day, in the same table as those who are told after it."""

from django.db import migrations, models


# What the product brings; a new installation loads the same from escalations.toml.
REMINDERS = [("", 3, "commune_clerk"), ("", 1, "committee_chair"), *((f"{of}.", 3, "petition_officer") for of in ("complaint", "denunciation", "feedback"))]


def remind(apps, schema_editor):
    """An installation that has its table of escalations already gets the reminders too."""
    Escalation = apps.get_model("obligations", "Escalation")
    if Escalation.objects.exists():
        Escalation.objects.bulk_create(Escalation(rule_prefix=prefix, days=days, office=office, before=True) for prefix, days, office in REMINDERS)


class Migration(migrations.Migration):

    dependencies = [
        ('obligations', '0002_closed_stays'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='escalation',
            name='one_escalation',
        ),
        migrations.AddField(
            model_name='escalation',
            name='before',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='escalation',
            constraint=models.UniqueConstraint(fields=('rule_prefix', 'days', 'office', 'above', 'before'), name='one_escalation'),
        ),
        migrations.RunPython(remind, migrations.RunPython.noop),
    ]

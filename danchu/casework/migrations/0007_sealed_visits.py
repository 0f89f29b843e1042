"""Who came to denounce is sealed in the register of receptions too; a denunciation split off a letter no longer points at it."""

import django.db.models.deletion
from django.db import migrations, models
from django.utils import timezone

from danchu.vault.contents import sealed

TEXTS = ("handled_before", "guidance", "handler", "follow_up", "note")


def seal(apps, editor):
    Visit, Petition, Petitioner = (apps.get_model("casework", name) for name in ("Visit", "Petition", "Petitioner"))
    Sealed, Lock = apps.get_model("vault", "Sealed"), apps.get_model("vault", "Lock")
    for visit in Visit.objects.filter(nature="denunciation", sealed=None).iterator(500):
        person = {"name": visit.name, "address": visit.address, "identity": visit.identity, "phone": "", "email": "", "notify_by": ""}
        text = "\n".join(filter(None, (visit.content, *(getattr(visit, field) for field in TEXTS))))
        content, _files, locks = sealed({"persons": [person], "text": text}, [])
        made = Sealed.objects.create(pseudonym=f"N{visit.code}", unit_id=visit.unit_id, content=content, made_at=timezone.now())
        Lock.objects.bulk_create(Lock(sealed=made, key=name, content=lock) for name, lock in locks.items())
        told = {field: "" if visit.name in getattr(visit, field) else getattr(visit, field) for field in TEXTS}
        said = visit.content if visit.name not in visit.content else "Tố cáo (nội dung được niêm phong)"
        Visit.objects.filter(pk=visit.pk).update(sealed=made, name="", address="", identity="", content=said, **told)
    Petition.objects.filter(nature="denunciation", split_from__isnull=False).exclude(split_from__nature="denunciation").update(split_from=None)
    named = Petitioner.objects.filter(order=0).exclude(name="").exclude(address="").values("petition")
    Petition.objects.exclude(nature="denunciation").exclude(pk__in=named).update(is_named=False)
    editor.execute("SET CONSTRAINTS ALL IMMEDIATE")


class Migration(migrations.Migration):

    dependencies = [
        ('casework', '0006_running'),
        ('units', '0003_boards'),
        ('vault', '0002_kept'),
    ]

    operations = [
        migrations.AddField(
            model_name='petition',
            name='came_from',
            field=models.CharField(blank=True, max_length=200),
        ),
        migrations.AddField(
            model_name='petition',
            name='is_named',
            field=models.BooleanField(default=True),
        ),
        migrations.AddField(
            model_name='petition',
            name='sent_key',
            field=models.CharField(blank=True, max_length=64, null=True, unique=True),
        ),
        migrations.AddField(
            model_name='petitioner',
            name='is_representative',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='receptionday',
            name='delegate',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name='receptionday',
            name='is_deputy',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='visit',
            name='answered_on',
            field=models.DateField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='visit',
            name='representatives',
            field=models.IntegerField(default=0),
        ),
        migrations.AddField(
            model_name='visit',
            name='sealed',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='vault.sealed'),
        ),
        migrations.AlterField(
            model_name='visit',
            name='name',
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.RunPython(seal, migrations.RunPython.noop, elidable=True),
        migrations.AddConstraint(
            model_name='receptionday',
            constraint=models.CheckConstraint(condition=models.Q(('form', 'delegated'), models.Q(('delegate', ''), ('is_deputy', False)), _connector='OR'), name='only_a_delegated_day_has_a_delegate'),
        ),
        migrations.AddConstraint(
            model_name='visit',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(models.Q(('nature', 'denunciation'), _negated=True), models.Q(('name', ''), _negated=True)), models.Q(('address', ''), ('identity', ''), ('name', ''), ('nature', 'denunciation'), ('sealed__isnull', False)), _connector='OR'), name='visit_of_a_denouncer_is_sealed'),
        ),
    ]

"""Places at reception days can be booked. A reception day says how many, and until when; both belong
to what an entry of the journal proves of it.
"""

import django.db.models.deletion
from django.db import migrations, models

import danchu.journal.digested


class Migration(migrations.Migration):
    dependencies = [
        ("casework", "0016_knocks_unlogged"),
        ("units", "0005_digested"),
    ]

    operations = [
        migrations.AddField(
            model_name="receptionday",
            name="places",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="receptionday",
            name="book_before",
            field=models.PositiveSmallIntegerField(default=1),
        ),
        migrations.RemoveConstraint(model_name="receptionday", name="reception_day_digest"),
        migrations.AddConstraint(
            model_name="receptionday",
            constraint=danchu.journal.digested.Digested(
                earlier={
                    1: (
                        "uid unit office form on hours room delegate is_deputy state reason "
                        "made_by made_at"
                    )
                },
                fields=(
                    "uid unit office form on hours room delegate is_deputy state reason made_by "
                    "made_at places book_before"
                ),
                form=2,
                kind="reception_day",
                name="reception_day_digest",
                state="r.state",
                title=("reception day", "buổi tiếp dân"),
                when="TRUE",
            ),
        ),
        migrations.CreateModel(
            name="Booking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uid", models.UUIDField(unique=True)),
                ("code", models.CharField(max_length=12, unique=True)),
                ("secret", models.CharField(max_length=64)),
                ("sent_key", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("on", models.DateField()),
                ("place", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("name", models.CharField(blank=True, max_length=120)),
                ("phone", models.CharField(blank=True, max_length=20)),
                ("email", models.CharField(blank=True, max_length=254)),
                ("notify_by", models.CharField(blank=True, max_length=8)),
                ("matter", models.CharField(blank=True, max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("booked", "Đã đặt"),
                            ("came", "Đã đến"),
                            ("absent", "Không đến"),
                            ("cancelled", "Đã hủy"),
                        ],
                        default="booked",
                        max_length=9,
                    ),
                ),
                ("forgotten_at", models.DateTimeField(blank=True, null=True)),
                ("made_by", models.CharField(max_length=60)),
                ("made_at", models.DateTimeField()),
                (
                    "day",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bookings",
                        to="casework.receptionday",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        to="units.unit",
                    ),
                ),
                (
                    "visit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="booking",
                        to="casework.visit",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["unit", "on"], name="booking_of_unit"),
                    models.Index(
                        models.F("on"),
                        condition=models.Q(("forgotten_at", None)),
                        name="booking_remembered",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("day", "place"), name="one_booking_a_place"),
                    models.CheckConstraint(
                        condition=models.Q(state="cancelled", place=None)
                        | ~models.Q(state="cancelled") & models.Q(place__gte=1),
                        name="booking_has_a_place_until_cancelled",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(visit=None) | models.Q(state="came"),
                        name="booking_with_a_visit_came",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(forgotten_at=None, name__gt="", matter__gt="")
                        & (models.Q(phone__gt="") | models.Q(email__gt=""))
                        | models.Q(
                            forgotten_at__isnull=False,
                            name="",
                            phone="",
                            email="",
                            notify_by="",
                            matter="",
                        ),
                        name="booking_forgets_the_person",
                    ),
                ],
            },
        ),
    ]

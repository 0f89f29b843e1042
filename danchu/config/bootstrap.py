"""What must be there before the product is served: tables, the country, offices, scores, in a demo its records."""

import os
import time

import django


def _say(text):
    print(f"  · {text}", flush=True)


def bootstrap():
    """Bring the database to where the product can be served; a second call changes nothing and takes seconds."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "danchu.config.settings")
    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    began = time.monotonic()
    _say("cập nhật lược đồ (schema)…")
    call_command("migrate", verbosity=0, interactive=False)
    _load(settings.DEMO)
    if not settings.DEBUG:
        call_command("collectstatic", verbosity=0, interactive=False)
    _say(f"sẵn sàng sau {time.monotonic() - began:.0f} giây")


def _load(demo):
    from danchu.demo.generate import generate_demo
    from danchu.figures.loading import load_scores
    from danchu.people.actor import Actor
    from danchu.people.loading import load_office_kinds
    from danchu.units.models import Unit
    from danchu.units.sources_load import load_units

    by = Actor.system("bootstrap")
    if not Unit.objects.exists():
        _say("nạp 63 tỉnh, 10.035 xã trước 07/2025; 34 tỉnh, 3.321 xã từ đó (units)…")
        load_units(by=by)
    load_office_kinds(by=by)
    load_scores(by=by)
    if demo:
        _say("dữ liệu minh họa của Hà Nội và Thành phố Hồ Chí Minh (demo records)…")
        generate_demo(by=by)

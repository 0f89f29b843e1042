"""danchu metrics: print what /metrics answers, for a collector that reads files."""

from django.conf import settings
from django.core.management.base import BaseCommand

from danchu.config.metrics import exposition


class Command(BaseCommand):
    help = "In số đo của bản cài đặt theo dạng của Prometheus."
    requires_system_checks = []

    def handle(self, **options):
        folder = settings.VAR / "metrics"
        self.stdout.write(exposition(folder if folder.exists() else "").decode(), ending="")

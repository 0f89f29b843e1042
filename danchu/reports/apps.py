from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "danchu.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.journal.verify import CHECKS  # late: models
        from danchu.reports.drift import broken_seals

        CHECKS.append(broken_seals)

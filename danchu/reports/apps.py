from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "danchu.reports"
    label = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.journal.heads import HEADS  # late: models
        from danchu.journal.verify import CHECKS
        from danchu.reports.drift import broken_seals, heads_of_seals
        from danchu.reports.room import ROOM
        from danchu.subjects.room import declare

        CHECKS.append(broken_seals)
        HEADS.append(heads_of_seals)
        declare(ROOM)

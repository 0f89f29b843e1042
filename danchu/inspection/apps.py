from django.apps import AppConfig


class InspectionConfig(AppConfig):
    name = "danchu.inspection"
    label = "inspection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.inspection import indicators  # noqa: F401  late: models
        from danchu.inspection.reports.seals import report_problems
        from danchu.inspection.room import ROOM
        from danchu.journal.verify import CHECKS
        from danchu.subjects.room import declare

        CHECKS.append(report_problems)
        declare(ROOM)

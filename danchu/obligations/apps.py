from django.apps import AppConfig


class ObligationsConfig(AppConfig):
    name = "danchu.obligations"
    label = "obligations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.journal.verify import CHECKS  # late: models
        from danchu.obligations.proof import obligation_problems

        CHECKS.append(obligation_problems)

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "danchu.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.journal.verify import CHECKS  # late: models
        from danchu.register import indicators  # noqa: F401
        from danchu.register.tally import tally_problems

        CHECKS.append(tally_problems)

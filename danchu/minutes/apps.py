from django.apps import AppConfig


class MinutesConfig(AppConfig):
    name = "danchu.minutes"
    label = "minutes"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.journal.verify import CHECKS  # late: models
        from danchu.minutes import indicators  # noqa: F401
        from danchu.minutes.keeper import KEEPER
        from danchu.minutes.proof import minutes_problems
        from danchu.register.keepers import KEEPERS

        CHECKS.append(minutes_problems)
        KEEPERS.append(KEEPER)

from django.apps import AppConfig


class LawConfig(AppConfig):
    name = "danchu.law"
    label = "law"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from danchu.journal.verify import CHECKS  # late: models
        from danchu.law.proof import joined_problems, text_problems

        CHECKS.extend((joined_problems, text_problems))

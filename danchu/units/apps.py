from django.apps import AppConfig


class UnitsConfig(AppConfig):
    name = "danchu.units"
    label = "units"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from danchu.journal.verify import CHECKS  # late: models
        from danchu.units.soundness import map_problems

        CHECKS.append(map_problems)

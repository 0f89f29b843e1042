from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "danchu.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from danchu.figures.map_change import figure_changes  # late: models
        from danchu.units.plan import EFFECTS

        EFFECTS.append(figure_changes)

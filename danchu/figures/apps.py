from django.apps import AppConfig


class FiguresConfig(AppConfig):
    name = "danchu.figures"
    label = "figures"
    default_auto_field = "django.db.models.BigAutoField"

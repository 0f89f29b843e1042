from django.apps import AppConfig


class LookConfig(AppConfig):
    name = "danchu.look"
    label = "look"
    default_auto_field = "django.db.models.BigAutoField"

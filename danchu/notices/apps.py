from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "danchu.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

from django.apps import AppConfig
from django.utils.translation import get_language, gettext

from danchu.kernel.words import speak


class LookConfig(AppConfig):
    name = "danchu.look"
    label = "look"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Give the kernel the active language and translation function."""
        speak(get_language, gettext)

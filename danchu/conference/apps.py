from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "danchu.conference"
    verbose_name = "Hội nghị"

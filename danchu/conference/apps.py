from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "danchu.conference"

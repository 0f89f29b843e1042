from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "danchu.conference"

    def ready(self):
        from danchu.conference.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)

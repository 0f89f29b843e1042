from django.apps import AppConfig


class FollowingConfig(AppConfig):
    name = "danchu.following"
    label = "following"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.following.room import ROOM  # late: models
        from danchu.subjects.room import declare

        declare(ROOM)

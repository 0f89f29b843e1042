from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "danchu.notices"
    label = "notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.journal.publishing import RECEIVERS  # late: models
        from danchu.notices.actions import mail_checkpoint

        RECEIVERS.append(mail_checkpoint)

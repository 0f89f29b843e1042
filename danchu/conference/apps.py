from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "danchu.conference"

    def ready(self):
        from danchu.conference.proof import poll_problems  # models are not ready above
        from danchu.journal.verify import CHECKS

        CHECKS.append(poll_problems)

from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "danchu.conference"

    def ready(self):
        from danchu.conference.letters import COMPLETING  # late: models
        from danchu.conference.proof import poll_problems
        from danchu.journal.verify import CHECKS
        from danchu.notices.letters import COMPLETERS

        CHECKS.append(poll_problems)
        COMPLETERS.update(COMPLETING)

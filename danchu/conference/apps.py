from django.apps import AppConfig


class ConferenceConfig(AppConfig):
    name = "danchu.conference"

    def ready(self):
        from danchu.conference.votes.checks import poll_problems  # late: models
        from danchu.conference.writes.letters import COMPLETING
        from danchu.journal.verify import CHECKS
        from danchu.notices.letters import COMPLETERS

        CHECKS.append(poll_problems)
        COMPLETERS.update(COMPLETING)

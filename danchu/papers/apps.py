from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "danchu.papers"
    label = "papers"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from danchu.journal.verify import CHECKS  # late: models
        from danchu.papers.proof import paper_problems

        CHECKS.append(paper_problems)

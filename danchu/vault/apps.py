from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "danchu.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from danchu.journal.verify import CHECKS  # late: models
        from danchu.vault.proof import vault_problems

        CHECKS.append(vault_problems)

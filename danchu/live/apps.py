from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "danchu.live"
    verbose_name = "Hội trường trực tuyến"

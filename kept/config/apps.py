from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring: its checks say whether the house stands as it was planned."""

    name = "kept.config"

    def ready(self) -> None:
        pass  # registers the checks

from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """The wiring: its checks say whether the house stands as it was planned."""

    name = "kept.config"

    def ready(self) -> None:
        import_module("kept.config.checks")  # which registers them

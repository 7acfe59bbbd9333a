"""The command line: one verb a command, the same answers for people and for programs."""

from kept.cli.app import main

__all__ = ["main"]

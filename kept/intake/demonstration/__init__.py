"""Demonstration families and the messages that would be sent about them. Nobody in them is anybody."""

from kept.intake.demonstration.families import Family, families
from kept.intake.demonstration.messages import messages
from kept.intake.demonstration.writing import write_messages

__all__ = ["Family", "families", "messages", "write_messages"]

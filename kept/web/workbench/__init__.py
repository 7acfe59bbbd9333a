"""The notice workbench: where information governance checks a draft, and two people publish it."""

"""The check of a definition: one module for each thing that it looks for."""

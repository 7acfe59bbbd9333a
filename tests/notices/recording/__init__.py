"""The definition for those who supervise.

The record of processing that Article 30 asks for, and the same promises in the W3C Data Privacy Vocabulary.
"""

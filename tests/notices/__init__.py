"""The specification of the notice language: a folder is a chapter, a test a paragraph."""

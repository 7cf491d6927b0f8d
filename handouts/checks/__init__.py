"""Checks of a finished PDF: each takes the document and returns what is wrong with it."""

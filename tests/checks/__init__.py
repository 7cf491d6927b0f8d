"""Checks are tried on rendered documents, so fonts come first."""

from tests.rendering import samples

samples.use_our_fonts()

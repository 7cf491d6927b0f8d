"""Faults that are put into good documents, one at a time, to see whether the gate notices."""

from tests.rendering import samples

samples.use_our_fonts()

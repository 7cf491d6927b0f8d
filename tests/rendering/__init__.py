"""Everything that renders in a test does it with our fonts only, from the first import on."""

from tests.rendering import samples

samples.use_our_fonts()

"""Real files, spoilt at random: the program says what is wrong, and never fails over them."""

from tests.rendering import samples

samples.use_our_fonts()

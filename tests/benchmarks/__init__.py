"""What the work on documents costs, measured side by side in one run; see ``__main__``."""

from tests.rendering import samples

samples.use_our_fonts()

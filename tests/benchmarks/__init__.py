"""What the work on a document costs, measured side by side in one run."""

from tests.rendering import samples

samples.use_our_fonts()

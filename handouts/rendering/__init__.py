"""HTML to accessible PDF: fonts, the engine, and what its structure lacks."""

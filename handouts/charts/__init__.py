"""Charts: facts in, SVG with real text, alt text out."""

"""The words of content: Markdown with references to facts and with named components."""

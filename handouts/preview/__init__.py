"""The preview: documents in a browser while their words, templates and styles are changed.

One process serves the page, a second draws what is looked at, a third checks it and builds the
rest of the library behind it, into a folder of the preview's own.
"""

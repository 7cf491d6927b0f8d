"""``sitemap.xml`` (sitemaps.org, protocol 0.9): what search engines may show; no drafts."""

from __future__ import annotations

from xml.sax.saxutils import escape

from handouts.build.site.catalogue import Catalogue
from handouts.build.site.twins import address_of

_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap_of(catalogue: Catalogue) -> str | None:
    """The sitemap; None where the library has no address, or nothing that may be found."""
    base = catalogue.base_url
    reviewed = [each for each in catalogue.sheets if not each.is_draft]
    if base is None or not reviewed:
        return None
    pages = [(address_of(each.entry, base), each.entry.reviewed) for each in reviewed]
    if len(reviewed) == len(catalogue.sheets):
        pages.insert(0, (f"{base}/", None))
    lines = (
        f"<url><loc>{escape(address)}</loc>{f'<lastmod>{day}</lastmod>' if day else ''}</url>"
        for address, day in pages
    )
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<urlset xmlns="{_NAMESPACE}">',
            *lines,
            "</urlset>",
            "",
        )
    )

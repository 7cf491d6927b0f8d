"""The files of the site: the same bytes for the same documents."""

from __future__ import annotations

from handouts.build.site.catalogue import Catalogue
from handouts.build.site.names import PAGE, SCRIPT
from handouts.build.site.page import page_of, script


def files_of(catalogue: Catalogue) -> dict[str, bytes]:
    """Every file of the site, by its path below the output folder."""
    return {PAGE: page_of(catalogue).encode(), SCRIPT: script()}

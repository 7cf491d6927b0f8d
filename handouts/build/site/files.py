"""The files of the site: the same bytes for the same documents."""

from __future__ import annotations

from collections.abc import Callable

from handouts.build.site.archives import archives_of, data_of
from handouts.build.site.catalogue import Catalogue
from handouts.build.site.fhir import resources_of
from handouts.build.site.names import PAGE, SCRIPT, SITEMAP
from handouts.build.site.page import page_of, script
from handouts.build.site.sitemap import sitemap_of


def files_of(catalogue: Catalogue, read: Callable[[str], bytes]) -> dict[str, bytes]:
    """Every file of the site, by its path below the output folder.

    Args:
        catalogue: of the library.
        read: gives the bytes of a file in the output folder.

    Raises:
        OSError: a PDF of the catalogue can't be read.
    """
    files = {PAGE: page_of(catalogue).encode(), SCRIPT: script()}
    if sitemap := sitemap_of(catalogue):
        files[SITEMAP] = sitemap.encode()
    files |= {each.path: data_of(each, read) for each in archives_of(catalogue)}
    return files | resources_of(catalogue, read)

"""What was drawn last: pictures of pages and pages for screens, as many as are looked at."""

from __future__ import annotations

from collections import OrderedDict

from handouts.build.inputs import digest_of
from handouts.preview.messages import Styled

_KEPT_PICTURES = 120
_KEPT_TWINS = 24


class Drawings:
    """Keeps what browsers ask for next; what was drawn long ago goes.

    Attributes:
        styles: of the pages for screens.
    """

    def __init__(self) -> None:
        self.styles = Styled(0, {}, "")
        self._pictures: OrderedDict[str, bytes] = OrderedDict()
        self._twins: OrderedDict[str, bytes] = OrderedDict()

    def add_picture(self, data: bytes) -> str:
        """Keep the picture of a page; gives its digest."""
        digest = digest_of(data)
        _keep(self._pictures, digest, data, _KEPT_PICTURES)
        return digest

    def add_twin(self, path: str, data: bytes) -> str:
        """Keep a page for screens; gives a digest of how it looks."""
        _keep(self._twins, path, data, _KEPT_TWINS)
        return digest_of(data + self.styles.digest.encode())

    def picture(self, digest: str) -> bytes | None:
        """The picture with that digest, if it is kept."""
        return self._pictures.get(digest)

    def file(self, path: str) -> bytes | None:
        """A page for screens or a file of its styles, if it is kept."""
        return self._twins.get(path) or self.styles.files.get(path)


def _keep(store: OrderedDict[str, bytes], name: str, data: bytes, most: int) -> None:
    store[name] = data
    store.move_to_end(name)
    while len(store) > most:
        store.popitem(last=False)

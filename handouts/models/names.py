"""What an id may look like: it becomes part of addresses of facts, of file names and of links."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import StringConstraints

_ID = r"[a-z0-9][a-z0-9-]*"
ID = re.compile(_ID)
"""Small letters, digits and hyphens."""

Id = Annotated[str, StringConstraints(pattern=rf"^{_ID}$")]
"""An id in a record."""

LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
"""A language tag (BCP 47), as far as we use them."""

RESERVED_ARMS = frozenset(
    {"at", "difference", "ratio", "p", "nnt", "total", "cutoff", "follow-up", "follow-up-control"}
)
"""Last parts of addresses that are not arms, so that no arm may be called so."""

RESERVED_ARM_PREFIX = "events-"
"""How the last part of an address begins that counts the events of an arm."""

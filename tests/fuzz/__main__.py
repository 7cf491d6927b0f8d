"""``python -m tests.fuzz``: spoils files, and prints what the program did not stand up to."""

from __future__ import annotations

import argparse
import sys
import time

from tests.fuzz.targets import KINDS, findings


def main() -> int:
    """Run the cases; 1 if there is a finding."""
    parser = argparse.ArgumentParser(prog="script/fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    start, found = time.monotonic(), 0
    for each in findings(given.cases, given.seed):
        if each is None:
            continue
        found += 1
        print(f"case {each.number} ({each.kind}): {each.what}\n  {each.text[:300]!r}", flush=True)
    seconds = time.monotonic() - start
    print(
        f"{given.cases} cases ({', '.join(KINDS)}), seed {given.seed}: {found} findings,"
        f" {seconds:.0f} s ({1000 * seconds / given.cases:.1f} ms a case)"
    )
    return int(found > 0)


if __name__ == "__main__":
    sys.exit(main())

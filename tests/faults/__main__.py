"""``python -m tests.faults``: a table of the kinds of faults, and how many the gate catches."""

from __future__ import annotations

import sys
from collections import defaultdict

from tests.faults.injection import DOCUMENTS, FAULTS, Trial, trials


def main() -> int:
    """Print the table; 1 if a fault was missed."""
    by_fault: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials():
        if trial.codes is not None:
            by_fault[trial.fault.name].append(trial)
    print(f"| Fault | Caught, of {len(DOCUMENTS)} documents that it can spoil | By |")
    print("|---|---|---|")
    caught = total = 0
    for fault in FAULTS:
        tried = by_fault[fault.name]
        good = [each for each in tried if each.is_caught]
        caught, total = caught + len(good), total + len(tried)
        codes = sorted({code for each in good for code in each.codes or ()})
        print(f"| {fault.name} | {len(good)} of {len(tried)} | {', '.join(codes)} |")
    print(f"\n{len(FAULTS)} kinds; {caught} of {total} faults caught ({caught / total:.1%})")
    return int(caught < total)


if __name__ == "__main__":
    sys.exit(main())

"""The published ratios of the four trials, with the p-values they imply."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Published(NamedTuple):
    """A ratio as printed; the implied p-values were worked out independently, to 1 or 2 figures."""

    name: str
    estimate: Decimal
    low: Decimal
    high: Decimal
    implied: Decimal
    implied_low: Decimal
    implied_high: Decimal
    p: str | None


def _read(line: str) -> Published:
    name, estimate, low, high, implied, implied_low, implied_high, p = line.split()
    return Published(
        name,
        Decimal(estimate),
        Decimal(low),
        Decimal(high),
        Decimal(implied),
        Decimal(implied_low),
        Decimal(implied_high),
        None if p == "none" else p,
    )


RATIOS = [
    _read(line)
    for line in """
    CLEO.PFS.IRF            0.62 0.51 0.75 1e-6    2e-7    5e-6   <0.001
    CLEO.PFS.SEED           0.69 0.58 0.81 1e-5    3e-6    4e-5   <0.001
    CLEO.PFS.INV.2020       0.69 0.59 0.81 4e-6    9e-7    2e-5   none
    CLEO.PFS.INV.2015       0.68 0.58 0.80 3e-6    5e-7    1e-5   none
    CLEO.OS.2012            0.66 0.52 0.84 0.00068 0.00035 0.0012 0.0008
    CLEO.OS.2015            0.68 0.56 0.84 0.00019 8e-5    0.00042 0.0002
    CLEO.OS.2020            0.69 0.58 0.82 3e-5    8e-6    8e-5   <0.001
    APH.IDFS.2017           0.81 0.66 1.00 0.047   0.035   0.061  0.045
    APH.IDFS.FDA            0.82 0.67 1.00 0.052   0.039   0.068  0.047
    APH.IDFS.2025           0.79 0.68 0.92 0.0022  0.0010  0.0043 none
    APH.OS.2024             0.83 0.68 1.02 0.072   0.055   0.091  0.078
    APH.OS.2025             0.83 0.69 1.00 0.049   0.036   0.065  0.0441
    H2C.PFS                 0.54 0.42 0.71 4e-6    1e-6    1e-5   <0.001
    H2C.OS.2020             0.66 0.50 0.88 0.0040  0.0025  0.0059 0.005
    H2C.OS.2020.LABEL       0.66 0.50 0.87 0.0033  0.0021  0.0050 0.0048
    H2C.OS.2022             0.73 0.59 0.90 0.0035  0.0020  0.0057 0.004
    H2C.PFS.BM              0.48 0.34 0.69 5e-5    2e-5    0.0001 <0.001
    H2C.CNSPFS.2020         0.32 0.22 0.48 1e-8    1e-9    6e-8   <0.0001
    H2C.OS.BM.2023          0.60 0.44 0.81 0.0010  0.0006  0.0017 none
    EXT.IDFS.2Y             0.67 0.50 0.91 0.0088  0.0061  0.012  0.0091
    EXT.IDFS.2Y.FDA         0.66 0.49 0.90 0.0074  0.0051  0.010  0.008
    EXT.IDFS.5Y             0.73 0.57 0.92 0.0100  0.0067  0.014  0.0083
    EXT.IDFS.5Y.HRPOS1Y     0.58 0.41 0.82 0.0021  0.0013  0.0031 none
    EXT.OS                  0.95 0.75 1.21 0.674   0.635   0.712  0.6914
    """.strip().splitlines()
]

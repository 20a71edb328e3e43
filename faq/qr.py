"""A QR code as the outline of its dark squares, made here: no address of a ticket is given to anybody else."""

from dataclasses import dataclass

import segno

QUIET: int = 4  # squares of margin that ISO/IEC 18004 asks for


@dataclass(frozen=True)
class QrCode:
    """`size` squares wide and high with its margin; `path` draws the dark ones in an SVG of that size."""

    size: int
    path: str


def qr_code(text: str) -> QrCode:
    """The code of a text, such as an address, that stands a scratch or a bad print (error correction M)."""
    rows = [list(row) for row in segno.make_qr(text, error="m", boost_error=False).matrix_iter(border=QUIET)]
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
    return QrCode(len(rows), path)

"""How alike two texts are: MinHash signatures of their character 5-grams (Broder 1997).

Each gram is hashed once and falls into one of 128 bins, of which the least value is kept (Li, Owen and Zhang 2012);
empty bins of short texts borrow from their neighbours (Shrivastava and Li 2014).
"""

import hashlib
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

BINS = 128
BANDS = 32
_ROWS = BINS // BANDS
_GRAM = 5
_VALUE_BYTES = 4
# White space and masks differ between copies of one report.
_LEFT_OUT = re.compile(r"[\s*×]+")
# An odd number near 2³² / φ: borrowed values do not meet those of the bins they come from.
_STEP = 0x9E3779B1


def signature(text: str) -> bytes:
    """Return the signature of a text, 512 bytes, the same on every machine; white space and masks do not count."""
    import numpy as np

    hashes = _grams(_LEFT_OUT.sub("", text))
    least = np.full(BINS, np.iinfo(np.uint64).max, dtype=np.uint64)
    np.minimum.at(least, (hashes % np.uint64(BINS)).astype(np.intp), hashes >> np.uint64(32))
    return _filled(least).astype("<u4").tobytes()


def similarity(one: bytes, other: bytes) -> float:
    """Return the estimated share of 5-grams (Jaccard) that two signatures' texts have in common: 0 to 1."""
    width = _VALUE_BYTES
    same = sum(
        one[start : start + width] == other[start : start + width] for start in range(0, len(one), width)
    )
    return same / BINS


def bands(signature: bytes) -> list[int]:
    """Return 32 hashes, each a signed 64-bit integer: texts that are 0.8 alike share one almost surely."""
    width = _ROWS * _VALUE_BYTES
    return [_hash(signature[start : start + width]) for start in range(0, len(signature), width)]


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "little", signed=True)


def _filled(least: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Let every empty bin borrow from the next one that is not, changed by how far that is."""
    import numpy as np

    taken = np.flatnonzero(least != np.iinfo(np.uint64).max)
    if not len(taken):
        return least
    places = np.arange(BINS)
    nearest = taken[np.searchsorted(taken, places) % len(taken)]
    away = ((nearest - places) % BINS).astype(np.uint64)
    return (least[nearest] + away * np.uint64(_STEP)) % np.uint64(1 << 32)


def _grams(text: str) -> "NDArray[np.uint64]":
    """Return a hash of each run of five characters; a shorter text is filled up to one run."""
    import numpy as np

    padded = text if not text else text.ljust(_GRAM, "\0")
    codes = np.frombuffer(padded.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    count = max(0, len(codes) - _GRAM + 1)
    mixed = np.zeros(count, dtype=np.uint64)
    for offset in range(_GRAM):
        mixed = mixed * np.uint64(0x100000001B3) + codes[offset : offset + count]
    return _scatter(mixed)


def _scatter(values: "NDArray[np.uint64]") -> "NDArray[np.uint64]":
    """Spread neighbouring values over all 64 bits (the finalizer of SplitMix64)."""
    import numpy as np

    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))

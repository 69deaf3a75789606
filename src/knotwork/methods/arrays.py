"""The array types in which the methods speak.

Three names cover nearly every signature: measurements are 64-bit floats with NaN for *missing*, counts are
64-bit integers so that sums of people are exact whatever the order of adding, and choices are booleans.
"""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Counts: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int32]
VoteValues: TypeAlias = NDArray[np.int8]

__all__ = ["Counts", "Flags", "Floats", "Indices", "VoteValues"]

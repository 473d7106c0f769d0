"""Files and folders in, a stream of papers out.

`read` is the door, `named` finds the names that inputs bring along; `READERS` names the formats, one module each. A format is recognised by what a
file holds, not by its name.
"""

from kg.readers.formats import READERS
from kg.readers.reading import named, read

__all__ = ["READERS", "named", "read"]

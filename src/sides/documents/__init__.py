"""From files, folders, addresses, feeds, archives and standard input to dated documents.

```
find(targets)          sources, in a fixed order, and an error for each target that is none
load(source, options)  the documents of a source, and an error for each that is left out
listed(sidecar, options)  the documents that one sidecar lists, files or texts, to be looked up by key or name
signature(text)        numbers that stand for a text's words; give it `outside_asides(text, asides)`
reports(signatures)    which documents are copies of one report
```

Errors are values here: one bad input costs that input alone. See docs/documents.md.
"""

from sides.documents.asides import find_asides, outside_asides
from sides.documents.find import find
from sides.documents.listing import Listing, listed
from sides.documents.load import load
from sides.documents.reports import reports, signature
from sides.documents.source import Facts, Options, Source

__all__ = ["Facts", "Listing", "Options", "Source", "find", "find_asides", "listed", "load", "outside_asides",
           "reports", "signature"]

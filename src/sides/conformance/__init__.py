"""Whether a plug-in keeps what `sides` asks of it: checks that its maker calls from a test of their own.

    from sides.conformance import check_reader

    def test_our_reader():
        check_reader(TinyReader())

Each check raises `ConformanceError`, which says what is wrong and where, or returns nothing. See docs/plugins.md.
"""

from sides.conformance.adapters import check_adapter
from sides.conformance.exporters import check_exporter
from sides.conformance.extractors import check_extractor
from sides.conformance.fault import ConformanceError
from sides.conformance.readers import check_reader

__all__ = ["ConformanceError", "check_adapter", "check_exporter", "check_extractor", "check_reader"]

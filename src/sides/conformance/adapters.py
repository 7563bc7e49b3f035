"""What is asked of an adapter of an event dataset."""

from __future__ import annotations

from pathlib import Path

from sides.conformance.fault import attempt, check_identity, require
from sides.events.adapter import Adapter
from sides.events.gathering import gathering
from sides.events.mapping import Mapping, parse_mapping, shipped_names
from sides.events.recognize import recognized
from sides.model.errors import InputError, MappingError


def check_adapter(adapter: Adapter, sample: Path) -> None:
    """Whether an adapter keeps what is asked of it, on a file of its dataset.

    Raises `ConformanceError`: for a name or version that is none, or the name of a dataset that `sides` has itself; a
    mapping that makes no sense, is of another dataset, or is another on another call; a sample that lacks columns of
    the mapping, cannot be read, or of which no record becomes a claim; ids that several records of the sample bear, so
    that one stands for the others; a sample that gives other events when read again.
    """
    check_identity(adapter)
    require(adapter.name not in shipped_names(), f"sides itself has a dataset {adapter.name!r}: take another name")
    told = attempt(adapter.mapping, "being asked for its mapping")
    require(isinstance(told, str), f"its mapping is {type(told).__name__}, not the text of a TOML file")
    require(attempt(adapter.mapping, "being asked again") == told, "its mapping is another when it is asked again")
    try:
        mapping = parse_mapping(told, "its mapping")
    except MappingError as error:
        require(False, str(error))
        return
    require(mapping.dataset.name == adapter.name,
            f"its mapping is of the dataset {mapping.dataset.name!r}, not of {adapter.name!r}")
    try:
        recognized(sample, {adapter.name: mapping})
    except InputError as error:
        require(False, f"the sample does not fit its mapping: {error}")
    require(_read(mapping, sample) == _read(mapping, sample), "the sample gives other events when it is read again")


def _read(mapping: Mapping, sample: Path) -> tuple[object, ...]:
    name = mapping.dataset.name
    with gathering(mappings={name: mapping}) as found:
        (told,) = found.read([sample], name)
        require(told.error is None, f"the sample cannot be read: {told.error}")
        account = told.account
        assert account is not None
        reasons = ", ".join(f"{count} for {reason}" for reason, count in account.left_out.items())
        require(account.claims > 0 or mapping.mention is not None,
                f"no record of the sample becomes a claim ({account.records} records, left out {reasons or 'none'})")
        repeated = sum(found.repeated().values())
        require(not repeated, f"{repeated} records of the sample bear an id that another has: `[event] id` must name "
                "columns that tell records apart")
        return account, found.panel("day").fetchall()

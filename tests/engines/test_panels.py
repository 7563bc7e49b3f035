"""Files gathered in groups by an engine give what one process gathers of them, and each costs itself alone."""

from __future__ import annotations

import gzip
import os
from collections.abc import Callable, Iterable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import sides
from sides.actors.registry import Registry
from sides.engines import panels
from sides.engines.engine import Engine, Item, Result, Task, groups
from sides.engines.panels import GatheringSettings, read_by, read_into, shared_folder
from sides.engines.processes import InProcess, Processes
from sides.events.blocks import blocks_of
from sides.events.gathering import Gathering, Told, gathering
from sides.events.mapping import shipped
from sides.model.errors import EngineError, MalformedInput, SidesError
from tests.events.test_mentions import mention

GOLDEN = Path(__file__).parents[1] / "events" / "golden"
HEAD = "date,source,target,code\n"


@cache
def registry() -> Registry:
    return Registry.load()


def everything(found: Gathering, told: Iterable[Told]) -> list[Any]:
    """All that is told of what was gathered."""
    accounts = [(one.file, one.account, repr(one.error)) for one in told]
    return [accounts, *(found.panel(every).fetchall() for every in ("day", "year")), found.repeated(),
            found.without_event(), found.gaps(), found.left_out().fetchall(), found.left_out().fetchall()]


def here(files: list[Path], dataset: str | None = None) -> list[Any]:
    with gathering(registry=registry()) as found:
        return everything(found, found.read(files, dataset))


def by(engine: Engine, files: list[Path], dataset: str | None = None, *, with_left_out: bool = False) -> list[Any]:
    asked = GatheringSettings(shipped(), dataset, with_left_out=with_left_out)
    with gathering(registry=registry()) as found, shared_folder() as folder:
        all_of_it = everything(found, read_by(engine, found, files, asked, folder))
        assert not list(folder.iterdir())
        return all_of_it


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Events, pairs and mentions of many datasets, one of them twice; what is none, breaks off or is not there."""
    tmp_path = tmp_path_factory.mktemp("files")
    (tmp_path / "a_cameo.csv").write_text(HEAD + "2011-03-01,SYRGOV,PSEREBHMS,051\n2011-03-09,USA,SYR,112\n" * 3)
    (tmp_path / "b_cameo.csv").write_text(HEAD + "2011-03-09,USA,SYR,112\n2012-01-01,Odd,Nobody knows,190\n")
    (tmp_path / "empty_cameo.csv").write_text(HEAD)
    (tmp_path / "cut_cameo.csv.gz").write_bytes(gzip.compress((tmp_path / "a_cameo.csv").read_bytes() * 50)[:-12])
    (tmp_path / "strange.csv").write_text("a,b\n1,2\n")
    names = {"gdelt-2": "20191024143000.export.CSV", "gdelt-2-mentions": "20191024144500.mentions.CSV",
             "cow-alliance-members": "alliance_v4.1_by_member.csv", "ucdp-support": "ucdp-esd-ty-181.csv"}
    for path in GOLDEN.glob("*.[ct]sv"):
        if path.stem in names:
            (tmp_path / names[path.stem]).write_bytes(path.read_bytes())
    (tmp_path / "20191024150000.mentions.CSV").write_text(mention(9, "c.example") + "\n")  # of an event that is nowhere
    return [*sorted(tmp_path.iterdir()), tmp_path / "b_cameo.csv", tmp_path / "none.csv"]


@pytest.fixture(scope="module")
def expected(files: list[Path]) -> list[Any]:
    return here(files)


@pytest.mark.parametrize(("size", "with_left_out"), [(1, True), (1000, False), (panels.GROUP_BYTES, True)])
def test_however_files_are_grouped_the_same_is_told(files, expected, monkeypatch, size, with_left_out):
    monkeypatch.setattr(panels, "GROUP_BYTES", size)
    assert by(InProcess(), files, with_left_out=with_left_out) == expected
    accounts, panel, _, repeated, without_event, _, left_out, _ = expected
    assert sum(account is None for _, account, _ in accounts) == 4 and len(accounts) == len(files) == 12
    assert len({row[0] for row in panel}) == 4 and repeated and without_event and left_out


LINE = st.tuples(st.sampled_from(("2011-03-01", "2011-04-01", "never")), st.sampled_from(("USA", "SYR", "GOV", "odd")),
                 st.sampled_from(("SYR", "IRN")), st.sampled_from(("190", "051", "999"))).map(",".join)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tables=st.lists(st.lists(LINE, max_size=6), min_size=1, max_size=4), size=st.integers(1, 400))
def test_no_record_is_lost_or_doubled_in_a_group(tmp_path, monkeypatch, tables, size):
    monkeypatch.setattr(panels, "GROUP_BYTES", size)
    paths = [tmp_path / f"{place}_cameo.csv" for place in range(len(tables))]
    for path, lines in zip(paths, tables, strict=True):
        path.write_text(HEAD + "".join(f"{line}\n" for line in lines))
    assert by(InProcess(), paths, "keds-cameo", with_left_out=True) == here(paths, "keds-cameo")


def test_a_group_is_as_large_as_it_must_be(tmp_path):
    sizes = {"a": 3, "b": 1, "c": 5, "d": 2}
    for name, size in sizes.items():
        (tmp_path / name).write_bytes(b"x" * size)
    paths = [tmp_path / name for name in ("a", "none", "b", "c", "d")]
    assert [[one.name for one in group] for group in groups(paths, Path, 4)] == [["a", "none", "b"], ["c"], ["d"]]


def falling(task: Task[Any, Any], paths: tuple[Path, ...]) -> list[Any]:
    """The task, but for a file that takes its process with it."""
    if any(path.name == "fatal_cameo.csv" for path in paths):
        os._exit(9)
    return list(task(paths))


class Falling:
    """Processes that fall over a file."""

    def __init__(self, engine: Processes) -> None:
        self._engine = engine

    def each(self, task: Task[Item, Result], items: Iterable[Item], lost: Callable[[Item], Result], *,
             chunk: int) -> Iterator[Result]:
        return self._engine.each(partial(falling, task), items, lost, chunk=chunk)  # type: ignore[arg-type]


def test_a_file_that_brings_its_process_down_costs_itself_alone(files, tmp_path):
    fatal = tmp_path / "fatal_cameo.csv"
    fatal.write_text(HEAD + "2011-03-01,USA,SYR,112\n")
    with Processes(1) as engine:  # a group of three, of which one falls
        (one, (file, account, error), other), *rest = by(Falling(engine), [files[0], fatal, files[1]])
    assert (file, account) == (str(fatal), None) and "brought the reading process down" in error
    assert [[one, other], *rest] == here(files[:2])


def test_of_a_file_of_mentions_that_breaks_off_nothing_is_kept_or_listed(tmp_path, monkeypatch):
    monkeypatch.setattr("sides.events.gathering.blocks_of", lambda path, table: blocks_of(path, table, 200))
    path = tmp_path / "20191024144500.mentions.CSV.gz"
    content = gzip.compress((GOLDEN / "gdelt-2-mentions.tsv").read_bytes() * 20)
    path.write_bytes(content[:-12])
    accounts, *rest = here([path], "gdelt-2-mentions")
    assert "cannot be read to its end" in accounts[0][2]
    assert not any(rest)


def test_a_row_that_is_missing_is_no_small_matter(files):
    with gathering(registry=registry()) as one, gathering(registry=registry()) as other, shared_folder() as folder:
        list(one.read(files[-2:-1]))
        gathered = one.lay_down(folder)
        (kept,) = [laid.path for laid in gathered.rows if laid.table == "kept"]
        other.connection.execute(f"COPY (FROM '{kept}' LIMIT 1) TO '{kept}'")
        with pytest.raises(SidesError, match="of 2 rows 1 were found again"):
            list(other.take_up(gathered))


def test_the_shared_folder_goes_whatever_happens(files, tmp_path):
    place = tmp_path / "a [strange] place"
    place.mkdir()
    with gathering(registry=registry()) as found, pytest.raises(InterruptedError), shared_folder(place) as folder:
        told = read_by(InProcess(), found, files, GatheringSettings(shipped()), folder)
        assert next(told).account
        assert folder.parent == place
        raise InterruptedError
    assert not list(place.iterdir())


def test_a_worker_that_does_not_see_the_folder_says_so(files, tmp_path):
    with gathering(registry=registry()) as found, pytest.raises(EngineError, match="does not see the folder"):
        list(read_by(InProcess(), found, files, GatheringSettings(shipped()), tmp_path / "elsewhere"))


def test_a_frame_raises_for_a_file_that_cannot_be_read_whatever_the_engine(files, monkeypatch):
    told = [Told("cut.csv", None, MalformedInput("cut.csv", "is cut", "Get it again."))]
    monkeypatch.setattr("sides.export.panel.read_into", lambda *paths, engine, beside, **rest: told if (
        engine, beside) == ("local[2]", Path("there")) else read_into(*paths, **rest))
    with pytest.raises(MalformedInput, match="is cut"):
        sides.panel(files[:1], engine="local[2]", shared="there")

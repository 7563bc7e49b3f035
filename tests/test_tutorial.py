"""The tutorial runs from its first cell to its last, in a kernel of its own, and is kept without what it printed."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

import sides

TUTORIAL = Path(__file__).parents[1] / "docs" / "tutorial.ipynb"


@pytest.fixture(scope="module")
def executed(tmp_path_factory):
    """The notebook after a run, by the interpreter of the tests."""
    notebook = nbformat.read(TUTORIAL, as_version=4)
    folder = tmp_path_factory.mktemp("tutorial")
    kernel = folder / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text(json.dumps({
        "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"], "language": "python",
        "display_name": "Python 3"}), encoding="utf-8")
    before = dict(os.environ)
    os.environ.update(JUPYTER_PATH=str(folder), PYTHONPATH=str(Path(sides.__file__).parents[1]),
                      IPYTHONDIR=str(folder / "ipython"))
    try:
        return NotebookClient(notebook, timeout=300, kernel_name="python3",
                              resources={"metadata": {"path": str(folder)}}).execute()
    finally:
        os.environ.clear()
        os.environ.update(before)


def shown(notebook, mimetype):
    return [output["data"][mimetype] for cell in notebook.cells if cell.cell_type == "code"
            for output in cell.outputs if mimetype in output.get("data", {})]


def test_every_cell_runs_and_each_shows_something(executed):
    code = [cell for cell in executed.cells if cell.cell_type == "code"]
    assert all(output.output_type != "error" for cell in code for output in cell.outputs)
    assert [cell.source.splitlines()[0] for cell in code[1:] if not cell.outputs] == []
    assert not [output for cell in code for output in cell.outputs if output.get("name") == "stderr"]


def test_ties_networks_and_three_plots_are_shown(executed):
    html = shown(executed, "text/html")
    assert any('class="sides-tie"' in one for one in html) and any('class="sides-network"' in one for one in html)
    charts = [output["data"] for cell in executed.cells if cell.cell_type == "code" for output in cell.outputs
              if any("vega" in name for name in output.get("data", {})) or "vega" in str(
                  output.get("data", {}).get("text/html", ""))]
    assert len(charts) == 3


def test_nothing_that_it_printed_is_kept():
    notebook = nbformat.read(TUTORIAL, as_version=4)
    nbformat.validate(notebook)
    assert not [cell for cell in notebook.cells if cell.cell_type == "code" and (cell.outputs or cell.execution_count)]

"""A standalone cluster of Spark on this machine: a master and workers of one core each, on loopback alone."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Self

import pyspark

CLASS = Path(pyspark.__file__).parent / "bin" / "spark-class"
# Quick to start, and no port beside that of the master.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Dspark.master.rest.enabled=false"


class Cluster:
    """For a `with` statement; `master` is its address. Workers are killed with all that they have started."""

    def __init__(self, folder: Path, workers: int = 2) -> None:
        self.folder, self._count = folder, workers

    def __enter__(self) -> Self:
        self._processes: list[subprocess.Popen[bytes]] = []
        port = free_port()
        self.master = f"spark://127.0.0.1:{port}"
        try:
            master = self._start("master", "org.apache.spark.deploy.master.Master", "--host", "127.0.0.1", "--port",
                                 str(port), "--webui-port", str(free_port()))
            wait_for(lambda: b"I have been elected leader" in self.said("master"), 60, master)
            self.workers = [self._start(
                f"worker-{number}", "org.apache.spark.deploy.worker.Worker", "--host", "127.0.0.1", "--cores", "1",
                "--memory", "1g", "--webui-port", str(free_port()), "--work-dir", str(self.folder / f"work-{number}"),
                self.master) for number in range(self._count)]
            wait_for(lambda: self.said("master").count(b"Registering worker") >= self._count, 60, *self.workers)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *error: object) -> None:
        for process in reversed(self._processes):
            if process.poll() is None:
                kill(process)

    def said(self, name: str) -> bytes:
        """What a process of the cluster has written so far."""
        return (self.folder / f"{name}.log").read_bytes()

    def _start(self, name: str, *command: str) -> subprocess.Popen[bytes]:
        own = self.folder / name  # all that lasts no longer than what it does
        own.mkdir()
        environment = {**os.environ, "SPARK_LOCAL_IP": "127.0.0.1", "SPARK_NO_DAEMONIZE": "1", "TMPDIR": str(own),
                       "SPARK_LOCAL_DIRS": str(own), "SPARK_DAEMON_JAVA_OPTS": JAVA_OPTIONS}
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen([str(CLASS), *command], env=environment, stdout=log, stderr=log,
                                       stdin=subprocess.DEVNULL, cwd=self.folder)
        self._processes.append(process)
        return process


def kill(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all below it at once, as a machine that is switched off does: nothing gets to say goodbye."""
    for number in (signal.SIGSTOP, signal.SIGKILL):  # what stands still starts nothing new
        for pid in (process.pid, *descendants(process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
    process.wait(timeout=30)


def descendants(pid: int) -> list[int]:
    """All processes that a process has started, and those that these have."""
    try:
        own = [int(child) for task in Path(f"/proc/{pid}/task").iterdir()
               for child in (task / "children").read_text().split()]
    except FileNotFoundError:
        return []
    return [one for child in own for one in (child, *descendants(child))]


def wait_for(condition: Callable[[], Any], seconds: float, *processes: subprocess.Popen[bytes]) -> Any:
    """What the condition gives as soon as it gives something; none of the processes may have ended by then."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := condition():
            return found
        assert all(process.poll() is None for process in processes), "a process has ended"
        time.sleep(0.1)
    raise AssertionError(f"not so within {seconds} s")


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])

"""A session of Spark: started quietly, with what is ours set where the user has set nothing, and ended whole."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import sys
import tempfile
import threading
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Any, Self

from sides.model.errors import EngineError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

INSTALL = "Install it with: pip install 'sides[spark]'"
JAVA = "Spark needs Java 17 or newer (on Debian and Ubuntu: apt install openjdk-17-jre-headless; else set JAVA_HOME)."
LOOPBACK = ("127.0.0.1", "localhost")
ANSWER_SECONDS = 10.0
# Java hands bytes over here and computes nothing: its second compiler takes more of the cores than it gives back.
JAVA_OPTIONS = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
# What the user sets in spark-defaults.conf or PYSPARK_SUBMIT_ARGS comes first.
SETTINGS = {
    "spark.app.name": "sides",
    "spark.executor.extraJavaOptions": JAVA_OPTIONS,
    "spark.ui.enabled": "false",  # no port is opened that nobody asked for
    "spark.ui.showConsoleProgress": "false",
    # Twice is enough: what falls twice is tried again in smaller parts (see `spark`), and alone in the end.
    "spark.task.maxFailures": "2",
    # A row is a chunk of items, and a partition of its own.
    "spark.sql.execution.arrow.maxRecordsPerBatch": "1",
    "spark.sql.execution.arrow.localRelationThreshold": "0",
    # Plans are one step long: compiling each costs more than it saves.
    "spark.sql.codegen.wholeStage": "false",
}


@dataclass(frozen=True, slots=True)
class Running:
    """A session, and the Java process that holds it."""

    session: SparkSession
    gateway: Any
    said: IO[bytes]  # what Java has written

    @classmethod
    def start(cls, master: str) -> Self:
        """A session at a master. Raises `EngineError` where Spark or Java lack, or the master does not answer."""
        try:
            import pandas  # noqa: F401 - mapInArrow asks for it
            import pyarrow  # noqa: F401
            from pyspark import SparkConf, SparkContext
            from pyspark.java_gateway import launch_gateway
            from pyspark.sql import SparkSession
        except ImportError as error:
            raise EngineError(f"--engine {master} needs Spark, and {error.name} is not installed. {INSTALL}") from error
        if SparkContext._active_spark_context is not None:
            raise EngineError("A session of Spark is open in this process, which can hold one only. Stop it first.")
        if not os.environ.get("JAVA_HOME") and not shutil.which("java"):
            raise EngineError(f"There is no Java here. {JAVA}")
        masters = [] if master.startswith("local") else [
            (host, int(port)) for host, _, port in (
                one.rpartition(":") for one in master.removeprefix("spark://").split(","))]
        if masters and not any(map(_answers, masters)):  # Spark itself would say so after a minute
            raise EngineError(f"Nothing answers at {master}. Start the master (docs/spark.md), or correct its address.")
        is_here = all(host in LOOPBACK for host, _ in masters)
        said, gateway = tempfile.TemporaryFile(), None  # noqa: SIM115 - as long as the session
        try:
            gateway = launch_gateway(  # type: ignore[no-untyped-call]
                SparkConf().set("spark.driver.extraJavaOptions", JAVA_OPTIONS), {"stdout": said, "stderr": said})
            conf = SparkConf(_jvm=gateway.jvm).setMaster(master)
            for name, value in (SETTINGS | (_here() if is_here else {})).items():
                conf.setIfMissing(name, value)
            interrupted = signal.getsignal(signal.SIGINT)
            context = SparkContext(conf=conf, gateway=gateway)
            if threading.current_thread() is threading.main_thread():
                signal.signal(signal.SIGINT, interrupted)  # Spark has put in its own; jobs are cancelled by `stop`
            if is_here and "PYSPARK_PYTHON" not in os.environ:
                context.pythonExec = sys.executable
            return cls(SparkSession(context), gateway, said)
        except Exception as error:
            told = _last(said, error)
            _end(gateway)
            raise EngineError(f"Spark cannot be started at {master}: {told} {JAVA}") from error

    @property
    def cores(self) -> int:
        """How many tasks run at once, at least one."""
        return max(1, self.session.sparkContext.defaultParallelism)

    def stop(self) -> None:
        """End the session, its jobs and its Java process."""
        with contextlib.suppress(Exception):  # the master may have gone before
            self.session.sparkContext.cancelAllJobs()
        with contextlib.suppress(Exception):
            self.session.stop()
        _end(self.gateway)
        self.said.close()


def _here() -> dict[str, str]:
    """For a master on this machine: nothing listens to others."""
    return {"spark.driver.host": "127.0.0.1", "spark.driver.bindAddress": "127.0.0.1"}


def _answers(master: tuple[str, int]) -> bool:
    try:
        with socket.create_connection(master, timeout=ANSWER_SECONDS):
            return True
    except OSError:
        return False


def _end(gateway: Any) -> None:
    """End a Java process, if it was started; a later session of this process starts one of its own."""
    from pyspark import SparkContext

    if gateway is not None:
        with contextlib.suppress(Exception):
            gateway.shutdown()
        gateway.proc.stdin.close()  # it ends with its input
        gateway.proc.wait()
    SparkContext._gateway = SparkContext._jvm = None


def _last(said: IO[bytes], error: Exception) -> str:
    """The last error that Java wrote, or what Python has to say of it."""
    said.seek(0)
    lines = [line.strip() for line in said.read().decode("utf-8", "replace").splitlines()]
    telling = [line for line in lines if ("Exception" in line or "Error" in line) and not line.startswith("at ")]
    return telling[-1] if telling else str(error).strip().splitlines()[0]

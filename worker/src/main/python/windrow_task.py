"""What a command of Windrow's process executor says and hears (docs/process-tasks.md).

No dependencies; Python 3.8 or newer. The worker puts this module into the command's path:

    import windrow_task as windrow

    task = windrow.task()
    windrow.log_params({"depth": 3})
    for epoch in range(10):
        windrow.log_metrics({"loss": 0.1}, step=epoch)
        windrow.progress((epoch + 1) / 10)
    windrow.artifact("pred.csv")
    windrow.result({"loss": 0.1})

``print`` is for people: after ``task()`` it goes to the attempt's log, as does whatever libraries
write to the standard output. When the task is cancelled, ``Cancelled`` is raised in the main
thread, which ``finally`` and ``with`` see; ``defer_cancel()`` asks to be told by ``cancelled()``
instead.
"""

import json
import math
import os
import signal
import sys
import threading
import time

PROTOCOL = 1

#: Exit codes that fail the task for good, and the one that asks for another attempt.
EXIT_DATA = 65
EXIT_UNAVAILABLE = 69
EXIT_TEMPORARY = 75

_ABANDONED_GRACE_SECONDS = 10
_MAX_TASK_BYTES = 64 << 20

_lock = threading.RLock()
_out = None
_home = None
_task = None
_ended = False
_cancelled = threading.Event()
_deferred = False


class Cancelled(BaseException):
    """The task was cancelled, or the worker is gone: end soon. No ``except Exception`` holds it."""


class ProtocolError(Exception):
    """The module was used against its rules, or the worker speaks another version."""


class Task:
    """What is to be done.

    definition: the task as the workflow has it: model, dataset, record, qlib_init, process
    attempt: number of this attempt, from 1
    data: the folder of the data that qlib_init names, checked by the worker; None without one
    stage: name of the stage that this is; None if the task declares none
    stages: the stages before it, oldest first
    """

    def __init__(self, message):
        self.definition = message["definition"]
        self.attempt = message["attempt"]
        self.data = message.get("data")
        self.stage = message.get("stage")
        self.stages = [Stage(stage) for stage in message.get("stages", [])]

    @property
    def previous(self):
        """The stage just before; None in the first."""
        return self.stages[-1] if self.stages else None

    @property
    def segments(self):
        """Train, valid and test by name: pairs of days as text, None for an open end."""
        return self.definition["dataset"]["kwargs"]["segments"]

    @property
    def params(self):
        """The arguments of the model, which a workflow may choose freely."""
        return (self.definition.get("model") or {}).get("kwargs") or {}


class Stage:
    """A stage of the task that has ended.

    name: of the stage
    recorder: id of the recorder that owns its artifacts
    metrics: their last values
    folder: where its artifacts lie, below the work folder
    """

    def __init__(self, message):
        self.name = message["name"]
        self.recorder = message["recorder"]
        self.metrics = message["metrics"]
        self.folder = message["folder"]

    def artifact(self, path):
        """The path of an artifact of this stage, such as ``pred.arrow``."""
        return os.path.join(_home or os.getcwd(), self.folder, *path.split("/"))


def task():
    """Reads the task and greets the worker. Call it first; later calls give the same task."""
    global _out, _home, _task
    with _lock:
        if _task is not None:
            return _task
        message = json.loads(_first_line())
        if message.get("protocol") != PROTOCOL:
            raise ProtocolError(
                "the worker speaks version %r of the protocol, this module %d"
                % (message.get("protocol"), PROTOCOL)
            )
        sys.stdout.flush()
        _home = os.path.realpath(os.getcwd())
        _out = os.dup(1)
        os.set_inheritable(_out, False)
        os.dup2(2, 1)
        if threading.current_thread() is threading.main_thread():
            signal.signal(signal.SIGTERM, _on_term)
        if os.environ.get("WINDROW_ATTEMPT"):
            threading.Thread(target=_watch_worker, daemon=True).start()
        _task = Task(message)
        _say(type="hello", protocol=PROTOCOL, client="windrow_task.py")
        return _task


def log_params(params):
    """Notes parameters: texts, numbers, booleans; anything else as its text."""
    values = {
        str(name): value if isinstance(value, (str, int, bool)) else str(value)
        for name, value in params.items()
    }
    _say(type="params", values=values)


def log_metrics(metrics, step=0):
    """Notes values of metrics at a step from 0. NaN and infinity are refused."""
    _say(type="metrics", step=int(step), values=_finite(metrics))


def progress(fraction, message=""):
    """Says how far the work is, from 0 to 1. Also a sign of life."""
    values = {"type": "progress", "fraction": min(1.0, max(0.0, float(fraction)))}
    if message:
        values["message"] = str(message)
    _say(**values)


def heartbeat():
    """Gives a sign of life, for commands whose silence is bounded. Raises if cancelled."""
    _say(type="heartbeat")


def artifact(path, name=None):
    """Hands a complete file of the work folder over, under its own path or another name."""
    here = os.path.realpath(os.getcwd())
    relative = os.path.relpath(os.path.join(here, os.fspath(path)), _home or here)
    values = {"type": "artifact", "path": relative.replace(os.sep, "/")}
    if name is not None:
        values["name"] = name
    _say(**values)


def cancelled():
    """Whether the task was cancelled; only of use after ``defer_cancel()``."""
    return _cancelled.is_set()


def defer_cancel():
    """From now on nothing is raised: the command asks ``cancelled()`` and ends by itself."""
    global _deferred
    _deferred = True


def result(metrics=None):
    """Says that the work is done, with the figures to keep in the task. Nothing may follow."""
    global _ended
    with _lock:
        _say(type="result", metrics=_finite(metrics or {}))
        _ended = True


def fail(message, retryable=False, code=None):
    """Says why the work cannot be done and ends the process.

    retryable: whether another attempt or another worker may succeed
    code: another exit code than the usual two
    """
    global _ended
    with _lock:
        _say(type="failure", message=str(message) or "no reason given")
        _ended = True
    sys.exit(code if code is not None else EXIT_TEMPORARY if retryable else EXIT_DATA)


def _say(**message):
    if _cancelled.is_set() and not _deferred:
        raise Cancelled()
    line = (json.dumps(message, allow_nan=False) + "\n").encode("utf-8")
    with _lock:
        if _out is None:
            raise ProtocolError("call windrow_task.task() first")
        if _ended:
            raise ProtocolError("nothing may follow result() or fail()")
        while line:
            line = line[os.write(_out, line) :]


def _finite(metrics):
    values = {}
    for name, value in metrics.items():
        number = float(value)
        if not math.isfinite(number):
            raise ValueError("the metric %r is %r, which is no finite number" % (name, number))
        values[str(name)] = number
    return values


def _first_line():
    # Not through sys.stdin: its buffer would swallow what the watching thread waits for.
    line = bytearray()
    while not line.endswith(b"\n"):
        part = os.read(0, 65536)
        line += part
        if not part or len(line) > _MAX_TASK_BYTES:
            break
    if not line.strip():
        raise ProtocolError("the standard input is empty: a worker writes the task to it")
    return line.decode("utf-8")


def _on_term(_number, _frame):
    _cancelled.set()
    if not _deferred:
        raise Cancelled()


def _watch_worker():
    """The worker keeps the standard input open for as long as it lives."""
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_ABANDONED_GRACE_SECONDS)
    os.killpg(os.getpgrp(), signal.SIGKILL)

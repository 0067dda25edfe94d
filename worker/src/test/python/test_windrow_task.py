"""Tests of windrow_task as a worker sees it: a process with pipes. Run: python3 -m unittest."""

import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest

MODULE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "main", "python")
TASK = {
    "protocol": 1,
    "attempt": 2,
    "data": "/data/market",
    "definition": {
        "model": {"class": "M", "kwargs": {"depth": 3}},
        "dataset": {"kwargs": {"segments": {"test": ["2020-01-02", None]}}},
    },
}


class Run:
    """A script under the module, in a fresh folder; the standard input stays open."""

    def __init__(self, script, task=None, **environment):
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [sys.executable, "-c", "import windrow_task as windrow\n" + script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=self.folder.name,
            env={"PYTHONPATH": MODULE, "PATH": os.environ["PATH"], **environment},
            start_new_session=True,
        )
        self.process.stdin.write((json.dumps(TASK if task is None else task) + "\n").encode())
        self.process.stdin.flush()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            pipe.close()
        self.folder.cleanup()

    def end(self):
        code = self.process.wait(timeout=60)
        self.errors = self.process.stderr.read().decode()
        self.events = [json.loads(line) for line in self.process.stdout.read().splitlines()]
        return code


class WindrowTaskTest(unittest.TestCase):
    def events(self, script, code=0):
        with Run(script) as run:
            self.assertEqual(run.end(), code, run.errors)
            self.assertEqual(run.events[0]["type"], "hello")
            self.assertEqual(run.events[0]["protocol"], 1)
            return run.events[1:]

    def test_a_stage_sees_what_the_stages_before_it_made(self):
        train = {"name": "train", "recorder": "r1", "metrics": {"IC": 0.1}, "folder": "stages/train"}
        script = """
import os
task = windrow.task()
assert task.stage == "report" and len(task.stages) == 1 and task.previous is task.stages[0]
before = task.previous
assert (before.name, before.recorder, before.metrics) == ("train", "r1", {"IC": 0.1})
os.chdir("/")
assert before.artifact("a/b.txt").endswith("/stages/train/a/b.txt")
windrow.result()
"""
        with Run(script, {**TASK, "stage": "report", "stages": [train]}) as run:
            self.assertEqual(run.end(), 0, run.errors)

    def test_a_task_without_stages_has_none_before_it(self):
        self.events(
            """
task = windrow.task()
assert (task.stage, task.stages, task.previous) == (None, [], None)
windrow.result()
"""
        )

    def test_everything_is_said_in_order(self):
        events = self.events(
            """
task = windrow.task()
assert windrow.task() is task
assert (task.attempt, task.data, task.params) == (2, "/data/market", {"depth": 3})
assert task.segments == {"test": ["2020-01-02", None]}
windrow.log_params({"depth": 3, "on": True, "list": [1]})
windrow.log_metrics({"loss": 1}, step=4)
windrow.progress(2, "beyond")
windrow.heartbeat()
open("a.txt", "w").write("a")
windrow.artifact("a.txt")
windrow.artifact("a.txt", name="b.txt")
windrow.result({"loss": 0.5})
"""
        )
        self.assertEqual(
            events,
            [
                {"type": "params", "values": {"depth": 3, "on": True, "list": "[1]"}},
                {"type": "metrics", "step": 4, "values": {"loss": 1.0}},
                {"type": "progress", "fraction": 1.0, "message": "beyond"},
                {"type": "heartbeat"},
                {"type": "artifact", "path": "a.txt"},
                {"type": "artifact", "path": "a.txt", "name": "b.txt"},
                {"type": "result", "metrics": {"loss": 0.5}},
            ],
        )

    def test_print_and_child_processes_go_to_the_log(self):
        with Run(
            "import os\nwindrow.task()\nprint('hello', flush=True)\nos.system('echo child')\n"
            "windrow.result()"
        ) as run:
            self.assertEqual(run.end(), 0, run.errors)
            self.assertEqual([each["type"] for each in run.events], ["hello", "result"])
            self.assertIn("hello", run.errors)
            self.assertIn("child", run.errors)

    def test_nan_is_refused_where_it_is_logged(self):
        with Run("windrow.task()\nwindrow.log_metrics({'loss': float('nan')})") as run:
            self.assertEqual(run.end(), 1)
            self.assertIn("the metric 'loss' is nan", run.errors)
            self.assertEqual(len(run.events), 1)

    def test_failures_choose_the_exit_code(self):
        for call, code in [
            ("'bad'", 65),
            ("'away', retryable=True", 75),
            ("'x', code=69", 69),
        ]:
            events = self.events("windrow.task()\nwindrow.fail(%s)" % call, code)
            self.assertEqual([each["type"] for each in events], ["failure"])

    def test_nothing_follows_the_result_and_nothing_precedes_the_task(self):
        for script in ["windrow.heartbeat()", "windrow.task()\nwindrow.result()\nwindrow.heartbeat()"]:
            with Run(script) as run:
                self.assertEqual(run.end(), 1)
                self.assertIn("ProtocolError", run.errors)

    def test_another_version_is_refused(self):
        with Run("windrow.task()", task=dict(TASK, protocol=2)) as run:
            self.assertEqual(run.end(), 1)
            self.assertIn("speaks version 2", run.errors)

    def test_cancel_is_raised_and_cleans_up(self):
        with Run(
            """
import time
windrow.task()
try:
    windrow.heartbeat()
    time.sleep(600)
except Exception:
    print("swallowed")
finally:
    print("cleaned", flush=True)
"""
        ) as run:
            for _ in range(2):  # hello, heartbeat
                run.process.stdout.readline()
            run.process.send_signal(signal.SIGTERM)
            self.assertNotEqual(run.end(), 0)
            self.assertIn("cleaned", run.errors)
            self.assertNotIn("swallowed", run.errors)

    def test_cancel_can_be_asked_for(self):
        with Run(
            """
import time
windrow.task()
windrow.defer_cancel()
windrow.heartbeat()
while not windrow.cancelled():
    time.sleep(0.01)
windrow.result({"partial": 1})
"""
        ) as run:
            for _ in range(2):
                run.process.stdout.readline()
            run.process.send_signal(signal.SIGTERM)
            self.assertEqual(run.end(), 0, run.errors)
            self.assertEqual(run.events[-1]["metrics"], {"partial": 1.0})

    def test_a_worker_that_is_gone_ends_the_command(self):
        with Run(
            "import time\nwindrow.task()\nwindrow.heartbeat()\ntime.sleep(600)",
            WINDROW_ATTEMPT="token",
        ) as run:
            for _ in range(2):
                run.process.stdout.readline()
            run.process.stdin.close()
            self.assertNotEqual(run.end(), 0)
            self.assertIn("Cancelled", run.errors)


if __name__ == "__main__":
    unittest.main()

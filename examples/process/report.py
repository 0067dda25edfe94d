"""The last stage of a task, for Windrow's process executor: looks at what earlier stages made.

Writes report.json: their metrics and the sizes of their artifacts. No package but windrow_task.
"""

import json
import os

import windrow_task as windrow


def main():
    task = windrow.task()
    report = {}
    for stage in task.stages:
        sizes = {}
        for folder, _, names in os.walk(stage.folder):
            for name in names:
                path = os.path.join(folder, name)
                sizes[os.path.relpath(path, stage.folder)] = os.path.getsize(path)
        report[stage.name] = {"metrics": stage.metrics, "artifacts": sizes}
    with open("report.json", "w") as out:
        json.dump(report, out, indent=2, sort_keys=True)
    windrow.artifact("report.json")
    windrow.result({"stages": len(task.stages)})


if __name__ == "__main__":
    main()

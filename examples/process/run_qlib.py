"""Runs Qlib's own task dict with Qlib itself, for Windrow's process executor.

Any model and dataset that the machine's Qlib knows may be named. Exit codes: 69 if qlib cannot be
imported here (another worker may have it, so the task is tried again), else Python's own.
"""

import os

import windrow_task as windrow

# Qlib keeps its runs in MLflow's file store, which newer versions of MLflow open only if told to.
os.environ.setdefault("MLFLOW_ALLOW_FILE_STORE", "true")


def main():
    task = windrow.task()
    try:
        import qlib
        from qlib.utils import init_instance_by_config
        from qlib.workflow import R
    except ImportError as error:
        windrow.fail(
            "qlib cannot be imported on this worker: %s. Install it for the python3 of the"
            " command, or send the task to a queue whose workers have it" % error,
            retryable=True,
            code=windrow.EXIT_UNAVAILABLE,
        )
    qlib.init(provider_uri=task.data, region=task.definition["qlib_init"].get("region", "cn"))
    windrow.log_params({"qlib": qlib.__version__})

    windrow.progress(0.1, "dataset")
    dataset = init_instance_by_config(task.definition["dataset"])
    windrow.progress(0.4, "fit")
    model = init_instance_by_config(task.definition["model"])
    with R.start(experiment_name="windrow"):  # models log to it; it stays in the work folder
        model.fit(dataset)
    windrow.progress(0.9, "predict")
    write(model.predict(dataset), "pred.csv", "score")
    label = dataset.prepare("test", col_set="label", data_key="raw")
    write(label.iloc[:, 0], "label.csv", "LABEL0")
    windrow.result()


def write(series, path, column):
    """A series by (datetime, instrument); where the model has no prediction there is no row."""
    series = series.dropna() if column == "score" else series
    series.index.names = ["datetime", "instrument"]
    series.rename(column).reset_index().to_csv(path, index=False, date_format="%Y-%m-%d")
    windrow.artifact(path)


if __name__ == "__main__":
    main()

"""Trains a linear model of next-day returns in plain Python, for Windrow's process executor.

Reads close prices from the task's data folder (Qlib's layout), makes four momentum factors, fits
them by least squares with a ridge on the train segment and predicts the test segment. No package
but windrow_task, which the worker puts into the path.
"""

import array
import json
import math
import os
import sys

import windrow_task as windrow

LOOKBACKS = (1, 5, 10, 20)


def main():
    task = windrow.task()
    ridge = float(task.params.get("ridge", 1.0))
    windrow.log_params({"ridge": ridge, "lookbacks": ",".join(map(str, LOOKBACKS))})
    days = read_days(task.data)
    train = positions(days, task.segments["train"])
    test = positions(days, task.segments["test"])
    instruments = read_instruments(task.data)

    rows, labels, samples = [], [], {}
    for number, instrument in enumerate(instruments):
        close = read_close(task.data, instrument, len(days))
        # A label looks two days ahead: it must not reach into the test segment.
        for day in range(train[0], min(train[1], test[0] - 2)):
            x, y = factors(close, day), label(close, day)
            if x is not None and y is not None:
                rows.append(x)
                labels.append(y)
        samples[instrument] = [
            (day, factors(close, day), label(close, day)) for day in range(*test)
        ]
        windrow.progress((number + 1) / len(instruments), "read " + instrument)
    if len(rows) < 10 * len(LOOKBACKS):
        windrow.fail("only %d samples in the train segment: nothing to learn from" % len(rows))

    weights = fit(rows, labels, ridge)
    error = sum((y - predict(weights, x)) ** 2 for x, y in zip(rows, labels)) / len(rows)
    windrow.log_metrics({"l2.train": error, "samples": len(rows)})
    write(samples, days, weights)
    for name in ("pred.csv", "label.csv", "model.json"):
        windrow.artifact(name)
    windrow.result({"l2.train": error})


def read_days(folder):
    with open(os.path.join(folder, "calendars", "day.txt")) as lines:
        return [line.strip() for line in lines if line.strip()]


def read_instruments(folder):
    with open(os.path.join(folder, "instruments", "all.txt")) as lines:
        return sorted({line.split("\t")[0].strip() for line in lines if line.strip()})


def read_close(folder, instrument, days):
    """Close by position in the calendar; None where there is no bar."""
    values = array.array("f")
    with open(os.path.join(folder, "features", instrument.lower(), "close.day.bin"), "rb") as file:
        values.frombytes(file.read())
    if sys.byteorder == "big":
        values.byteswap()
    first = int(values[0])
    close = [None] * days
    for offset, value in enumerate(values[1:]):
        if math.isfinite(value) and value > 0:
            close[first + offset] = value
    return close


def positions(days, segment):
    """First position and the one after the last; an open end is the calendar's."""
    first, last = segment
    start = next(i for i, day in enumerate(days) if first is None or day >= first)
    end = sum(1 for day in days if last is None or day <= last)
    return start, end


def factors(close, day):
    if day < max(LOOKBACKS) or close[day] is None:
        return None
    past = [close[day - lookback] for lookback in LOOKBACKS]
    return None if None in past else [1.0] + [close[day] / each - 1 for each in past]


def label(close, day):
    """Qlib's: Ref($close, -2) / Ref($close, -1) - 1."""
    if day + 2 >= len(close) or close[day + 1] is None or close[day + 2] is None:
        return None
    return close[day + 2] / close[day + 1] - 1


def fit(rows, labels, ridge):
    """Solves (X'X + ridge I) w = X'y by Gaussian elimination; the intercept is not penalised."""
    size = len(rows[0])
    system = [
        [sum(row[i] * row[j] for row in rows) + (ridge if i == j > 0 else 0) for j in range(size)]
        + [sum(row[i] * y for row, y in zip(rows, labels))]
        for i in range(size)
    ]
    for column in range(size):
        pivot = max(range(column, size), key=lambda i: abs(system[i][column]))
        system[column], system[pivot] = system[pivot], system[column]
        for i in range(size):
            if i != column:
                ratio = system[i][column] / system[column][column]
                system[i] = [a - ratio * b for a, b in zip(system[i], system[column])]
    return [system[i][size] / system[i][i] for i in range(size)]


def predict(weights, x):
    return sum(w * value for w, value in zip(weights, x))


def write(samples, days, weights):
    with open("pred.csv", "w") as pred, open("label.csv", "w") as labels:
        pred.write("datetime,instrument,score\n")
        labels.write("datetime,instrument,LABEL0\n")
        for instrument, rows in samples.items():
            for day, x, y in rows:
                if x is not None:
                    pred.write("%s,%s,%r\n" % (days[day], instrument, predict(weights, x)))
                    labels.write("%s,%s,%s\n" % (days[day], instrument, "" if y is None else y))
    with open("model.json", "w") as model:
        json.dump({"lookbacks": LOOKBACKS, "weights": weights}, model)


if __name__ == "__main__":
    main()

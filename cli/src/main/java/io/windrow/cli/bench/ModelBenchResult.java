package io.windrow.cli.bench;

import java.util.Map;

/**
 * How long a task took whose features were there already, and how much of it inside the library
 * that trains.
 *
 * @param model class of the model
 * @param rows of the train segment
 * @param columns features of a row
 * @param handOverSeconds mean time to bring the train segment to the library, besides the library's
 *     own work
 * @param binningSeconds mean time in which the library takes the train segment in
 * @param taskSecondsMean mean of whole tasks: train, predict, record
 * @param taskSecondsBest the fastest task
 * @param insideSeconds mean time of a task inside the library
 * @param inside part of the tasks' time inside the library, from 0 to 1
 * @param phases mean seconds of each phase of a task
 * @param rounds most rounds of boosting of a task
 * @param iterations how many tasks were measured
 * @param threads how many threads a task had
 */
public record ModelBenchResult(
    String model,
    long rows,
    int columns,
    double handOverSeconds,
    double binningSeconds,
    double taskSecondsMean,
    double taskSecondsBest,
    double insideSeconds,
    double inside,
    Map<String, Double> phases,
    int rounds,
    int iterations,
    int threads) {}

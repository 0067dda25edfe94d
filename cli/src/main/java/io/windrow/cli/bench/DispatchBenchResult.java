package io.windrow.cli.bench;

/**
 * How fast tasks that do nothing go through a whole cluster in this JVM.
 *
 * @param tasks how many
 * @param slots of the one worker
 * @param submissionSeconds until the coordinator had answered the submission
 * @param seconds from the sending of the submission until the last task was collected
 * @param tasksPerSecond over these seconds
 * @param steadyTasksPerSecond the same from the answer to the submission on
 * @param processorMillis processor time of the whole JVM, per task
 * @param scheduleToStart from the moment a task might run to its claim
 * @param announcedToStart from a task's announcement to its claim
 * @param bareStoreTasksPerSecond the store's six writes per task in batches, with nothing around
 *     them, in this JVM
 * @param shareOfBareStore the steady rate as a part of that
 */
public record DispatchBenchResult(
    int tasks,
    int slots,
    double submissionSeconds,
    double seconds,
    double tasksPerSecond,
    double steadyTasksPerSecond,
    double processorMillis,
    Latency scheduleToStart,
    Latency announcedToStart,
    double bareStoreTasksPerSecond,
    double shareOfBareStore) {

  /**
   * How long tasks waited, in milliseconds.
   *
   * @param p50 half of them no longer
   * @param p99 all but one in a hundred no longer
   */
  public record Latency(long p50, long p99) {

    /** Of at least one task's milliseconds, in their order. */
    static Latency of(long[] sorted) {
      return new Latency(at(sorted, 0.5), at(sorted, 0.99));
    }

    private static long at(long[] sorted, double part) {
      return sorted[(int) Math.ceil(part * sorted.length) - 1];
    }
  }
}

package io.windrow.cli.bench;

/**
 * How long a rolling job takes with features that all windows share, and with features computed
 * anew for each window.
 *
 * @param windows of the job
 * @param rounds most boosting rounds of a window
 * @param threads threads of the engine; one window runs at a time
 * @param shared features are computed once and shared, as in a worker
 * @param perWindow each window computes its own from the handler's first day to the window's last,
 *     as Qlib does
 * @param fromFiles seconds of the data stage of a window whose features are in files, as after a
 *     restart of a worker
 * @param firstWindow seconds of the data stage of the first shared window: it computes for all
 * @param dataRatio data stage per window divided by shared
 * @param wholeRatio the whole job per window divided by shared; training is the same in both
 */
public record JobBenchResult(
    int windows,
    int rounds,
    int threads,
    Side shared,
    Side perWindow,
    double firstWindow,
    double fromFiles,
    double dataRatio,
    double wholeRatio) {

  /**
   * Seconds over all windows.
   *
   * @param data features and processing
   * @param train training
   * @param rest reading the definition, predictions, records
   * @param total from the first window's start to the last one's end
   */
  public record Side(double data, double train, double rest, double total) {}
}

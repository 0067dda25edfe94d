package io.windrow.quant.factor;

import io.windrow.quant.calendar.TradingCalendar;
import io.windrow.quant.data.DataException;
import io.windrow.quant.data.DataStore;
import io.windrow.quant.data.Series;
import io.windrow.quant.data.Universe;
import io.windrow.quant.factor.expression.Feature;
import io.windrow.quant.panel.Panel;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Computes factors for the instruments and days of a universe. Safe for use by several threads. */
public final class FactorEngine {

  private final int threads;

  /**
   * An engine that may use several threads.
   *
   * @param threads how many instruments are computed at a time
   */
  public FactorEngine(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    this.threads = threads;
  }

  /**
   * Computes a table of the factors.
   *
   * <p>As in Qlib, an instrument has a row on each calendar day from {@code from} to {@code to}
   * that lies in one of its spans and in the days of the files of at least one field that the
   * factors name, of whatever instrument, whether or not that day's values are NaN. A field without
   * a file is NaN. Values near {@code from} use the days before it, values near {@code to} the days
   * after it, as far as an expression looks back or ahead.
   *
   * @param from first day, need not be a trading day
   * @param to last day, inclusive; days beyond the calendar are ignored
   * @return all symbols of the universe; a column per factor
   * @throws DataException if data is broken, no trading day lies between from and to, or a factor
   *     names an instrument of which there is no data
   * @throws io.windrow.quant.factor.expression.ExpressionException if an expression is wrong
   * @throws CancellationException if the thread is interrupted
   */
  public Panel compute(
      DataStore data, Universe universe, FactorSet factors, LocalDate from, LocalDate to) {
    FactorPlan plan = FactorPlan.of(factors);
    DayRange days = days(data.calendar(), from, to);
    int width = factors.names().size();
    int size = universe.members().size();

    Map<Feature, Series> others = InstrumentSeries.readOthers(data, plan.features());
    InstrumentSeries[] read = new InstrumentSeries[size];
    forEach(
        size,
        () ->
            i ->
                read[i] =
                    InstrumentSeries.read(
                        data, universe.members().get(i).symbol(), plan.features(), others));
    List<InstrumentSeries> instruments = Arrays.asList(read);

    PanelRows rows = new PanelRows(data.calendar(), universe, instruments, days, width);
    forEach(
        size,
        () -> {
          float[][] columns = new float[width][days.days()];
          return i -> {
            if (rows.holds(i)) {
              plan.compute(instruments.get(i), days, columns);
              rows.fill(i, columns);
            }
          };
        });
    return rows.panel(factors.names(), universe.symbols());
  }

  private static DayRange days(TradingCalendar calendar, LocalDate from, LocalDate to) {
    int first = calendar.ceiling(from);
    int last = calendar.floor(to);
    if (first > last) {
      throw new DataException(
          "no trading day lies from "
              + from
              + " to "
              + to
              + ": the calendar runs from "
              + calendar.first()
              + " to "
              + calendar.last());
    }
    return new DayRange(first, last);
  }

  /**
   * Does the work for 0 to size - 1, each number once.
   *
   * @param worker makes the work of one thread, with what the thread reuses
   */
  private void forEach(int size, Supplier<IntConsumer> worker) {
    AtomicInteger next = new AtomicInteger();
    Runnable loop =
        () -> {
          IntConsumer work = worker.get();
          for (int i = next.getAndIncrement(); i < size; i = next.getAndIncrement()) {
            checkInterrupted();
            work.accept(i);
          }
        };
    // A pool that is done before it is asked would not notice.
    checkInterrupted();
    int used = Math.min(threads, size);
    if (used == 1) {
      loop.run();
      return;
    }
    ExecutorService pool = Executors.newFixedThreadPool(used);
    try {
      List<Future<?>> futures = new ArrayList<>();
      for (int i = 0; i < used; i++) {
        futures.add(pool.submit(loop));
      }
      for (Future<?> future : futures) {
        future.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("computing factors was interrupted");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw new IllegalStateException("computing factors failed", e.getCause());
    } finally {
      pool.shutdownNow();
    }
  }

  private static void checkInterrupted() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("computing factors was interrupted");
    }
  }
}

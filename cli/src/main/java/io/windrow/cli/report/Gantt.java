package io.windrow.cli.report;

import io.windrow.cli.client.Collection.Window;
import io.windrow.cli.terminal.Figures;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Bars in rows: which days each window uses, and which worker ran it when. */
final class Gantt {
  private static final double WIDTH = 1000;
  private static final double TOP = 8;

  /** An open segment may begin at the last day that is known. */
  private static final double SHORTEST_BAR = 4;

  private Gantt() {}

  /** One row for each window: train, valid and test on the calendar. */
  static String calendar(List<Window> windows) {
    double left = 40;
    double row = windows.size() > 40 ? 9 : 16;
    double bottom = TOP + row * windows.size();
    Svg svg = new Svg(WIDTH, bottom + 26, "Train, valid and test days of each window");
    double first = Double.POSITIVE_INFINITY;
    double last = Double.NEGATIVE_INFINITY;
    for (Window window : windows) {
      for (List<@Nullable String> segment : segments(window).values()) {
        first = Math.min(first, day(segment.get(0), first));
        last = Math.max(last, day(segment.get(1), last));
      }
    }
    if (first >= last) {
      return svg.end();
    }
    Scale x = new Scale(first, last, left, WIDTH - SHORTEST_BAR);
    Axes.dates(svg, x, TOP, bottom);
    for (int i = 0; i < windows.size(); i++) {
      double y = TOP + row * i;
      for (Map.Entry<String, List<@Nullable String>> segment :
          segments(windows.get(i)).entrySet()) {
        List<@Nullable String> days = segment.getValue();
        double from = x.at(day(days.get(0), first));
        double to = Math.max(x.at(day(days.get(1), last)), from + SHORTEST_BAR);
        svg.box(
            segment.getKey(),
            from,
            y + 2,
            to - from,
            row - 4,
            "window %d, %s: %s to %s"
                .formatted(i + 1, segment.getKey(), days.get(0), or(days.get(1), "the end")));
      }
      if (row > 10 || i % 5 == 0) {
        svg.words("tick end", left - 8, y + row / 2 + 4, String.valueOf(i + 1));
      }
    }
    return svg.end();
  }

  /** One row for each slot of each worker: the windows it ran, on the clock. */
  static String run(List<Window> windows) {
    double left = 170;
    double row = 26;
    Map<String, List<List<Integer>>> lanes = lanes(windows);
    int rows = lanes.values().stream().mapToInt(List::size).sum();
    double bottom = TOP + row * rows;
    Svg svg = new Svg(WIDTH, bottom + 28, "Which worker ran which window when");
    Instant first =
        windows.stream().map(Window::startedAt).filter(t -> t != null).min(order()).orElse(null);
    Instant last =
        windows.stream().map(Window::endedAt).filter(t -> t != null).max(order()).orElse(null);
    if (first == null || last == null || !first.isBefore(last)) {
      return svg.end();
    }
    Scale x = new Scale(0, seconds(first, last), left, WIDTH - 12);
    for (double tick : x.ticks(8)) {
      svg.line("rule", x.at(tick), TOP, x.at(tick), bottom);
      svg.words("tick middle", x.at(tick), bottom + 18, x.label(tick, 8) + " s");
    }
    double y = TOP;
    for (Map.Entry<String, List<List<Integer>>> worker : lanes.entrySet()) {
      svg.words("tick end", left - 8, y + row / 2 + 4, shortened(worker.getKey()));
      for (List<Integer> lane : worker.getValue()) {
        for (int index : lane) {
          bar(svg, x, y, row, first, windows.get(index), index + 1);
        }
        y += row;
      }
    }
    return svg.end();
  }

  private static void bar(
      Svg svg, Scale x, double y, double row, Instant first, Window window, int number) {
    Instant begin = window.startedAt();
    Instant end = window.endedAt();
    if (begin == null || end == null) {
      return;
    }
    double from = x.at(seconds(first, begin));
    double width = Math.max(1, x.at(seconds(first, end)) - from - 1);
    svg.box(
        "run",
        from,
        y + 3,
        width,
        row - 6,
        "window %d on %s: %s, from %s"
            .formatted(
                number,
                or(window.worker(), "?"),
                Figures.seconds(Duration.between(begin, end)),
                Figures.seconds(Duration.between(first, begin))));
    if (width > 18) {
      svg.words("inbar middle", from + width / 2, y + row / 2 + 4, String.valueOf(number));
    }
  }

  /** For each worker as many lanes as it ran windows at once. */
  private static Map<String, List<List<Integer>>> lanes(List<Window> windows) {
    Map<String, List<List<Integer>>> lanes = new TreeMap<>();
    List<Integer> byStart = new ArrayList<>();
    for (int i = 0; i < windows.size(); i++) {
      if (windows.get(i).startedAt() != null && windows.get(i).endedAt() != null) {
        byStart.add(i);
      }
    }
    byStart.sort(Comparator.comparing(i -> windows.get(i).startedAt(), order()));
    for (int index : byStart) {
      Window window = windows.get(index);
      List<List<Integer>> own =
          lanes.computeIfAbsent(or(window.worker(), "?"), worker -> new ArrayList<>());
      own.stream()
          .filter(lane -> !after(windows.get(lane.get(lane.size() - 1)), window))
          .findFirst()
          .orElseGet(
              () -> {
                List<Integer> lane = new ArrayList<>();
                own.add(lane);
                return lane;
              })
          .add(index);
    }
    return lanes;
  }

  private static boolean after(Window earlier, Window later) {
    Instant end = earlier.endedAt();
    Instant begin = later.startedAt();
    return end == null || begin == null || end.isAfter(begin);
  }

  private static Comparator<@Nullable Instant> order() {
    return Comparator.nullsFirst(Comparator.naturalOrder());
  }

  private static Map<String, List<@Nullable String>> segments(Window window) {
    Map<String, List<@Nullable String>> segments = new TreeMap<>();
    List<@Nullable String> train = window.train();
    List<@Nullable String> valid = window.valid();
    if (train != null && train.size() == 2) {
      segments.put("train", train);
    }
    if (valid != null && valid.size() == 2) {
      segments.put("valid", valid);
    }
    if (window.test().size() == 2) {
      segments.put("test", window.test());
    }
    return segments;
  }

  private static double day(@Nullable String date, double otherwise) {
    return date == null ? otherwise : (double) LocalDate.parse(date).toEpochDay();
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }

  private static String or(@Nullable String value, String otherwise) {
    return value == null ? otherwise : value;
  }

  private static String shortened(String name) {
    return name.length() <= 24 ? name : name.substring(0, 23) + "…";
  }
}

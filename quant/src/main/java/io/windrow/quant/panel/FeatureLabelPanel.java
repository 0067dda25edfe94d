package io.windrow.quant.panel;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Features and labels of the same rows.
 *
 * @param features for example 158 columns
 * @param labels for example 1 column; the same days and in each day the same instruments
 */
public record FeatureLabelPanel(Panel features, Panel labels) {

  /** Checks the alignment: day by day, cheap. */
  public FeatureLabelPanel {
    if (!isAligned(features, labels)) {
      throw new IllegalArgumentException("the rows of features and labels differ");
    }
  }

  /**
   * Joins the rows of both: a row that only one of them has is NaN in the other. Both must have the
   * same symbols.
   */
  public static FeatureLabelPanel join(Panel features, Panel labels) {
    if (!features.symbols().equals(labels.symbols())) {
      throw new IllegalArgumentException("features and labels are of different instruments");
    }
    if (isAligned(features, labels)) {
      return new FeatureLabelPanel(features, labels);
    }
    List<CrossSection> left = new ArrayList<>();
    List<CrossSection> right = new ArrayList<>();
    int f = 0;
    int l = 0;
    while (f < features.days().size() || l < labels.days().size()) {
      CrossSection feature = f < features.days().size() ? features.days().get(f) : null;
      CrossSection label = l < labels.days().size() ? labels.days().get(l) : null;
      if (feature == null || (label != null && label.date().isBefore(feature.date()))) {
        feature = null;
        l++;
      } else if (label == null || feature.date().isBefore(label.date())) {
        label = null;
        f++;
      } else {
        f++;
        l++;
      }
      LocalDate date = feature != null ? feature.date() : label.date();
      int[] rows = union(feature, label);
      left.add(spread(date, feature, rows, features.columns().size()));
      right.add(spread(date, label, rows, labels.columns().size()));
    }
    return new FeatureLabelPanel(
        new Panel(features.columns(), features.symbols(), left),
        new Panel(labels.columns(), labels.symbols(), right));
  }

  public long rows() {
    return features.rows();
  }

  /** The days from {@code first} to {@code last}, both inclusive, as a view. */
  public FeatureLabelPanel between(LocalDate first, LocalDate last) {
    return new FeatureLabelPanel(features.between(first, last), labels.between(first, last));
  }

  private static boolean isAligned(Panel features, Panel labels) {
    if (features.days().size() != labels.days().size()) {
      return false;
    }
    for (int day = 0; day < features.days().size(); day++) {
      CrossSection left = features.days().get(day);
      CrossSection right = labels.days().get(day);
      if (!left.date().equals(right.date())
          || !Arrays.equals(left.instruments(), right.instruments())) {
        return false;
      }
    }
    return true;
  }

  private static int[] union(@Nullable CrossSection left, @Nullable CrossSection right) {
    if (left == null || right == null) {
      return left != null ? left.instruments() : right == null ? new int[0] : right.instruments();
    }
    int[] both = Arrays.copyOf(left.instruments(), left.rows() + right.rows());
    System.arraycopy(right.instruments(), 0, both, left.rows(), right.rows());
    return Arrays.stream(both).sorted().distinct().toArray();
  }

  private static CrossSection spread(
      LocalDate date, @Nullable CrossSection day, int[] instruments, int columns) {
    if (day != null && Arrays.equals(day.instruments(), instruments)) {
      return day;
    }
    float[] values = new float[instruments.length * columns];
    Arrays.fill(values, Float.NaN);
    for (int row = 0; day != null && row < day.rows(); row++) {
      int target = Arrays.binarySearch(instruments, day.instruments()[row]);
      System.arraycopy(day.values(), row * columns, values, target * columns, columns);
    }
    return new CrossSection(date, instruments, values);
  }
}

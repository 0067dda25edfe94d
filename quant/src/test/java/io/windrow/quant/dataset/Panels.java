package io.windrow.quant.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Panels to be cached. */
final class Panels {
  private static final List<String> SYMBOLS = List.of("A", "B.C", "Ünï");

  private Panels() {}

  /** Random bits, infinities and every kind of NaN among them. */
  static Panel random(int seed, int days, int columns) {
    Random random = new Random(seed);
    List<CrossSection> blocks =
        IntStream.range(0, days).mapToObj(day -> block(random, day, columns)).toList();
    return new Panel(IntStream.range(0, columns).mapToObj(i -> "F" + i).toList(), SYMBOLS, blocks);
  }

  private static CrossSection block(Random random, int day, int columns) {
    int[] instruments = day % 3 == 1 ? new int[] {0, 2} : new int[] {0, 1, 2};
    float[] values = new float[instruments.length * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.intBitsToFloat(random.nextInt());
    }
    return new CrossSection(LocalDate.EPOCH.plusDays(day), instruments, values);
  }

  static void assertSame(List<Panel> actual, List<Panel> expected) {
    assertThat(actual).hasSameSizeAs(expected);
    for (int i = 0; i < actual.size(); i++) {
      Panel panel = actual.get(i);
      assertThat(panel.columns()).isEqualTo(expected.get(i).columns());
      assertThat(panel.symbols()).isEqualTo(expected.get(i).symbols());
      assertThat(panel.days()).hasSameSizeAs(expected.get(i).days());
      for (int day = 0; day < panel.days().size(); day++) {
        assertSame(panel.days().get(day), expected.get(i).days().get(day));
      }
    }
  }

  private static void assertSame(CrossSection actual, CrossSection expected) {
    assertThat(actual.date()).isEqualTo(expected.date());
    assertThat(actual.instruments()).isEqualTo(expected.instruments());
    assertThat(bits(actual.values())).isEqualTo(bits(expected.values()));
  }

  private static int[] bits(float[] values) {
    return IntStream.range(0, values.length).map(i -> Float.floatToRawIntBits(values[i])).toArray();
  }
}

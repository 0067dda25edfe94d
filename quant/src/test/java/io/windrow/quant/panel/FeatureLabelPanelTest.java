package io.windrow.quant.panel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FeatureLabelPanelTest {

  private static final LocalDate DAY = LocalDate.of(2020, 1, 2);
  private static final List<String> SYMBOLS = List.of("A", "B", "C");

  @Test
  void joinKeepsRowsThatOneSideLacks() {
    Panel features =
        panel(
            new CrossSection(DAY, new int[] {0, 2}, new float[] {1, 3}),
            new CrossSection(DAY.plusDays(1), new int[] {0}, new float[] {4}));
    Panel labels =
        panel(
            new CrossSection(DAY, new int[] {1, 2}, new float[] {20, 30}),
            new CrossSection(DAY.plusDays(2), new int[] {1}, new float[] {50}));

    FeatureLabelPanel joined = FeatureLabelPanel.join(features, labels);

    assertThat(joined.rows()).isEqualTo(5);
    assertThat(joined.features().days())
        .extracting(CrossSection::date)
        .containsExactly(DAY, DAY.plusDays(1), DAY.plusDays(2));
    assertThat(joined.features().days().get(0).values()).containsExactly(1, Float.NaN, 3);
    assertThat(joined.labels().days().get(0).values()).containsExactly(Float.NaN, 20, 30);
    assertThat(joined.features().days().get(1)).isSameAs(features.days().get(1));
    assertThat(joined.labels().days().get(1).values()).containsExactly(Float.NaN);
    assertThat(joined.features().days().get(2).values()).containsExactly(Float.NaN);
  }

  @Test
  void refusesRowsThatDiffer() {
    Panel features = panel(new CrossSection(DAY, new int[] {0}, new float[] {1}));
    Panel labels = panel(new CrossSection(DAY, new int[] {1}, new float[] {1}));

    assertThatThrownBy(() -> new FeatureLabelPanel(features, labels))
        .hasMessageContaining("rows of features and labels differ");
  }

  @Test
  void anEditedPanelDoesNotChangeWhenEditingGoesOn() {
    Panel side = panel(new CrossSection(DAY, new int[] {0, 1}, new float[] {1, 2}));
    PanelEditor editor = new PanelEditor(new FeatureLabelPanel(side, side));
    editor.write(Part.FEATURE, 0)[0] = 7;
    FeatureLabelPanel first = editor.toPanel();

    editor.write(Part.FEATURE, 0)[0] = 8;
    BitSet keep = new BitSet();
    editor.keepRows(0, keep);

    assertThat(side.days().get(0).values()).containsExactly(1, 2);
    assertThat(first.features().days().get(0).values()).containsExactly(7, 2);
    assertThat(first.labels().days().get(0)).isSameAs(side.days().get(0));
    assertThat(editor.toPanel().features().days()).isEmpty();
  }

  private static Panel panel(CrossSection... days) {
    return new Panel(List.of("X"), SYMBOLS, List.of(days));
  }
}

package io.windrow.quant.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ReweighterTest {

  @Test
  void oldDaysCountLess() {
    FeatureLabelPanel panel = Samples.arithmetic(21, 1);

    double[] weights = new Reweighter.TimeDecay(10).weights(panel);

    assertThat(weights).hasSize(21 * 20);
    assertThat(Arrays.copyOfRange(weights, 400, 420)).containsOnly(1);
    assertThat(Arrays.copyOfRange(weights, 200, 220)).containsOnly(0.5);
    assertThat(Arrays.copyOfRange(weights, 0, 20)).containsOnly(0.25);
  }

  @Test
  void ranksAreWithinTheDay() {
    FeatureLabelPanel panel = Samples.arithmetic(2, 1);
    float[] day = panel.features().days().get(1).values();
    for (int row = 0; row < 20; row++) {
      day[row * 4 + 1] = row;
    }
    day[1] = Float.NaN;
    day[2 * 4 + 1] = 1;

    double[] weights = new Reweighter.ByRank("B").weights(panel);

    assertThat(Arrays.stream(weights, 0, 20).sum()).isCloseTo(10.5, within(1e-12));
    assertThat(weights[20]).isEqualTo(0.5);
    assertThat(weights[21]).isEqualTo(1.5 / 19).isEqualTo(weights[22]);
    assertThat(weights[39]).isEqualTo(1);
  }

  @Test
  void aColumnThatIsNotThereIsNamed() {
    FeatureLabelPanel panel = Samples.arithmetic(2, 1);

    assertThatThrownBy(() -> new Reweighter.ByRank("BB").weights(panel))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith("reweighter.kwargs.column: the features have no column 'BB'");
  }

  @Test
  void theMeanWeightIsOne() {
    RowWeights weights = RowWeights.scaled(new double[] {1, 2, 3});

    assertThat(weights.of(0)).isEqualTo(0.5);
    assertThat(weights.of(2)).isEqualTo(1.5);
    assertThat(RowWeights.equal().of(7)).isEqualTo(1);
  }
}

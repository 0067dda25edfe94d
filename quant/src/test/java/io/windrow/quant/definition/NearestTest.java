package io.windrow.quant.definition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> KNOWN = List.of("LGBModel", "LinearModel");

  @Test
  void findsTheNameThatWasMeant() {
    assertThat(Nearest.to("LGBMModel", KNOWN)).contains("LGBModel");
    assertThat(Nearest.to("lgbmodel", KNOWN)).contains("LGBModel");
    assertThat(Nearest.to("LinaerModel", KNOWN)).contains("LinearModel");
  }

  @Test
  void saysNothingWhenNothingIsNear() {
    assertThat(Nearest.to("DoubleEnsemble", KNOWN)).isEmpty();
    assertThat(Nearest.hint("DoubleEnsemble", KNOWN)).isEmpty();
    assertThat(Nearest.hint("LGBMModel", KNOWN)).isEqualTo(" (did you mean 'LGBModel'?)");
  }
}

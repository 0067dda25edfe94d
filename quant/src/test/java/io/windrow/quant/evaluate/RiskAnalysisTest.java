package io.windrow.quant.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.windrow.quant.Golden;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RiskAnalysisTest {

  private final JsonNode golden = Golden.json("micro.json").get("risk_analysis");
  private final double[] returns =
      golden.get("r").valueStream().mapToDouble(JsonNode::doubleValue).toArray();

  @Test
  void equalsQlibsRiskAnalysis() {
    assertFigures(RiskAnalysis.ofSums(returns, RiskAnalysis.DAYS), "sum_day");
    assertFigures(RiskAnalysis.ofSums(returns, 252), "sum_N252");
    assertFigures(RiskAnalysis.ofSums(returns, 50), "sum_week");
    assertFigures(RiskAnalysis.ofProducts(returns, RiskAnalysis.DAYS), "product_day");
  }

  private void assertFigures(RiskAnalysis analysis, String name) {
    assertThat(analysis.figures())
        .hasSize(golden.get(name).size())
        .allSatisfy(
            (figure, value) ->
                assertThat(value)
                    .isCloseTo(golden.get(name).get(figure).doubleValue(), within(1e-12)));
  }

  @Test
  void openingLossIsNoDrawdown() {
    assertThat(RiskAnalysis.ofSums(new double[] {-0.5, 0.1}, 238).maxDrawdown()).isZero();
  }

  @Test
  void nothingIsNotANumber() {
    assertThat(RiskAnalysis.ofSums(new double[0], 238).figures().values())
        .allSatisfy(value -> assertThat(value).isNaN());
    assertThat(RiskAnalysis.ofSums(new double[] {Double.NaN, 0.1}, 238).mean()).isEqualTo(0.1);
    assertThat(RiskAnalysis.ofProducts(new double[0], 238).maxDrawdown()).isNaN();
  }
}

package io.windrow.quant.factor.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  private static final Map<String, Column> DATA =
      Map.of(
          "x", new Column(2, new double[] {1, 2, 3}),
          "y", new Column(3, new double[] {10, 20, 30}));

  private static Column evaluate(String text) {
    return Expression.parse(text).evaluate(name -> DATA.getOrDefault(name, Column.EMPTY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$x + 2*3; 7",
        "($x+2)*3; 9",
        "-$x**2; -1",
        "2**3**2 + $x; 513",
        "2**-1 + $x; 1.5",
        "$x - 1 - 1; -1",
        "8/2/2*$x; 2",
        "$x+1 > 1.5; 1",
        "($x>0) & ($x<0) | ($x==1); 1",
        "If($x != 1, 5, 0.125); .125",
        "Power(2, 3)*$x; 8",
        "Div(Sub(Add($x, 5), Mul(1, 2)), 4); 1",
        "Abs ( -$x ); 1",
      })
  void binds_as_python_does(String text, double expected) {
    assertThat(evaluate(text).values()[0]).isEqualTo(expected);
  }

  /** As in numpy, where a number takes the type of the series and a rolling mean is a double. */
  @Test
  void daily_arithmetic_is_single_and_window_arithmetic_double() {
    assertThat(evaluate("$x/3").values()).containsExactly(1f / 3, 2f / 3, 1);
    assertThat(evaluate("$x+0.1").values()).containsExactly(1 + 0.1f, 2 + 0.1f, 3 + 0.1f);
    assertThat(evaluate("Delta($x/3, 1)").values()[1]).isEqualTo(2f / 3 - 1f / 3);
    assertThat(evaluate("Mean($x, 1)/3").values()).containsExactly(1.0 / 3, 2.0 / 3, 1);
    assertThat(evaluate("Mean($x, 1)/3+$x/3").values()[0]).isEqualTo(1.0 / 3 + 1f / 3);
  }

  @Test
  void series_of_different_days_are_aligned() {
    Column sum = evaluate("$x+$y");

    assertThat(sum.start()).isEqualTo(2);
    assertThat(sum.values()).containsExactly(Double.NaN, 12, 23, Double.NaN);
    assertThat(evaluate("$x+$none").values()).containsOnly(Double.NaN).hasSize(3);
    assertThat(evaluate("Corr($none,$x,2)").values()).containsOnly(Double.NaN).hasSize(3);
    assertThat(evaluate("$none+1").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "$x; 0; 0",
        "Ref($close,-2)/Ref($close,-1)-1; 0; 2",
        "Ref($close, 5); 5; 0",
        "Ref(Ref($x,-1),1); 1; 1",
        "Mean($x, 5); 4; 0",
        "Mean(Ref($x,1), 5); 5; 0",
        "Mean($x, 0); 0; 0",
        "Mean($x, 0.5); 18; 0",
        "Delta($x, 5); 4; 0",
        "Corr($x, Ref($y, 2), 10); 11; 0",
        "If($x>0, Ref($x, 3), Ref($y, -4)); 3; 4",
      })
  void looks_back_and_ahead_as_qlib_counts(String text, int back, int ahead) {
    Expression expression = Expression.parse(text);

    assertThat(expression.lookBack()).isEqualTo(back);
    assertThat(expression.lookAhead()).isEqualTo(ahead);
  }

  @Test
  void names_its_fields() {
    assertThat(Expression.parse("Corr($b, Log($a+1), 5)*$b").fields()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "Maen($x, 5); unknown operator Maen (did you mean 'Mean'?), at character 1",
        "$x+Quux($x); unknown operator Quux (known are Abs, Add,",
        "Mean($x); Mean takes 2 arguments, found 1, at character 1",
        "1+Abs($x,$y); Abs takes 1 argument, found 2, at character 3",
        "Mean(3, 5); argument 1 of Mean must hold a field",
        "Mean($x, $y); argument 2 of Mean must be a number",
        "Mean($x, 1.5); argument 2 of Mean must be a whole number",
        "Mean($x, -1); Mean cannot look ahead",
        "Rank($x, 0.5); argument 2 of Rank must be a whole number",
        "Ref($x, 1e9); argument 2 of Ref must be a whole number of at most 100000 days",
        "Quantile($x, 5, 2); the quantile must be between 0 and 1",
        "EMA($x, 0); EMA needs a length of at least 1 day",
        "$x >; the expression ends where a value is expected, at character 5",
        "($x; this \"(\" is never closed, at character 1",
        "$x); unexpected \")\", at character 3",
        "$x $y; unexpected \"$\", at character 4",
        "Mean $x; expected \"(\" after Mean (a field is written $Mean)",
        "close; expected \"(\" after close (a field is written $close)",
        "$x < $y < 3; comparisons cannot be chained",
        "$; \"$\" is followed by no field's name, at character 1",
        "$$x; \"$\" is followed by no field's name, at character 1",
        "$x+1.2.3; unexpected \".\", at character 7",
        "1e; \"1e\" is not a number, at character 1",
        "$x*2d; \"2d\" is not a number, at character 4",
        "1+2; is a number: name at least one field",
        "#; found \"#\", at character 1",
      })
  void says_what_is_wrong_and_where(String text, String message) {
    assertThatThrownBy(() -> Expression.parse(text))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining(message);
  }

  @Test
  void length_and_depth_are_bounded() {
    assertThatThrownBy(() -> Expression.parse(""))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("the expression ends");
    assertThatThrownBy(() -> Expression.parse("(".repeat(101) + "$x" + ")".repeat(101)))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("more than 100 levels");
    assertThatThrownBy(() -> Expression.parse("-".repeat(9000) + "$x"))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("more than 100 levels");
    assertThatThrownBy(() -> Expression.parse("$x" + "+$x".repeat(4000)))
        .isInstanceOf(ExpressionException.class)
        .hasMessageContaining("may have 10000 characters");
    assertThat(evaluate("$x" + "+$x".repeat(3000)).values()[0]).isEqualTo(3001);
  }

  @Test
  void tells_where_a_field_stands_first() {
    Expression expression = Expression.parse("Mean($closed, 5) / $close + $close");

    assertThat(expression.place("close"))
        .isEqualTo("at character 20 of \"Mean($closed, 5) / $close + $close\"");
    assertThat(expression.place("closed")).startsWith("at character 6 of ");
  }
}

package io.windrow.quant.factor.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {

  private static final Map<String, Column> DATA =
      Map.of(
          "x", new Column(2, new double[] {1, 2, 3}),
          "y", new Column(3, new double[] {10, 20, 30}));

  private static Column evaluate(String text) {
    return Expression.parse(text)
        .evaluate(feature -> DATA.getOrDefault(feature.field(), Column.EMPTY));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
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
      quoteCharacter = '`',
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

  /** Back is empty for all days so far. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "$x; 0; 0",
        "Ref($close,-2)/Ref($close,-1)-1; 0; 2",
        "Ref($x, 5); 5; 0",
        "Ref(Ref($x,-1),1); 0; 0",
        "Ref(Ref($x,-3),1); 0; 2",
        "Ref(Mean($x,5),-2); 2; 2",
        "Mean(Ref($x,-7), 5); 0; 7",
        "Mean($x, 5); 4; 0",
        "Mean($x, 0); ; 0",
        "Mean($x, 0.5); ; 0",
        "EMA($x, 5); ; 0",
        "Ref(Mean($x,0),-2); ; 2",
        "Ref($x, 0); ; 0",
        "Delta($x, 5); 5; 0",
        "Delta($x, -2); 0; 2",
        "Delta($x, 0); ; 0",
        "Corr($x, Ref($y, 2), 10); 11; 0",
        "Corr($x, $y, 0); ; 0",
        "Quantile($x, 20, 0.5); 19; 0",
        "Mask(Ref($x, -4), 'A'); 0; 4",
        "Mean($x, 5)/ChangeInstrument('A', Mean($x, 9)); 8; 0",
        "If($x>0, Ref($x, 3), Ref($y, -4)); 3; 4",
      })
  void tells_which_days_a_value_depends_on(String text, Integer back, int ahead) {
    Reach reach = Expression.parse(text).reach();

    assertThat(reach.back()).isEqualTo(back == null ? OptionalInt.empty() : OptionalInt.of(back));
    assertThat(reach.ahead()).isEqualTo(ahead);
  }

  @Test
  void names_its_fields() {
    assertThat(Expression.parse("Corr($b, Log($a+1), 5)*$b").fields()).containsExactly("a", "b");
    assertThat(Expression.parse("$b-ChangeInstrument('I', Max($c,2)-Mask($d,'J'))/$b").features())
        .containsExactly(new Feature(null, "b"), new Feature("I", "c"), new Feature("J", "d"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "-$x**2 < (3 | $y); Lt(Sub(0,Power($x,2)),Or(3,$y))",
        "($x>0.5) & ($y!=1e20); And(Gt($x,0.5),Ne($y,1.0E20))",
        "Quantile( $x , 5, .25)+2*3; Add(Quantile($x,5,0.25),6)",
        "Max($x, 0.5); EMA($x,0.5)",
        "Corr($x, Ref($y,-1), 5); Corr($x,Ref($y,-1),5)",
      })
  void prints_what_it_understood(String text, String parsed) {
    assertThat(Expression.parse(text).parsed()).isEqualTo(parsed);
    assertThat(Expression.parse(parsed).parsed()).isEqualTo(parsed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "Maen($x, 5); unknown operator Maen (did you mean 'Mean'?), at character 1",
        "$x+Quux($x); unknown operator Quux (known are Abs, Add,",
        "Kurt($x, 3); Kurt needs a window of at least 4 days, not 3",
        "ChangeInstrument($x, $x); argument 1 of ChangeInstrument must be the symbol of",
        "$x + 'A'; Add takes fields and numbers, not \"A\", at character 4",
        "Mask($x, 'A; this quote is never closed, at character 10",
        "Mask($x, ''); the symbol of an instrument must not be empty, at character 10",
        "Mean($x); Mean takes 2 arguments, found 1, at character 1",
        "1+Abs($x,$y); Abs takes 1 argument, found 2, at character 3",
        "Mean(3, 5); argument 1 of Mean must hold a field",
        "Mean($x, $y); argument 2 of Mean must be a number",
        "Mean($x, 1.5); argument 2 of Mean must be a whole number",
        "Mean($x, -1); Mean cannot look ahead",
        "Rank($x, 0.5); argument 2 of Rank must be a whole number",
        "Ref($x, 1e9); argument 2 of Ref must be a whole number of at most 100000 days",
        "Quantile($x, 5, 2); the quantile must be between 0 and 1",
        "Skew($x, 2); Skew needs a window of at least 3 days, not 2",
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

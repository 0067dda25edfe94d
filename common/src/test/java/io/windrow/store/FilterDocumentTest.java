package io.windrow.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.pool.FilterException;
import io.windrow.pool.TaskFilter;
import io.windrow.pool.TaskSelection;
import java.util.Random;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterDocumentTest {

  private static Document filter(String text) {
    return FilterDocument.of(new TaskSelection(null, TaskFilter.parse(text), null)).document();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model.class=LGBModel | {'definition.model.class': 'LGBModel'}",
        "id != 'a b' | {'_id': {'$ne': 'a b'}}",
        "priority>=5 | {'priority': {'$gte': 5}}",
        "model.kwargs.learning_rate<0.1 | {'definition.model.kwargs.learning_rate': {'$lt': 0.1}}",
        "model.kwargs.deterministic=true | {'definition.model.kwargs.deterministic': true}",
        "model.kwargs.seed=null | {'definition.model.kwargs.seed': null}",
        "model.kwargs.seed=\"7\" | {'definition.model.kwargs.seed': '7'}",
        "state in (done, failed) | {'state': {'$in': ['done', 'failed']}}",
        "worker~a.b* | {'lease.worker': {'$regex': 'a\\\\.b\\\\*'}}",
        "metrics.\"Rank IC\">0.02 | {'result.metrics.Rank IC': {'$gt': 0.02}}",
        "metrics.l2.valid>0 | {'result.metrics.l2%2Evalid': {'$gt': 0}}",
        "model.kwargs.$where=x | {'definition.model.kwargs.%24where': 'x'}",
        "pool=2020 | {'pool': '2020'}",
        "seq>1, seq<=9 and seq!=5 | {'seq': {'$gt': 1}, '$and': [{'seq': {'$lte': 9}}, {'seq': {'$ne': 5}}]}",
      })
  void becomes_a_filter_of_the_store(String text, String json) {
    assertThat(filter(text).toJson()).isEqualTo(Document.parse(json.replace('\'', '"')).toJson());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "segments.test>=2018 | {'$gte': '2018-01-01'}",
        "segments.test>2018 | {'$gt': '2018-12-31'}",
        "segments.test<=2018-06 | {'$lte': '2018-06-31'}",
        "segments.test<2018-06-03 | {'$lt': '2018-06-03'}",
        "segments.test=2018 | {'$gte': '2018-01-01', '$lte': '2018-12-31'}",
      })
  void a_year_stands_for_its_days(String text, String json) {
    assertThat(filter(text).get("definition.dataset.kwargs.segments.test.0", Document.class))
        .isEqualTo(Document.parse(json.replace('\'', '"')));
    assertThat(filter(text.replace("test", "test.end")))
        .containsKey("definition.dataset.kwargs.segments.test.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "model.class | 12 | expected one of",
        "model.class= | 13 | expected a value",
        "model.class='LGB | 13 | not closed",
        "priority=5 priority=6 | 12 | expected ',' or 'and'",
        "priority=5, | 12 | expected a condition",
        "state=runing | 7 | there is no state 'runing'",
        "priority=high | 10 | expected a number",
        "modle.class=x | 1 | there is no field 'modle'",
        "state in done | 10 | expected '('",
        "state in (done | 15 | expected ',' or ')'",
        "segments.test>=soon | 16 | expected a day",
        "segments>=2018 | 1 | name a segment",
        "model.kwargs.a<null | 16 | needs a number or a text",
        "model..class=x | 7 | expected the name",
        "id.x=1 | 1 | 'id' has no parts",
        "{$where: 1} | 1 | expected the name",
      })
  void says_where_it_is_malformed(String text, int position, String message) {
    assertThatThrownBy(() -> TaskFilter.parse(text))
        .isInstanceOfSatisfying(
            FilterException.class,
            e -> {
              assertThat(e.position()).isEqualTo(position);
              assertThat(e).hasMessageContaining(message);
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   "})
  void an_empty_filter_is_every_task(String text) {
    assertThat(TaskFilter.parse(text)).isEqualTo(TaskFilter.ALL);
  }

  @Test
  void is_bounded() {
    assertThatThrownBy(() -> TaskFilter.parse("seq=1,".repeat(2_000)))
        .isInstanceOf(FilterException.class);
    assertThatThrownBy(() -> TaskFilter.parse("seq=1,".repeat(40) + "seq=1"))
        .hasMessageContaining("32 conditions");
    assertThatThrownBy(() -> TaskFilter.parse("model" + ".a".repeat(16) + "=1"))
        .hasMessageContaining("up to 16 names");
  }

  /** Whatever is written, it is read or refused with a position, and no value is an operator. */
  @Test
  void never_fails_otherwise_and_never_makes_an_operator_of_a_value() {
    String[] pieces = {
      "model",
      ".",
      "class",
      "=",
      "!=",
      "<=",
      ">",
      "~",
      " in ",
      "(",
      ")",
      ",",
      " and ",
      "'",
      "\"",
      "$where",
      "{",
      "}",
      "2018",
      "0.5",
      "1e999",
      "null",
      "true",
      "segments",
      "test",
      "metrics",
      "\\",
      "state",
      "done",
      "\u0000",
      "ü",
      "pool",
      "-",
      " "
    };
    Random random = new Random(20260101);
    int read = 0;
    for (int i = 0; i < 20_000; i++) {
      StringBuilder text = new StringBuilder();
      int length = 1 + random.nextInt(9);
      for (int p = 0; p < length; p++) {
        text.append(pieces[random.nextInt(pieces.length)]);
      }
      try {
        Document filter = filter(text.toString());
        assertThat(filter.keySet()).noneMatch(key -> key.startsWith("$") && !key.equals("$and"));
        read++;
      } catch (FilterException e) {
        assertThat(e.position()).isBetween(1, text.length() + 1);
      }
    }
    assertThat(read).isPositive();
  }
}

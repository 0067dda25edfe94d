package io.windrow.embedded.indexed;

import static org.assertj.core.api.Assertions.assertThat;

import de.bwaldvogel.mongo.bson.Document;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CommonValuesTest {
  private final CommonValues common = new CommonValues();

  private Document shared(String id, Object definition) {
    Document document = new Document("_id", id).append("definition", definition);
    common.shareIn(document);
    return document;
  }

  private static Document definition(Object end) {
    return new Document("model", new Document("class", "LGBModel").append("leaves", 31))
        .append(
            "segments", new Document("test", new ArrayList<>(Arrays.asList("2020-01-02", end))));
  }

  @Test
  void what_is_equal_is_one_object() {
    Document one = shared("1", definition("2020-06-30"));
    Document two = shared("2", definition("2020-06-30"));

    assertThat(two)
        .isEqualTo(new Document("_id", "2").append("definition", definition("2020-06-30")));
    assertThat(two.get("definition")).isSameAs(one.get("definition"));
  }

  @Test
  void what_differs_somewhere_shares_the_rest() {
    Document one = (Document) shared("1", definition("2020-06-30")).get("definition");
    Document two = (Document) shared("2", definition(null)).get("definition");

    assertThat(two).isEqualTo(definition(null));
    assertThat(two).isNotSameAs(one);
    assertThat(two.get("model")).isSameAs(one.get("model"));
    assertThat(two.get("segments")).isNotSameAs(one.get("segments"));
  }

  @Test
  void the_order_of_fields_and_the_type_of_numbers_are_kept() {
    List<Object> definitions =
        List.of(
            new Document("a", 1).append("b", 2),
            new Document("b", 2).append("a", 1),
            new Document("a", 1L).append("b", 2),
            new Document("a", 1.0).append("b", 2),
            new Document("a", 0.0),
            new Document("a", -0.0));

    for (Object definition : definitions) {
      assertThat(shared("1", definition).get("definition"))
          .as("%s", definition)
          .isSameAs(definition);
    }
  }

  @Test
  void lists_that_cannot_be_changed_are_left_alone() {
    List<Object> list = List.of(new Document("a", 1));

    assertThat(shared("1", list).get("definition")).isSameAs(list);
  }
}

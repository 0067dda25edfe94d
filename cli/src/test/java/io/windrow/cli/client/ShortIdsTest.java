package io.windrow.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.windrow.cli.terminal.UserError;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShortIdsTest {
  private static final String WHOLE = "0123456789abcdef".repeat(4);

  @Test
  void a_beginning_that_only_one_has_is_completed() {
    assertThat(complete("012345", List.of(WHOLE))).isEqualTo(WHOLE);
  }

  @Test
  void what_begins_nothing_stays_for_the_service_to_refuse() {
    assertThat(complete("012345", List.of())).isEqualTo("012345");
  }

  @Test
  void nobody_is_asked_about_whole_ids_short_ones_and_other_words() {
    for (String id : List.of(WHOLE, "01234", "not-hex", "", "0123456'")) {
      assertThat(
              ShortIds.complete(
                  "task",
                  id,
                  beginning -> {
                    throw new AssertionError(beginning);
                  }))
          .isEqualTo(id);
    }
    assertThat(ShortIds.whole(WHOLE)).isTrue();
    assertThat(ShortIds.whole("012345")).isFalse();
  }

  @Test
  void an_ambiguous_beginning_is_wrong_usage_and_names_the_candidates() {
    assertThatThrownBy(() -> complete("abcdef", List.of("abcdef1", "abcdef2")))
        .hasMessage("several tasks begin with 'abcdef': abcdef1, abcdef2; give more of it")
        .isInstanceOfSatisfying(UserError.class, error -> assertThat(error.isUsage()).isTrue());
  }

  private static String complete(String given, List<String> found) {
    return ShortIds.complete("task", given, beginning -> found);
  }
}

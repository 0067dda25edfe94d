package io.windrow.web.conditional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpHeaders;
import org.springframework.web.ErrorResponseException;

class ByteRangeTest {
  private static final String TAG = "\"abc\"";

  private static @Nullable ByteRange of(String range, long length, @Nullable String condition) {
    HttpHeaders headers = new HttpHeaders();
    headers.set("Range", range);
    if (condition != null) {
      headers.set("If-Range", condition);
    }
    return ByteRange.of(headers, length, TAG);
  }

  @ParameterizedTest
  @CsvSource({
    "bytes=0-9, 0, 9",
    "bytes=5-, 5, 99",
    "bytes=-10, 90, 99",
    "bytes=-1000, 0, 99",
    "bytes=90-1000, 90, 99"
  })
  void one_range_is_cut_to_what_is_there(String range, long first, long last) {
    ByteRange read = of(range, 100, null);

    assertThat(read).isEqualTo(new ByteRange(first, last, 100));
    assertThat(read.size()).isEqualTo(last - first + 1);
    assertThat(read.contentRange()).isEqualTo("bytes " + first + "-" + last + "/100");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "bytes", "bytes=", "bytes=a-b", "lines=1-2", "bytes=9-3", "bytes=0-1,5-6"})
  void what_is_no_single_range_means_the_whole(String range) {
    assertThat(of(range, 100, null)).isNull();
  }

  @ParameterizedTest
  @CsvSource({"bytes=100-, 100", "bytes=0-, 0", "bytes=-5, 0"})
  void a_range_behind_the_end_is_refused(String range, long length) {
    assertThatThrownBy(() -> of(range, length, null))
        .isInstanceOfSatisfying(
            ErrorResponseException.class,
            e -> {
              assertThat(e.getStatusCode().value()).isEqualTo(416);
              assertThat(e.getHeaders().getFirst("Content-Range")).isEqualTo("bytes */" + length);
            });
  }

  @Test
  void a_part_of_other_content_is_of_no_use() {
    assertThat(of("bytes=0-9", 100, TAG)).isNotNull();
    assertThat(of("bytes=0-9", 100, "\"other\"")).isNull();
    assertThat(of("bytes=0-9", 100, "W/" + TAG)).isNull();
  }
}

package io.windrow.cli.collection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectionFilesTest {

  @ParameterizedTest
  @CsvSource({
    "LGBModel, LGBModel",
    "'LGBModel, 5', LGBModel-5",
    "../../etc/passwd, etc-passwd",
    "..., group",
    "a/b\\c, a-b-c"
  })
  void a_key_becomes_a_folder_below_the_target(String key, String folder) {
    assertThat(CollectionFiles.folderName(key)).isEqualTo(folder);
  }
}

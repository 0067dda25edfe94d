package io.windrow.quant;

import io.windrow.quant.data.CsvImporter;
import io.windrow.quant.data.DataStore;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Real daily bars of 100 stocks in Qlib's layout, imported once for all tests. */
public final class Us100 {

  private static @Nullable DataStore data;

  private Us100() {}

  /** The data; the test is skipped if the CSV files are not there. */
  public static synchronized DataStore data() {
    Path csv = Shared.path("data/us100");
    if (data == null) {
      Path folder = Path.of("target", "us100");
      new CsvImporter(CsvImporter.BAR_FIELDS, true, CsvImporter.Progress.NONE).run(csv, folder);
      data = DataStore.open(folder);
    }
    return data;
  }
}

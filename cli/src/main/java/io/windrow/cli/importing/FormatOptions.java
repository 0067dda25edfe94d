package io.windrow.cli.importing;

import io.windrow.quant.calendar.Frequency;
import io.windrow.quant.data.CsvFormat;
import io.windrow.quant.data.CsvImporter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** What CSV files look like; the names are those of Qlib's {@code dump_bin} where it has them. */
public final class FormatOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--freq",
      paramLabel = "FREQ",
      converter = FrequencyConverter.class,
      description = {
        "How far apart the bars are: day (default), 1min, 5min, 30min and so on. Within the day the"
            + " date column holds date and time: 2020-12-31 09:30:00."
      })
  private Frequency frequency = Frequency.DAILY;

  @Option(
      names = "--date-field",
      paramLabel = "NAME",
      description = "The column of the date (default: date).")
  private String dateField = "date";

  @Option(
      names = "--symbol-field",
      paramLabel = "NAME",
      description = {
        "The column of the symbol. Then a file may hold several instruments and its name says"
            + " nothing (default: the file's name is the symbol)."
      })
  private String symbolField = "";

  @Option(
      names = "--include-fields",
      split = ",",
      paramLabel = "NAME",
      description = "Take these columns only (default: all).")
  private List<String> include = List.of();

  @Option(
      names = "--exclude-fields",
      split = ",",
      paramLabel = "NAME",
      description = "Do not take these columns.")
  private List<String> exclude = List.of();

  @Option(
      names = "--file-suffix",
      paramLabel = "SUFFIX",
      description = "How the names of the files end (default: .csv).")
  private String suffix = ".csv";

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "Take the first N files only, in alphabetical order.")
  private int limit;

  FormatOptions() {}

  /** How far apart the bars are. */
  public Frequency frequency() {
    return frequency;
  }

  /**
   * The format.
   *
   * @throws ParameterException if the options do not go together
   */
  public CsvFormat format() {
    Set<String> included = new LinkedHashSet<>(include);
    try {
      return new CsvFormat(
          frequency,
          dateField,
          symbolField,
          included.isEmpty() ? CsvImporter.BAR_FIELDS : included,
          included,
          Set.copyOf(new LinkedHashSet<>(exclude)),
          suffix,
          limit);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  static final class FrequencyConverter implements ITypeConverter<Frequency> {
    FrequencyConverter() {}

    @Override
    public Frequency convert(String value) {
      try {
        return Frequency.parse(value);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }
}

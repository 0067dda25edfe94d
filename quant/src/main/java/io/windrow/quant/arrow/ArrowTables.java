package io.windrow.quant.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.windrow.quant.evaluate.DailyIc;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.evaluate.SignalAnalysis;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float4Vector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.ipc.InvalidArrowFileException;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;

/**
 * Results as Arrow IPC files: {@code datetime} is date32, {@code instrument} utf8, values float64
 * (float32 is read as well), sorted by day and instrument. NaN stays NaN; it is not null.
 *
 * <p>The JVM needs {@code --add-opens=java.base/java.nio=ALL-UNNAMED}.
 */
public final class ArrowTables {

  private static final String DATETIME = "datetime";
  private static final String INSTRUMENT = "instrument";
  static final ArrowType DATE = new ArrowType.Date(DateUnit.DAY);
  static final ArrowType DOUBLE = new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);

  private ArrowTables() {}

  /** Writes predictions or labels. */
  public static byte[] write(ScoreTable table) {
    ScoreSeries series = table.series();
    List<Field> fields =
        List.of(
            Field.notNullable(DATETIME, DATE),
            Field.notNullable(INSTRUMENT, ArrowType.Utf8.INSTANCE),
            Field.notNullable(table.column(), DOUBLE));
    return write(
        new Schema(fields, table.metadata()),
        series.size(),
        root -> {
          DateDayVector days = (DateDayVector) root.getVector(0);
          VarCharVector instruments = (VarCharVector) root.getVector(1);
          Float8Vector values = (Float8Vector) root.getVector(2);
          for (int row = 0; row < series.size(); row++) {
            days.setSafe(row, series.epochDay(row));
            instruments.setSafe(row, series.instrument(row).getBytes(UTF_8));
            values.setSafe(row, series.value(row));
          }
        });
  }

  /**
   * Reads predictions or labels.
   *
   * @throws IllegalArgumentException if the bytes are not such a table
   */
  public static ScoreTable read(byte[] bytes) {
    ScoreSeries.Builder rows = ScoreSeries.builder();
    Schema schema =
        read(
            bytes,
            3,
            root -> {
              DateDayVector days = vector(root, 0, DateDayVector.class);
              VarCharVector instruments = vector(root, 1, VarCharVector.class);
              FieldVector values = root.getVector(2);
              for (int row = 0; row < root.getRowCount(); row++) {
                rows.add(
                    days.get(row), new String(instruments.get(row), UTF_8), number(values, row));
              }
            });
    return new ScoreTable(
        schema.getFields().get(2).getName(), rows.build(), schema.getCustomMetadata());
  }

  /** Writes {@code datetime}, {@code ic}, {@code ric}. */
  public static byte[] write(SignalAnalysis analysis, Map<String, String> metadata) {
    List<Field> fields =
        List.of(
            Field.notNullable(DATETIME, DATE),
            Field.notNullable("ic", DOUBLE),
            Field.notNullable("ric", DOUBLE));
    List<DailyIc> days = analysis.days();
    return write(
        new Schema(fields, metadata),
        days.size(),
        root -> {
          for (int row = 0; row < days.size(); row++) {
            DailyIc day = days.get(row);
            ((DateDayVector) root.getVector(0))
                .setSafe(row, Math.toIntExact(day.date().toEpochDay()));
            ((Float8Vector) root.getVector(1)).setSafe(row, day.ic());
            ((Float8Vector) root.getVector(2)).setSafe(row, day.rankIc());
          }
        });
  }

  /**
   * Reads what {@link #write(SignalAnalysis, Map)} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not such a table
   */
  public static SignalAnalysis readAnalysis(byte[] bytes) {
    List<DailyIc> days = new ArrayList<>();
    read(
        bytes,
        3,
        root -> {
          DateDayVector dates = vector(root, 0, DateDayVector.class);
          for (int row = 0; row < root.getRowCount(); row++) {
            days.add(
                new DailyIc(
                    LocalDate.ofEpochDay(dates.get(row)),
                    number(root.getVector(1), row),
                    number(root.getVector(2), row)));
          }
        });
    return new SignalAnalysis(days);
  }

  static byte[] write(Schema schema, int rows, Consumer<VectorSchemaRoot> fill) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (BufferAllocator allocator = new RootAllocator();
        VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
        ArrowFileWriter writer = new ArrowFileWriter(root, null, Channels.newChannel(bytes))) {
      root.allocateNew();
      fill.accept(root);
      root.setRowCount(rows);
      writer.writeBatch();
      writer.end();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static Schema read(byte[] bytes, int columns, Consumer<VectorSchemaRoot> batch) {
    return read(
        bytes,
        root -> {
          Schema schema = root.getSchema();
          if (schema.getFields().size() != columns) {
            throw new IllegalArgumentException(
                "a table of " + columns + " columns is expected, not " + schema);
          }
          batch.accept(root);
        });
  }

  static Schema read(byte[] bytes, Consumer<VectorSchemaRoot> batch) {
    try (BufferAllocator allocator = new RootAllocator();
        ArrowFileReader reader =
            new ArrowFileReader(new ByteArrayReadableSeekableByteChannel(bytes), allocator)) {
      VectorSchemaRoot root = reader.getVectorSchemaRoot();
      while (reader.loadNextBatch()) {
        batch.accept(root);
      }
      return root.getSchema();
    } catch (IOException | InvalidArrowFileException e) {
      throw new IllegalArgumentException("not an Arrow IPC file: " + e.getMessage(), e);
    }
  }

  private static <V extends FieldVector> V vector(VectorSchemaRoot root, int index, Class<V> type) {
    FieldVector vector = root.getVector(index);
    if (!type.isInstance(vector)) {
      throw new IllegalArgumentException(
          "column '" + vector.getName() + "' has the type " + vector.getField().getType());
    }
    return type.cast(vector);
  }

  static double number(FieldVector vector, int row) {
    if (vector.isNull(row)) {
      return Double.NaN;
    }
    if (vector instanceof Float8Vector doubles) {
      return doubles.get(row);
    }
    if (vector instanceof Float4Vector floats) {
      return floats.get(row);
    }
    throw new IllegalArgumentException(
        "column '" + vector.getName() + "' has the type " + vector.getField().getType());
  }
}

package io.windrow.quant.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A list of rows as an Arrow IPC file, column by column: days are date32, texts utf8, numbers
 * float64 (NaN stays NaN), counts int32. No value is null.
 *
 * @param <T> what a row is
 */
public final class RowTable<T> {

  private final List<T> rows;
  private final List<Field> fields = new ArrayList<>();
  private final List<Function<T, Object>> values = new ArrayList<>();

  public RowTable(List<T> rows) {
    this.rows = List.copyOf(rows);
  }

  @CanIgnoreReturnValue
  public RowTable<T> day(String name, Function<T, LocalDate> value) {
    return column(name, ArrowTables.DATE, value::apply);
  }

  @CanIgnoreReturnValue
  public RowTable<T> text(String name, Function<T, String> value) {
    return column(name, ArrowType.Utf8.INSTANCE, value::apply);
  }

  @CanIgnoreReturnValue
  public RowTable<T> number(String name, ToDoubleFunction<T> value) {
    return column(name, ArrowTables.DOUBLE, value::applyAsDouble);
  }

  @CanIgnoreReturnValue
  public RowTable<T> count(String name, ToIntFunction<T> value) {
    return column(name, new ArrowType.Int(Integer.SIZE, true), value::applyAsInt);
  }

  private RowTable<T> column(String name, ArrowType type, Function<T, Object> value) {
    fields.add(Field.notNullable(name, type));
    values.add(value);
    return this;
  }

  /** Each column's values, in the order of the columns: LocalDate, String, Double or Integer. */
  public Map<String, List<Object>> columns() {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    for (int column = 0; column < fields.size(); column++) {
      columns.put(fields.get(column).getName(), rows.stream().map(values.get(column)).toList());
    }
    return columns;
  }

  /** The file. */
  public byte[] write() {
    return write(Map.of());
  }

  /**
   * The file.
   *
   * @param metadata of the schema
   */
  public byte[] write(Map<String, String> metadata) {
    return ArrowTables.write(
        new Schema(fields, metadata),
        rows.size(),
        root -> {
          for (int column = 0; column < fields.size(); column++) {
            FieldVector vector = root.getVector(column);
            for (int row = 0; row < rows.size(); row++) {
              put(vector, row, values.get(column).apply(rows.get(row)));
            }
          }
        });
  }

  private static void put(FieldVector vector, int row, Object value) {
    if (vector instanceof DateDayVector days) {
      days.setSafe(row, Math.toIntExact(((LocalDate) value).toEpochDay()));
    } else if (vector instanceof VarCharVector texts) {
      texts.setSafe(row, ((String) value).getBytes(UTF_8));
    } else if (vector instanceof Float8Vector numbers) {
      numbers.setSafe(row, (Double) value);
    } else {
      ((IntVector) vector).setSafe(row, (Integer) value);
    }
  }

  /**
   * Reads such a file back, as {@link #columns()} has it.
   *
   * @throws IllegalArgumentException if the bytes are not such a table
   */
  public static Map<String, List<Object>> read(byte[] bytes) {
    return read(bytes, Long.MAX_VALUE);
  }

  /**
   * Reads such a file back unless it is large.
   *
   * @param most values in all columns together
   * @throws IllegalArgumentException if the bytes are not such a table, or one with more values
   */
  public static Map<String, List<Object>> read(byte[] bytes, long most) {
    Map<String, List<Object>> columns = new LinkedHashMap<>();
    ArrowTables.read(
        bytes,
        root -> {
          long rows =
              root.getRowCount()
                  + columns.values().stream().mapToLong(List::size).findFirst().orElse(0);
          if (rows * root.getFieldVectors().size() > most) {
            throw new IllegalArgumentException("the table has more than " + most + " values");
          }
          for (FieldVector vector : root.getFieldVectors()) {
            List<Object> values =
                columns.computeIfAbsent(vector.getName(), name -> new ArrayList<>());
            for (int row = 0; row < root.getRowCount(); row++) {
              values.add(get(vector, row));
            }
          }
        });
    return columns;
  }

  private static Object get(FieldVector vector, int row) {
    if (vector instanceof DateDayVector days) {
      return LocalDate.ofEpochDay(days.get(row));
    }
    if (vector instanceof VarCharVector texts) {
      return new String(texts.get(row), UTF_8);
    }
    if (vector instanceof IntVector counts) {
      return counts.get(row);
    }
    return ArrowTables.number(vector, row);
  }
}

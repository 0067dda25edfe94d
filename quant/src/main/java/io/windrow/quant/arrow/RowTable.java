package io.windrow.quant.arrow;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.time.LocalDate;
import java.util.ArrayList;
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
  private final List<Filler<T>> fillers = new ArrayList<>();

  /** Puts a row's value into a column. */
  @FunctionalInterface
  private interface Filler<T> {
    void put(FieldVector column, int index, T row);
  }

  public RowTable(List<T> rows) {
    this.rows = List.copyOf(rows);
  }

  @CanIgnoreReturnValue
  public RowTable<T> day(String name, Function<T, LocalDate> value) {
    return column(
        name,
        ArrowTables.DATE,
        (column, index, row) ->
            ((DateDayVector) column)
                .setSafe(index, Math.toIntExact(value.apply(row).toEpochDay())));
  }

  @CanIgnoreReturnValue
  public RowTable<T> text(String name, Function<T, String> value) {
    return column(
        name,
        ArrowType.Utf8.INSTANCE,
        (column, index, row) ->
            ((VarCharVector) column).setSafe(index, value.apply(row).getBytes(UTF_8)));
  }

  @CanIgnoreReturnValue
  public RowTable<T> number(String name, ToDoubleFunction<T> value) {
    return column(
        name,
        ArrowTables.DOUBLE,
        (column, index, row) -> ((Float8Vector) column).setSafe(index, value.applyAsDouble(row)));
  }

  @CanIgnoreReturnValue
  public RowTable<T> count(String name, ToIntFunction<T> value) {
    return column(
        name,
        new ArrowType.Int(Integer.SIZE, true),
        (column, index, row) -> ((IntVector) column).setSafe(index, value.applyAsInt(row)));
  }

  private RowTable<T> column(String name, ArrowType type, Filler<T> filler) {
    fields.add(Field.notNullable(name, type));
    fillers.add(filler);
    return this;
  }

  /** The file. */
  public byte[] write() {
    return ArrowTables.write(
        new Schema(fields, Map.of()),
        rows.size(),
        root -> {
          for (int column = 0; column < fillers.size(); column++) {
            FieldVector vector = root.getVector(column);
            for (int row = 0; row < rows.size(); row++) {
              fillers.get(column).put(vector, row, rows.get(row));
            }
          }
        });
  }
}

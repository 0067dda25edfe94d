package io.windrow.quant.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.windrow.quant.definition.DefinitionException;
import io.windrow.quant.panel.Panel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A LightGBM booster; its native memory is freed by {@link #close()}. */
final class NativeBooster implements AutoCloseable {

  private static final int NAME_LENGTH = 256;

  /** As a number of rounds. */
  private static final int ALL = -1;

  private final LightGbmApi api = LightGbmLibrary.api();
  private static final Pattern REFUSED = Pattern.compile("Check failed: (.*) at \\S*/config");

  private final Pointer handle;

  private NativeBooster(Pointer handle) {
    this.handle = handle;
  }

  /** A booster without trees. */
  static NativeBooster create(NativeDataset train, String parameters) {
    PointerByReference out = new PointerByReference();
    check(LightGbmLibrary.api().LGBM_BoosterCreate(train.handle(), parameters, out));
    return new NativeBooster(out.getValue());
  }

  /** A booster from LightGBM's text format. */
  static NativeBooster load(byte[] model) {
    try (Memory text = new Memory(model.length + 1L)) {
      text.write(0, model, 0, model.length);
      text.setByte(model.length, (byte) 0);
      PointerByReference out = new PointerByReference();
      check(LightGbmLibrary.api().LGBM_BoosterLoadModelFromString(text, new IntByReference(), out));
      return new NativeBooster(out.getValue());
    }
  }

  void addValid(NativeDataset valid) {
    check(api.LGBM_BoosterAddValidData(handle, valid.handle()));
  }

  /** Adds one round of trees, unless no split is worth it. */
  void update() {
    check(api.LGBM_BoosterUpdateOneIter(handle, new IntByReference()));
  }

  int iterations() {
    IntByReference out = new IntByReference();
    check(api.LGBM_BoosterGetCurrentIteration(handle, out));
    return out.getValue();
  }

  /** Names of the metrics in the order of {@link #evaluate}. */
  List<String> metricNames() {
    IntByReference count = new IntByReference();
    check(api.LGBM_BoosterGetEvalCounts(handle, count));
    if (count.getValue() == 0) {
      return List.of();
    }
    try (Memory names = new Memory((long) count.getValue() * NAME_LENGTH);
        Memory pointers = new Memory((long) count.getValue() * com.sun.jna.Native.POINTER_SIZE)) {
      for (int i = 0; i < count.getValue(); i++) {
        pointers.setPointer(
            (long) i * com.sun.jna.Native.POINTER_SIZE, names.share((long) i * NAME_LENGTH));
      }
      check(
          api.LGBM_BoosterGetEvalNames(
              handle,
              count.getValue(),
              new IntByReference(),
              NAME_LENGTH,
              new LongByReference(),
              pointers));
      List<String> list = new ArrayList<>();
      for (int i = 0; i < count.getValue(); i++) {
        list.add(names.getString((long) i * NAME_LENGTH, UTF_8.name()));
      }
      return list;
    }
  }

  /**
   * The metrics on a data set.
   *
   * @param data 0 for the training set, then the valid sets
   * @param count number of metrics
   */
  double[] evaluate(int data, int count) {
    try (Memory out = new Memory(Math.max(1L, count) * Double.BYTES)) {
      check(api.LGBM_BoosterGetEval(handle, data, new IntByReference(), out));
      return out.getDoubleArray(0, count);
    }
  }

  /** Puts copies of another booster's trees before those to come. */
  void continueFrom(NativeBooster other) {
    check(api.LGBM_BoosterMerge(handle, other.handle));
  }

  /**
   * Predicts with all trees.
   *
   * @param type {@code PREDICT_NORMAL}, or {@code PREDICT_RAW_SCORE} for the sum of the leaves
   */
  double[] predict(Panel features, int type, int threads) {
    try (NativeMatrix matrix = NativeMatrix.of(features);
        Memory out = new Memory(Math.max(1L, matrix.rows()) * Double.BYTES)) {
      if (matrix.rows() == 0) {
        return new double[0];
      }
      LongByReference length = new LongByReference();
      check(
          api.LGBM_BoosterPredictForMat(
              handle,
              matrix.memory(),
              LightGbmApi.DTYPE_FLOAT32,
              matrix.rows(),
              matrix.columns(),
              1,
              type,
              0,
              ALL,
              "num_threads=" + threads + " verbosity=-1",
              length,
              out));
      return out.getDoubleArray(0, matrix.rows());
    }
  }

  /** LightGBM's text format with the first {@code iterations} rounds. */
  byte[] save(int iterations) {
    LongByReference length = new LongByReference();
    check(
        api.LGBM_BoosterSaveModelToString(
            handle, 0, iterations, LightGbmApi.IMPORTANCE_SPLIT, 0, length, null));
    try (Memory text = new Memory(length.getValue())) {
      check(
          api.LGBM_BoosterSaveModelToString(
              handle,
              0,
              iterations,
              LightGbmApi.IMPORTANCE_SPLIT,
              length.getValue(),
              length,
              text));
      // The last byte ends the C string.
      return text.getByteArray(0, Math.toIntExact(length.getValue() - 1));
    }
  }

  /**
   * How much each feature did in all trees, in the order of the columns.
   *
   * @param type {@code IMPORTANCE_SPLIT} for the number of splits, {@code IMPORTANCE_GAIN} for the
   *     sum of their gains
   */
  double[] importance(int type, int features) {
    try (Memory out = new Memory(Math.max(1L, features) * Double.BYTES)) {
      check(api.LGBM_BoosterFeatureImportance(handle, 0, type, out));
      return out.getDoubleArray(0, features);
    }
  }

  @Override
  public void close() {
    check(api.LGBM_BoosterFree(handle));
  }

  /**
   * Turns an error code into LightGBM's own message.
   *
   * @throws DefinitionException if LightGBM refuses a parameter, which it says by quoting its check
   */
  static void check(int code) {
    if (code != 0) {
      String message = LightGbmLibrary.api().LGBM_GetLastError();
      Matcher refused = REFUSED.matcher(message);
      if (refused.find()) {
        throw new DefinitionException(
            "model.kwargs", "LightGBM demands " + refused.group(1).replaceAll("[()]", ""));
      }
      throw new ModelException("LightGBM: " + message);
    }
  }
}

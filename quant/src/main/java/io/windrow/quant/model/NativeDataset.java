package io.windrow.quant.model;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.PointerByReference;
import io.windrow.quant.panel.FeatureLabelPanel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** LightGBM's binned copy of a panel with its labels. */
final class NativeDataset implements AutoCloseable {

  private final Pointer handle;

  private NativeDataset(Pointer handle) {
    this.handle = handle;
  }

  /**
   * Bins a panel.
   *
   * @param weights of its rows
   * @param reference whose bins to use; null to choose own ones
   */
  static NativeDataset of(
      FeatureLabelPanel panel,
      RowWeights weights,
      String parameters,
      @Nullable NativeDataset reference) {
    LightGbmApi api = LightGbmLibrary.api();
    NativeDataset dataset;
    try (NativeMatrix features = NativeMatrix.of(panel.features())) {
      PointerByReference out = new PointerByReference();
      NativeBooster.check(
          api.LGBM_DatasetCreateFromMat(
              features.memory(),
              LightGbmApi.DTYPE_FLOAT32,
              features.rows(),
              features.columns(),
              1,
              parameters,
              reference == null ? null : reference.handle,
              out));
      dataset = new NativeDataset(out.getValue());
    }
    try (NativeMatrix labels = NativeMatrix.of(panel.labels())) {
      dataset.set("label", labels.memory(), labels.rows(), LightGbmApi.DTYPE_FLOAT32);
      weights.with(
          memory -> dataset.set("weight", memory, labels.rows(), LightGbmApi.DTYPE_FLOAT32));
      dataset.nameColumns(panel.features().columns());
      return dataset;
    } catch (RuntimeException e) {
      dataset.close();
      throw e;
    }
  }

  Pointer handle() {
    return handle;
  }

  @Override
  public void close() {
    NativeBooster.check(LightGbmLibrary.api().LGBM_DatasetFree(handle));
  }

  /** LightGBM's text format cannot hold some characters: such columns keep their numbers. */
  static List<String> safeNames(List<String> names) {
    List<String> safe = new ArrayList<>(names.size());
    for (String name : names) {
      safe.add(name.matches("[A-Za-z0-9_.@-]+") ? name : "Column_" + safe.size());
    }
    return safe;
  }

  /**
   * Sets what is known of each row before the training: it goes on from there, and evaluates so.
   */
  void startFrom(double[] scores) {
    try (Memory memory = new Memory(Math.max(1L, scores.length) * Double.BYTES)) {
      memory.write(0, scores, 0, scores.length);
      set("init_score", memory, scores.length, LightGbmApi.DTYPE_FLOAT64);
    }
  }

  private void set(String field, Memory values, int count, int type) {
    NativeBooster.check(
        LightGbmLibrary.api().LGBM_DatasetSetField(handle, field, values, count, type));
  }

  private void nameColumns(List<String> names) {
    String[] safe = safeNames(names).toArray(String[]::new);
    NativeBooster.check(
        LightGbmLibrary.api()
            .LGBM_DatasetSetFeatureNames(handle, new StringArray(safe), safe.length));
  }
}

package io.windrow.quant.model;

import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.PointerByReference;
import io.windrow.quant.panel.FeatureLabelPanel;
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
   * @param reference whose bins to use; null to choose own ones
   */
  static NativeDataset of(
      FeatureLabelPanel panel, String parameters, @Nullable NativeDataset reference) {
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
      NativeBooster.check(
          api.LGBM_DatasetSetField(
              dataset.handle, "label", labels.memory(), labels.rows(), LightGbmApi.DTYPE_FLOAT32));
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
  private void nameColumns(List<String> names) {
    String[] safe = new String[names.size()];
    for (int i = 0; i < safe.length; i++) {
      safe[i] = names.get(i).matches("[A-Za-z0-9_.@-]+") ? names.get(i) : "Column_" + i;
    }
    NativeBooster.check(
        LightGbmLibrary.api()
            .LGBM_DatasetSetFeatureNames(handle, new StringArray(safe), safe.length));
  }
}

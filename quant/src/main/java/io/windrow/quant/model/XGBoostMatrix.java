package io.windrow.quant.model;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.PointerByReference;
import io.windrow.quant.panel.FeatureLabelPanel;
import io.windrow.quant.panel.Panel;

/** XGBoost's copy of a panel; NaN is missing. */
final class XGBoostMatrix implements AutoCloseable {

  private final Pointer handle;
  private final int rows;

  private XGBoostMatrix(Pointer handle, int rows) {
    this.handle = handle;
    this.rows = rows;
  }

  /** The features of a panel. */
  static XGBoostMatrix of(Panel features, int threads) {
    try (NativeMatrix values = NativeMatrix.of(features)) {
      PointerByReference out = new PointerByReference();
      String address = Long.toUnsignedString(Pointer.nativeValue(values.memory()));
      // NumPy's array interface; XGBoost's own JSON has NaN.
      String array =
          "{\"data\":[%s,true],\"shape\":[%d,%d],\"typestr\":\"<f4\",\"version\":3}"
              .formatted(address, values.rows(), values.columns());
      int code =
          XGBoostLibrary.api()
              .XGDMatrixCreateFromDense(
                  array, "{\"missing\":NaN,\"nthread\":" + threads + "}", out);
      if (code != 0) {
        FiniteValues.requireNoneInfinite(features, "XGBoost");
      }
      XGBoostBooster.check(code);
      return new XGBoostMatrix(out.getValue(), values.rows());
    }
  }

  /** Features and labels of a panel, with weights by row if there are any. */
  static XGBoostMatrix of(FeatureLabelPanel panel, RowWeights weights, int threads) {
    XGBoostMatrix matrix = of(panel.features(), threads);
    try (NativeMatrix labels = NativeMatrix.of(panel.labels())) {
      matrix.set("label", labels.memory());
      weights.with(memory -> matrix.set("weight", memory));
      return matrix;
    } catch (RuntimeException e) {
      matrix.close();
      throw e;
    }
  }

  private void set(String field, Memory values) {
    XGBoostBooster.check(XGBoostLibrary.api().XGDMatrixSetFloatInfo(handle, field, values, rows));
  }

  Pointer handle() {
    return handle;
  }

  int rows() {
    return rows;
  }

  @Override
  public void close() {
    XGBoostBooster.check(XGBoostLibrary.api().XGDMatrixFree(handle));
  }
}

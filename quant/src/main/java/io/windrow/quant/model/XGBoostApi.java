package io.windrow.quant.model;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;

/**
 * The part of XGBoost's C API (version 3.0, {@code c_api.h}) that is used here. What it gives back
 * by pointer belongs to XGBoost and lasts until the thread's next call.
 */
interface XGBoostApi extends Library {

  String XGBGetLastError();

  int XGDMatrixCreateFromDense(String arrayInterface, String config, PointerByReference out);

  int XGDMatrixSetFloatInfo(Pointer matrix, String field, Pointer values, long count);

  int XGDMatrixFree(Pointer matrix);

  int XGBoosterCreate(Pointer[] matrices, long count, PointerByReference out);

  int XGBoosterSetParam(Pointer booster, String name, String value);

  int XGBoosterSetAttr(Pointer booster, String key, String value);

  int XGBoosterGetAttr(
      Pointer booster, String key, PointerByReference out, IntByReference outFound);

  int XGBoosterSetStrFeatureInfo(Pointer booster, String field, StringArray values, long count);

  int XGBoosterUpdateOneIter(Pointer booster, int round, Pointer train);

  int XGBoosterEvalOneIter(
      Pointer booster,
      int round,
      Pointer[] matrices,
      StringArray names,
      long count,
      PointerByReference out);

  int XGBoosterPredictFromDMatrix(
      Pointer booster,
      Pointer matrix,
      String config,
      PointerByReference outShape,
      LongByReference outDimensions,
      PointerByReference out);

  int XGBoosterFeatureScore(
      Pointer booster,
      String config,
      LongByReference outFeatures,
      PointerByReference outNames,
      LongByReference outDimensions,
      PointerByReference outShape,
      PointerByReference out);

  int XGBoosterSaveJsonConfig(Pointer booster, LongByReference outLength, PointerByReference out);

  int XGBoosterSaveModelToBuffer(
      Pointer booster, String config, LongByReference outLength, PointerByReference out);

  int XGBoosterLoadModelFromBuffer(Pointer booster, Pointer model, long length);

  int XGBoosterFree(Pointer booster);
}

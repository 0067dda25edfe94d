package io.windrow.quant.model;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import org.jspecify.annotations.Nullable;

/** The part of LightGBM's C API (version 4.3, {@code c_api.h}) that is used here. */
interface LightGbmApi extends Library {

  int DTYPE_FLOAT32 = 0;
  int DTYPE_FLOAT64 = 1;
  int PREDICT_NORMAL = 0;
  int PREDICT_RAW_SCORE = 1;
  int IMPORTANCE_SPLIT = 0;
  int IMPORTANCE_GAIN = 1;

  String LGBM_GetLastError();

  int LGBM_DatasetCreateFromMat(
      Pointer data,
      int dataType,
      int rows,
      int columns,
      int isRowMajor,
      String parameters,
      @Nullable Pointer reference,
      PointerByReference out);

  int LGBM_DatasetSetField(Pointer dataset, String field, Pointer data, int count, int type);

  int LGBM_DatasetSetFeatureNames(Pointer dataset, StringArray names, int count);

  int LGBM_DatasetFree(Pointer dataset);

  int LGBM_BoosterCreate(Pointer train, String parameters, PointerByReference out);

  int LGBM_BoosterAddValidData(Pointer booster, Pointer valid);

  int LGBM_BoosterUpdateOneIter(Pointer booster, IntByReference isFinished);

  int LGBM_BoosterGetCurrentIteration(Pointer booster, IntByReference out);

  int LGBM_BoosterGetEvalCounts(Pointer booster, IntByReference out);

  int LGBM_BoosterGetEvalNames(
      Pointer booster,
      int length,
      IntByReference outLength,
      long bufferLength,
      LongByReference outBufferLength,
      Pointer out);

  int LGBM_BoosterGetEval(Pointer booster, int data, IntByReference outLength, Pointer out);

  int LGBM_BoosterPredictForMat(
      Pointer booster,
      Pointer data,
      int dataType,
      int rows,
      int columns,
      int isRowMajor,
      int predictType,
      int startIteration,
      int iterations,
      String parameters,
      LongByReference outLength,
      Pointer out);

  int LGBM_BoosterSaveModelToString(
      Pointer booster,
      int startIteration,
      int iterations,
      int importanceType,
      long bufferLength,
      LongByReference outLength,
      @Nullable Pointer out);

  int LGBM_BoosterLoadModelFromString(
      Pointer model, IntByReference outIterations, PointerByReference out);

  int LGBM_BoosterMerge(Pointer booster, Pointer other);

  int LGBM_BoosterFeatureImportance(Pointer booster, int iterations, int type, Pointer out);

  int LGBM_BoosterFree(Pointer booster);

  int LGBM_DumpParamAliases(long bufferLength, LongByReference outLength, @Nullable Pointer out);
}

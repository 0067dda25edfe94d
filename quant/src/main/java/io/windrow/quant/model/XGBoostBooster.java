package io.windrow.quant.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import com.sun.jna.StringArray;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import com.sun.jna.ptr.PointerByReference;
import io.windrow.quant.definition.DefinitionException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/** An XGBoost booster; its native memory is freed by {@link #close()}. */
final class XGBoostBooster implements AutoCloseable {

  /** All rounds, those after the best one included: what Python's {@code Booster.predict} does. */
  private static final String PREDICTION =
      "{\"type\":0,\"training\":false,\"iteration_begin\":0,\"iteration_end\":0,"
          + "\"strict_shape\":false}";

  /** What XGBoost says of a parameter it refuses. */
  private static final Pattern REFUSED =
      Pattern.compile("(?:value .* for Parameter|Invalid Parameter|Invalid Input|Unknown )[^\\n]*");

  /** Time and place in XGBoost's source. */
  private static final Pattern PLACE = Pattern.compile("^\\[[0-9:]+\\] \\S+: ");

  private final XGBoostApi api = XGBoostLibrary.api();
  private final Pointer handle;

  private XGBoostBooster(Pointer handle) {
    this.handle = handle;
  }

  /**
   * A booster without trees.
   *
   * @param matrices it will see, so that XGBoost keeps its work on them
   */
  static XGBoostBooster create(
      List<Map.Entry<String, String>> parameters, XGBoostMatrix... matrices) {
    PointerByReference out = new PointerByReference();
    check(XGBoostLibrary.api().XGBoosterCreate(handles(matrices), matrices.length, out));
    XGBoostBooster booster = new XGBoostBooster(out.getValue());
    try {
      for (Map.Entry<String, String> parameter : parameters) {
        check(
            booster.api.XGBoosterSetParam(
                booster.handle, parameter.getKey(), parameter.getValue()));
      }
      return booster;
    } catch (RuntimeException e) {
      booster.close();
      throw e;
    }
  }

  /** A booster from XGBoost's JSON, to predict with. */
  static XGBoostBooster load(byte[] model, int threads) {
    XGBoostBooster booster = create(new XGBoostParameters(List.of()).entries(threads));
    try (Memory json = new Memory(model.length)) {
      json.write(0, model, 0, model.length);
      check(booster.api.XGBoosterLoadModelFromBuffer(booster.handle, json, model.length));
      return booster;
    } catch (RuntimeException e) {
      booster.close();
      throw e;
    }
  }

  /** Adds one round of trees. */
  void update(int round, XGBoostMatrix train) {
    check(api.XGBoosterUpdateOneIter(handle, round, train.handle()));
  }

  /** The metrics on each matrix, {@code rmse.train}, in the order that XGBoost gives them. */
  Map<String, Double> evaluate(int round, List<String> names, XGBoostMatrix... matrices) {
    PointerByReference out = new PointerByReference();
    check(
        api.XGBoosterEvalOneIter(
            handle,
            round,
            handles(matrices),
            new StringArray(names.toArray(String[]::new)),
            matrices.length,
            out));
    return metrics(out.getValue().getString(0, UTF_8.name()));
  }

  /** Reads a line such as {@code [0] train-rmse:0.98 valid-rmse:0.99}. */
  static Map<String, Double> metrics(String line) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    Stream.of(line.split("\t", -1))
        .skip(1)
        .forEach(
            part -> {
              int colon = part.lastIndexOf(':');
              int dash = part.indexOf('-');
              metrics.put(
                  part.substring(dash + 1, colon) + "." + part.substring(0, dash),
                  number(part.substring(colon + 1)));
            });
    return metrics;
  }

  private static double number(String text) {
    return switch (text) {
      case "nan", "-nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }

  double[] predict(XGBoostMatrix features) {
    if (features.rows() == 0) {
      return new double[0];
    }
    PointerByReference out = new PointerByReference();
    check(
        api.XGBoosterPredictFromDMatrix(
            handle,
            features.handle(),
            PREDICTION,
            new PointerByReference(),
            new LongByReference(),
            out));
    float[] scores = out.getValue().getFloatArray(0, features.rows());
    double[] wide = new double[scores.length];
    for (int i = 0; i < wide.length; i++) {
      wide[i] = scores[i];
    }
    return wide;
  }

  void attribute(String key, String value) {
    check(api.XGBoosterSetAttr(handle, key, value));
  }

  Optional<String> attribute(String key) {
    PointerByReference out = new PointerByReference();
    IntByReference found = new IntByReference();
    check(api.XGBoosterGetAttr(handle, key, out, found));
    return found.getValue() == 0
        ? Optional.empty()
        : Optional.of(out.getValue().getString(0, UTF_8.name()));
  }

  void nameColumns(List<String> names) {
    String[] safe = NativeDataset.safeNames(names).toArray(String[]::new);
    check(
        api.XGBoosterSetStrFeatureInfo(handle, "feature_name", new StringArray(safe), safe.length));
  }

  /** Whether it has weights in place of trees ({@code booster: gblinear}). */
  boolean isLinear() {
    LongByReference length = new LongByReference();
    PointerByReference out = new PointerByReference();
    check(api.XGBoosterSaveJsonConfig(handle, length, out));
    return JsonMapper.shared()
        .readTree(out.getValue().getString(0, UTF_8.name()))
        .path("learner")
        .path("gradient_booster")
        .path("name")
        .asString("")
        .equals("gblinear");
  }

  /**
   * How much each feature did, by its name in the model; those that no split uses are absent.
   *
   * @param kind {@code weight} for the number of splits, {@code total_gain} for their gain
   */
  Map<String, Double> importance(String kind) {
    LongByReference count = new LongByReference();
    PointerByReference names = new PointerByReference();
    PointerByReference scores = new PointerByReference();
    check(
        api.XGBoosterFeatureScore(
            handle,
            "{\"importance_type\":\"" + kind + "\"}",
            count,
            names,
            new LongByReference(),
            new PointerByReference(),
            scores));
    int features = Math.toIntExact(count.getValue());
    Map<String, Double> importance = new LinkedHashMap<>();
    if (features > 0) {
      String[] keys = names.getValue().getStringArray(0, features, UTF_8.name());
      float[] values = scores.getValue().getFloatArray(0, features);
      for (int i = 0; i < features; i++) {
        importance.put(keys[i], (double) values[i]);
      }
    }
    return importance;
  }

  /** XGBoost's JSON. */
  byte[] save() {
    LongByReference length = new LongByReference();
    PointerByReference out = new PointerByReference();
    check(api.XGBoosterSaveModelToBuffer(handle, "{\"format\":\"json\"}", length, out));
    return out.getValue().getByteArray(0, Math.toIntExact(length.getValue()));
  }

  @Override
  public void close() {
    check(api.XGBoosterFree(handle));
  }

  private static Pointer[] handles(XGBoostMatrix... matrices) {
    return Stream.of(matrices).map(XGBoostMatrix::handle).toArray(Pointer[]::new);
  }

  /**
   * Turns an error code into XGBoost's own message.
   *
   * @throws DefinitionException if XGBoost refuses a parameter
   */
  static void check(int code) {
    if (code != 0) {
      String message = XGBoostLibrary.api().XGBGetLastError();
      Matcher refused = REFUSED.matcher(message);
      if (refused.find()) {
        throw new DefinitionException("model.kwargs", "XGBoost: " + refused.group());
      }
      throw new ModelException(
          "XGBoost: " + PLACE.matcher(message).replaceFirst("").lines().findFirst().orElse(""));
    }
  }
}

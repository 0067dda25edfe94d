package io.windrow.quant.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Task definitions as the workflow YAML of Qlib's examples gives them. */
final class Definitions {

  private static final Map<String, Object> FEATURES = Map.of("fields_group", "feature");
  private static final Map<String, Object> LABELS = Map.of("fields_group", "label");

  private Definitions() {}

  /** Qlib's benchmark handler, 2008 to 2020-08-01, fitted on 2008 to 2014. */
  static Map<String, Object> task(String providerUri, Map<String, Object> model) {
    Map<String, Object> handler = new LinkedHashMap<>();
    handler.put("start_time", "2008-01-01");
    handler.put("end_time", "2020-08-01");
    handler.put("fit_start_time", "2008-01-01");
    handler.put("fit_end_time", "2014-12-31");
    handler.put("instruments", "all");
    handler.put(
        "infer_processors",
        List.of(
            Map.of("class", "RobustZScoreNorm", "kwargs", FEATURES),
            Map.of("class", "Fillna", "kwargs", FEATURES)));
    handler.put(
        "learn_processors",
        List.of("DropnaLabel", Map.of("class", "CSZScoreNorm", "kwargs", LABELS)));
    Map<String, Object> segments = new LinkedHashMap<>();
    segments.put("train", List.of("2008-01-01", "2014-12-31"));
    segments.put("valid", List.of("2015-01-01", "2016-12-31"));
    segments.put("test", List.of("2017-01-01", "2020-08-01"));
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("class", "DatasetH");
    dataset.put("module_path", "qlib.data.dataset");
    dataset.put(
        "kwargs",
        mutable(
            Map.of(
                "handler",
                mutable(
                    Map.of(
                        "class", "Alpha158",
                        "module_path", "qlib.contrib.data.handler",
                        "kwargs", handler)),
                "segments",
                segments)));
    Map<String, Object> task = new LinkedHashMap<>();
    task.put("qlib_init", mutable(Map.of("provider_uri", providerUri, "region", "us")));
    task.put("model", model);
    task.put("dataset", dataset);
    task.put(
        "record",
        new ArrayList<>(
            List.of(
                Map.of(
                    "class", "SignalRecord",
                    "module_path", "qlib.workflow.record_temp",
                    "kwargs", Map.of("model", "<MODEL>", "dataset", "<DATASET>")),
                Map.of(
                    "class", "SigAnaRecord",
                    "module_path", "qlib.workflow.record_temp",
                    "kwargs", Map.of("ana_long_short", false, "ann_scaler", 252)))));
    return task;
  }

  static Map<String, Object> model(String type, String module, Map<String, Object> kwargs) {
    return mutable(
        Map.of("class", type, "module_path", "qlib.contrib.model." + module, "kwargs", kwargs));
  }

  /** The map at a path of a definition, to be changed. */
  @SuppressWarnings("unchecked") // definitions are built of such maps above
  static Map<String, Object> at(Map<String, Object> definition, String... path) {
    Map<String, Object> map = definition;
    for (String key : path) {
      map = (Map<String, Object>) map.get(key);
    }
    return map;
  }

  private static Map<String, Object> mutable(Map<String, Object> map) {
    return new HashMap<>(map);
  }
}

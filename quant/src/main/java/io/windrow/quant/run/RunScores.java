package io.windrow.quant.run;

import io.windrow.quant.data.DataStore;
import io.windrow.quant.evaluate.ScoreSeries;
import io.windrow.quant.model.TrainedModel;
import io.windrow.quant.panel.CrossSection;
import io.windrow.quant.panel.Panel;
import io.windrow.quant.record.RunResults;
import java.util.ArrayList;
import java.util.List;

/** Gives predictions and labels the shape of series. */
final class RunScores {

  private RunScores() {}

  static RunResults results(DataStore data, TrainedModel model, Panel features, Panel labels) {
    double[] scores = model.predict(features);
    ScoreSeries.Builder predictions = ScoreSeries.builder();
    int next = 0;
    for (CrossSection day : features.days()) {
      for (int instrument : day.instruments()) {
        predictions.add(day.date(), features.symbols().get(instrument), scores[next++]);
      }
    }
    List<ScoreSeries> series = new ArrayList<>();
    for (int column = 0; column < labels.columns().size(); column++) {
      series.add(column(labels, column));
    }
    return new RunResults(data, predictions.build(), labels.columns(), series);
  }

  private static ScoreSeries column(Panel panel, int column) {
    ScoreSeries.Builder rows = ScoreSeries.builder();
    for (CrossSection day : panel.days()) {
      for (int row = 0; row < day.rows(); row++) {
        rows.add(
            day.date(),
            panel.symbols().get(day.instruments()[row]),
            day.values()[row * panel.columns().size() + column]);
      }
    }
    return rows.build();
  }
}

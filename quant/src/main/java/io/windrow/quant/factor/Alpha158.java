package io.windrow.quant.factor;

import java.util.ArrayList;
import java.util.List;

/**
 * The names and expressions of Alpha158 in the order in which Qlib emits them
 * (qlib/contrib/data/loader.py).
 */
final class Alpha158 {

  /** Lengths of the rolling windows in days. */
  static final int[] WINDOWS = {5, 10, 20, 30, 60};

  private static final String[][] DAY = {
    {"KMID", "($close-$open)/$open"},
    {"KLEN", "($high-$low)/$open"},
    {"KMID2", "($close-$open)/($high-$low+1e-12)"},
    {"KUP", "($high-Greater($open, $close))/$open"},
    {"KUP2", "($high-Greater($open, $close))/($high-$low+1e-12)"},
    {"KLOW", "(Less($open, $close)-$low)/$open"},
    {"KLOW2", "(Less($open, $close)-$low)/($high-$low+1e-12)"},
    {"KSFT", "(2*$close-$high-$low)/$open"},
    {"KSFT2", "(2*$close-$high-$low)/($high-$low+1e-12)"},
    {"OPEN0", "$open/$close"},
    {"HIGH0", "$high/$close"},
    {"LOW0", "$low/$close"},
    {"VWAP0", "$vwap/$close"},
  };

  /** Families over a window of N days; N stands for the length. */
  private static final String[][] FAMILIES = {
    {"ROC", "Ref($close, N)/$close"},
    {"MA", "Mean($close, N)/$close"},
    {"STD", "Std($close, N)/$close"},
    {"BETA", "Slope($close, N)/$close"},
    {"RSQR", "Rsquare($close, N)"},
    {"RESI", "Resi($close, N)/$close"},
    {"MAX", "Max($high, N)/$close"},
    {"MIN", "Min($low, N)/$close"},
    {"QTLU", "Quantile($close, N, 0.8)/$close"},
    {"QTLD", "Quantile($close, N, 0.2)/$close"},
    {"RANK", "Rank($close, N)"},
    {"RSV", "($close-Min($low, N))/(Max($high, N)-Min($low, N)+1e-12)"},
    {"IMAX", "IdxMax($high, N)/N"},
    {"IMIN", "IdxMin($low, N)/N"},
    {"IMXD", "(IdxMax($high, N)-IdxMin($low, N))/N"},
    {"CORR", "Corr($close, Log($volume+1), N)"},
    {"CORD", "Corr($close/Ref($close,1), Log($volume/Ref($volume, 1)+1), N)"},
    {"CNTP", "Mean($close>Ref($close, 1), N)"},
    {"CNTN", "Mean($close<Ref($close, 1), N)"},
    {"CNTD", "Mean($close>Ref($close, 1), N)-Mean($close<Ref($close, 1), N)"},
    {
      "SUMP", "Sum(Greater($close-Ref($close, 1), 0), N)/(Sum(Abs($close-Ref($close, 1)), N)+1e-12)"
    },
    {
      "SUMN", "Sum(Greater(Ref($close, 1)-$close, 0), N)/(Sum(Abs($close-Ref($close, 1)), N)+1e-12)"
    },
    {
      "SUMD",
      "(Sum(Greater($close-Ref($close, 1), 0), N)-Sum(Greater(Ref($close, 1)-$close, 0), N))"
          + "/(Sum(Abs($close-Ref($close, 1)), N)+1e-12)"
    },
    {"VMA", "Mean($volume, N)/($volume+1e-12)"},
    {"VSTD", "Std($volume, N)/($volume+1e-12)"},
    {
      "WVMA",
      "Std(Abs($close/Ref($close, 1)-1)*$volume, N)"
          + "/(Mean(Abs($close/Ref($close, 1)-1)*$volume, N)+1e-12)"
    },
    {
      "VSUMP",
      "Sum(Greater($volume-Ref($volume, 1), 0), N)/(Sum(Abs($volume-Ref($volume, 1)), N)+1e-12)"
    },
    {
      "VSUMN",
      "Sum(Greater(Ref($volume, 1)-$volume, 0), N)/(Sum(Abs($volume-Ref($volume, 1)), N)+1e-12)"
    },
    {
      "VSUMD",
      "(Sum(Greater($volume-Ref($volume, 1), 0), N)-Sum(Greater(Ref($volume, 1)-$volume, 0), N))"
          + "/(Sum(Abs($volume-Ref($volume, 1)), N)+1e-12)"
    },
  };

  static final FactorSet FACTORS = factors();

  private Alpha158() {}

  private static FactorSet factors() {
    List<String> names = new ArrayList<>();
    List<String> expressions = new ArrayList<>();
    for (String[] factor : DAY) {
      names.add(factor[0]);
      expressions.add(factor[1]);
    }
    for (String[] family : FAMILIES) {
      for (int window : WINDOWS) {
        names.add(family[0] + window);
        expressions.add(family[1].replaceAll("\\bN\\b", Integer.toString(window)));
      }
    }
    return new FactorSet(names, expressions);
  }
}

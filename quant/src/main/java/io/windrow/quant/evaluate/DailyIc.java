package io.windrow.quant.evaluate;

import java.time.LocalDate;

/**
 * How well the predictions of one day ordered its instruments.
 *
 * @param date the day
 * @param ic Pearson's correlation of prediction and label over the instruments, maybe NaN
 * @param rankIc Spearman's, maybe NaN
 */
public record DailyIc(LocalDate date, double ic, double rankIc) {}

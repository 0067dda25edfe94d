package io.windrow.quant.backtest;

import java.time.LocalDate;

/**
 * What is held of one instrument at the close of a day.
 *
 * @param amount of adjusted shares
 * @param price close of the last day on which there was one
 * @param weight share of the account
 * @param days for which it has been held, the day of purchase included
 */
public record PositionDay(
    LocalDate date, String instrument, double amount, double price, double weight, int days) {}

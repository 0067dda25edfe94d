package io.windrow.quant.dataset;

import io.windrow.quant.factor.FactorSet;

/**
 * The columns that a handler computes.
 *
 * @param features what a model learns from
 * @param labels what it learns to predict
 */
record DataColumns(FactorSet features, FactorSet labels) {}

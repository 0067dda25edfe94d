package io.windrow.deploy.monitoring;

import java.util.Set;

/**
 * A metric that a dashboard or rule may use.
 *
 * @param counter whether it only grows: to be read by its rate
 * @param same whether every process that has it says the same
 * @param tags its labels, apart from those that scraping gives
 */
record Metric(boolean counter, boolean same, Set<String> tags) {}

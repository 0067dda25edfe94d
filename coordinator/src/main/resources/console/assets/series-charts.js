/** Charts of a metric over the windows of one or several series. */

import {cumulate} from './chart.js';
import {figure} from './format.js';

/** Values that are all far from zero are told apart by an axis that leaves it out, so by no bars. */
function farFromZero(values) {
  const known = values.filter(Number.isFinite);
  return known.length > 0 && Math.min(...known) > Math.max(...known) / 2;
}

/** Bars as long as they are wide enough to be told apart, lines beyond that. */
const MOST_BARS = 150;
const MANY = 60;

const LINES = ['solid', 'dashed', 'dotted'];
const SIGNS = ['circle', 'rect', 'triangle', 'diamond', 'emptyCircle', 'emptyRect', 'emptyTriangle', 'emptyDiamond'];

const day = w => w.test?.[0] ?? w.id;

/** What all names have in common need not be said in a chart. */
function briefly(rows) {
  const parts = rows.map(row => row.name.split(' · '));
  const said = parts.map(all => all.filter(one => !parts.every(other => other.includes(one))).join(' · '));
  return rows.map((row, i) => ({...row, name: said[i] || row.name}));
}

const days = rows => [...new Set(rows.flatMap(row => row.windows.map(day)))].sort();

/** Beyond eight series the colours come again, with another line and another sign. */
const style = (i, bars) => bars
  ? {itemStyle: {opacity: i < 8 ? 1 : 0.55}}
  : {lineStyle: {width: 1.6, type: LINES[Math.floor(i / 8) % LINES.length]}, symbol: SIGNS[i % SIGNS.length]};

function option(x, series, digits, {shown = x.length, scale = false} = {}) {
  return {
    legend: series.length > 1 ? {} : false,
    grid: {left: 8, right: 16, top: series.length > 1 ? 36 : 12, bottom: x.length > MANY ? 34 : 8, containLabel: true},
    xAxis: {type: 'category', data: x, axisTick: {show: false}},
    yAxis: {type: 'value', scale},
    dataZoom: x.length > MANY ? [{type: 'slider', startValue: x.length - shown}] : undefined,
    tooltip: {valueFormatter: value => figure(value, digits)},
    series,
  };
}

/** A series' values at the days; what it has no window for is left out. */
function placed(x, row, values) {
  const at = new Map(row.windows.map((w, i) => [day(w), {value: values[i] ?? null, task: w.task}]));
  return x.map(one => at.get(one) ?? {value: null});
}

/**
 * A metric per window.
 *
 * @param all [{name, windows, mean}], with a metric where it is another
 */
export function perWindow(all, metric) {
  const rows = briefly(all);
  const x = days(rows);
  const valuesOf = row => row.windows.map(w => w.metrics[row.metric ?? metric]);
  const far = farFromZero(rows.flatMap(valuesOf));
  const bars = !far && x.length * rows.length <= MOST_BARS;
  return {
    label: `${metric} of each window by its first test day, ${x[0]} to ${x.at(-1)}. Mean of ${rows.map(row => `${row.name}: ${figure(row.mean)}`).join('; ')}`,
    option: option(x, rows.map((row, i) => ({
      name: row.name,
      type: bars ? 'bar' : 'line',
      barMaxWidth: 22,
      showSymbol: !bars && x.length < 40,
      symbolSize: 6,
      data: placed(x, row, valuesOf(row)),
      ...style(i, bars),
    })), 4, {shown: rows.length > 3 ? Math.min(MANY, x.length) : x.length, scale: far}),
  };
}

/** Its running sum: how steadily it came. */
export function runningSum(all, metric) {
  const rows = briefly(all);
  const x = days(rows);
  const sums = rows.map(row => cumulate(row.windows.map(w => w.metrics[metric])));
  return {
    label: `Running sum of ${metric} over windows. At the end of ${rows.map((row, i) => `${row.name}: ${figure(sums[i].at(-1), 3)}`).join('; ')}`,
    option: option(x, rows.map((row, i) => ({
      name: row.name,
      type: 'line',
      connectNulls: true,
      showSymbol: x.length < 40,
      symbolSize: 6,
      data: placed(x, row, sums[i]),
      ...style(i, false),
    })), 3),
  };
}

/** Charts of a series put together of its windows; returns add up, as in Qlib's report. */

import {colour, cumulate, line} from './chart.js';
import {figure, percent} from './format.js';

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'year'];

const less = (values, ...others) => values.map((value, i) => others.reduce((rest, other) => rest - (other[i] ?? 0), value ?? 0));

/** How much of a colour the largest mean has: what is written on it must still be read. */
const STRONGEST = 0.6;

/** As high as excess return and drawdown together, which stand beside it. */
const HIGH = 460;

/** Lines over days: lines are [name, values, more of ECharts]. */
const daily = (days, lines, draw) => ({
  xAxis: {type: 'time', axisLabel: {hideOverlap: true}},
  yAxis: {type: 'value', axisLabel: draw === share ? {formatter: value => share(value)} : undefined},
  tooltip: {valueFormatter: value => draw(value, 3)},
  series: lines.map(([name, values, more]) => line(name, days, values, {showSymbol: false, ...more})),
});

const share = (value, digits = 0) => percent(value, digits);
const ended = (lines, draw) => lines.map(([name, values]) => `${name} ${draw(values.at(-1), 2)}`).join(', ');

/** Running sums of IC and Rank IC. */
export function cumulativeIc({datetime, ic, ric}) {
  const lines = [['IC', cumulate(ic)], ['Rank IC', cumulate(ric)]];
  return {label: `Cumulative IC and Rank IC by day. At the end: ${ended(lines, figure)}`, option: daily(datetime, lines, figure)};
}

/** What strategy and benchmark returned. */
export function returns({datetime, return: gross, cost, bench}) {
  const lines = [
    ['strategy without cost', cumulate(gross)],
    ['strategy with cost', cumulate(less(gross, cost))],
    ['benchmark', cumulate(bench), {lineStyle: {width: 1.8, type: 'dashed'}}],
  ];
  return {height: HIGH, label: `Cumulative return of strategy and benchmark. At the end: ${ended(lines, share)}`, option: daily(datetime, lines, share)};
}

/** What the strategy earned beyond the benchmark. */
export function excess({datetime, return: gross, cost, bench}) {
  const lines = [['without cost', cumulate(less(gross, bench))], ['with cost', cumulate(less(gross, bench, cost))]];
  return {label: `Cumulative excess return. At the end: ${ended(lines, share)}`, option: daily(datetime, lines, share)};
}

/** How far the excess return with cost is below its peak so far; the start is no peak, as in Qlib. */
export function drawdown({datetime, return: gross, cost, bench}) {
  let peak = -Infinity;
  const below = cumulate(less(gross, bench, cost)).map(sum => sum - (peak = Math.max(peak, sum)));
  const deepest = below.reduce((low, value) => Math.min(low, value), 0);
  return {
    label: `Drawdown of the excess return with cost. The deepest is ${share(deepest, 2)}`,
    option: () => ({
      ...daily(datetime, [['drawdown', below, {areaStyle: {opacity: 0.3}, itemStyle: {color: colour('--down')}}]], share),
      legend: false,
      grid: {left: 8, right: 16, top: 12, bottom: 8, containLabel: true},
    }),
  };
}

/** What the fifths by score earned, and the best less the worst. */
export function quantileReturns({datetime, ...columns}) {
  const lines = [
    ...[1, 2, 3, 4, 5].map(n => [`group ${n}`, cumulate(columns[`group${n}`])]),
    ['long-short', cumulate(columns.long_short), {lineStyle: {width: 2.2, type: 'dashed'}}],
  ];
  return {label: `Cumulative return of five groups by score, 1 the best predicted. At the end: ${ended(lines, share)}`, option: daily(datetime, lines, share)};
}

/** Means of the days' values by month, [[month, year, mean, days]]; month 12 is the whole year. */
export function monthly(datetime, values) {
  const sums = new Map();
  const add = (year, month, value) => {
    const at = `${year} ${month}`;
    const [sum, days] = sums.get(at) ?? [0, 0];
    sums.set(at, [sum + value, days + 1]);
  };
  datetime.forEach((day, i) => {
    if (values[i] !== null) {
      add(day.slice(0, 4), Number(day.slice(5, 7)) - 1, values[i]);
      add(day.slice(0, 4), 12, values[i]);
    }
  });
  return [...sums].map(([at, [sum, days]]) => [Number(at.split(' ')[1]), at.split(' ')[0], sum / days, days]);
}

/** The mean IC of each month: years are rows, months columns, a last column has the year's mean. */
export function monthlyIc({datetime, ic}) {
  const cells = monthly(datetime, ic);
  const years = [...new Set(cells.map(([, year]) => year))].sort();
  const most = Math.max(0.001, ...cells.filter(([month]) => month < 12).map(([, , mean]) => Math.abs(mean)));
  const months = cells.filter(([month]) => month < 12);
  return {
    height: 44 + 26 * years.length,
    width: 560,
    label: `Mean IC of each month from ${years[0]} to ${years.at(-1)}: above zero in ${months.filter(([, , mean]) => mean > 0).length} of ${months.length} months`,
    option: () => ({
      legend: false,
      grid: {left: 8, right: 8, top: 28, bottom: 4, containLabel: true},
      xAxis: {type: 'category', data: MONTHS, position: 'top', axisTick: {show: false}, axisLine: {show: false}},
      yAxis: {type: 'category', data: years, inverse: true, axisTick: {show: false}, axisLine: {show: false}},
      visualMap: {show: false, min: -most / STRONGEST, max: most / STRONGEST, dimension: 2, inRange: {color: [colour('--c2'), colour('--panel'), colour('--c1')]}},
      tooltip: {trigger: 'item', formatter: ({value: [month, year, mean, days]}) => `${MONTHS[month]} ${year}: mean IC ${figure(mean)} of ${days} days`},
      series: [{
        type: 'heatmap', data: cells,
        label: {show: true, color: colour('--text'), fontSize: 11, formatter: ({value}) => figure(value[2], 3)},
        itemStyle: {borderColor: colour('--panel'), borderWidth: 2},
        emphasis: {itemStyle: {borderColor: colour('--focus')}},
      }],
    }),
  };
}

/**
 * What is shown of a recorder wherever one is shown: curves, importance of features, artifacts.
 * Each part is made once for a page, reads what it needs and gives a function that draws it.
 */

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {address, get, part} from './api.js';
import {line} from './chart.js';
import {bytes, count, figure} from './format.js';
import {Loading, memo} from './ui.js';

const FEATURES = 25;

/** Names of metrics with one value only, whatever the model: there is no curve to ask for. */
const SINGLE = /^(time|\d+[a-z]+)\.|^Long-|IC(IR)?$|^best_/;

/** Most metrics whose values are asked for; a model has a few. */
const MOST_CURVES = 24;

/** Values of metrics with more than one step, by name: [{step, value}]. */
export async function readCurves(id, metrics, signal) {
  const names = Object.keys(metrics ?? {}).filter(name => !SINGLE.test(name)).sort().slice(0, MOST_CURVES);
  const values = await Promise.all(names.map(name => get(`/recorders/${part(id)}/metrics/${part(name)}`, {signal})));
  return new Map(names.map((name, i) => [name, values[i]]).filter(([, steps]) => steps.length > 1));
}

/** l2.valid is what is measured, and where: train and valid of the same measure share a chart. */
export function byMeasure(curves) {
  const measures = new Map();
  for (const [name, steps] of curves) {
    const dot = name.lastIndexOf('.');
    const measure = dot > 0 ? name.slice(0, dot) : name;
    if (!measures.has(measure)) {
      measures.set(measure, []);
    }
    measures.get(measure).push({name: dot > 0 ? name.slice(dot + 1) : name, steps});
  }
  return measures;
}

/** The option of a chart of curves over the rounds of training. */
export const curveOption = (measure, lines) => ({
  xAxis: {type: 'value', name: 'round', nameLocation: 'middle', nameGap: 24, minInterval: 1, splitLine: {show: false}},
  yAxis: {type: 'value', name: measure, scale: true},
  grid: {left: 8, right: 16, top: 54, bottom: 24, containLabel: true},
  tooltip: {valueFormatter: value => figure(value, 6)},
  series: lines.map(({name, steps}) => line(name, steps.map(s => s.step), steps.map(s => s.value))),
});

/**
 * Training curves, a chart for each measure.
 *
 * @param metrics of the recorder as they are now; without them they are read once they are given
 * @return draws the curves; its read(metrics) reads them again
 */
export function curves(page, id, metrics) {
  let known = metrics;
  const values = new Loading(() => readCurves(id, known, page.signal), page.update);
  const draw = () => values.show(found => found.size === 0
    ? html`<p class="soft">No metric has more than one step.</p>`
    : html`${charts(found).map(({label, option}) => html`<w-chart label=${label} .option=${option}></w-chart>`)}`);
  const charts = memo(found => [...byMeasure(found)].map(([measure, lines]) => ({
    label: `${measure} by round of training: ${lines.map(ends).join('; ')}`,
    option: curveOption(measure, lines),
  })));
  draw.read = now => {
    known = now;
    values.reload();
  };
  if (metrics) {
    values.reload();
  }
  return draw;
}

/** A curve in words. */
export const ends = ({name, steps}) =>
  `${name} from ${figure(steps[0].value, 6)} to ${figure(steps.at(-1).value, 6)} in ${count(steps.length)} steps`;

/** The artifacts of a recorder, read once for all parts of a page. */
export function artifacts(page, id) {
  const read = new Loading(() => get(`/recorders/${part(id)}/artifacts`, {signal: page.signal}), page.update);
  read.reload();
  return read;
}

const parts = path => path.split('/').map(part).join('/');

/** Where an artifact is. */
export const artifactPath = (id, path) => `/recorders/${part(id)}/artifacts/${parts(path)}`;

/** The list of artifacts, each to be downloaded. */
export function artifactList(id, read) {
  return () => read.show(all => all.length === 0
    ? html`<p class="soft">It has no artifact.</p>`
    : html`
      <div class="table" tabindex="0" role="region" aria-label="Artifacts">
        <table>
          <thead><tr><th scope="col">artifact</th><th scope="col" class="number">size</th></tr></thead>
          <tbody>${all.map(({path, length}) => html`
            <tr><td><a href=${address(artifactPath(id, path))} download=${path.split('/').at(-1)}>${path}</a></td>
            <td class="number">${bytes(length)}</td></tr>`)}</tbody>
        </table>
      </div>`);
}

/** A panel with the features that did most: by what their splits gained or by how many there are. */
export function importance(page, id, read) {
  const path = 'feature_importance.arrow';
  let table = null;
  const drawn = memo(bars);
  return () => {
    if (!read.value?.some(artifact => artifact.path === path)) {
      return nothing;
    }
    if (!table) {
      table = new Loading(() => get(artifactPath(id, path), {signal: page.signal}), page.update);
      table.reload();
    }
    const by = page.query.get('importance') === 'split' ? 'split' : 'gain';
    return html`<section class="panel">
      <div class="bar"><h2 style="margin:0 8px 0 0">Feature importance</h2>
        ${['gain', 'split'].map(name => html`
          <button class="chip" aria-pressed=${by === name} @click=${() => page.keep('importance', name === 'gain' ? '' : name)}>by ${name}</button>`)}
      </div>
      ${table.show(columns => drawn(columns, by))}</section>`;
  };
}

function bars(columns, by) {
  const rows = columns.feature.map((name, i) => ({name, value: columns[by][i]}))
    .sort((a, b) => b.value - a.value).slice(0, FEATURES);
  const used = columns.split.filter(n => n > 0).length;
  const what = by === 'gain' ? 'what its splits gained, in sum' : 'number of splits that use it';
  return html`
    <p class="soft">The first ${rows.length} of ${count(columns.feature.length)} features, by ${what}; ${count(used)} are used at all.</p>
    <w-chart style="height:${60 + 20 * rows.length}px"
      label="Features by importance: ${rows.slice(0, 5).map(r => `${r.name} ${figure(r.value, 1)}`).join(', ')} and so on" .option=${{
        legend: false,
        grid: {left: 8, right: 24, top: 8, bottom: 24, containLabel: true},
        tooltip: {trigger: 'axis', axisPointer: {type: 'shadow'}, valueFormatter: v => figure(v, by === 'gain' ? 2 : 0)},
        xAxis: {type: 'value', name: by, nameLocation: 'middle', nameGap: 24},
        yAxis: {type: 'category', inverse: true, data: rows.map(r => r.name), axisTick: {show: false}, axisLabel: {interval: 0}},
        series: [{name: by, type: 'bar', data: rows.map(r => r.value), barMaxWidth: 14}],
      }}></w-chart>`;
}

/** Two things next to each other: two series window by window, or two recorders. */

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, part} from './api.js';
import {colour} from './chart.js';
import {figure, many, measure, percent, short} from './format.js';
import {byMeasure, curveOption, ends, readCurves} from './recorder-parts.js';
import {differing, lessIsBetter, moments, paired, recorderSegment} from './series.js';
import {Loading, empty, memo, tile} from './ui.js';

/** Draws what two series differ in. */
export function compareSeries(page) {
  const pairs = memo((a, b, metric) => paired(a.windows, b.windows, metric));
  const params = memo((a, b) => differing(a.windows, b.windows));
  const chart = memo(differences);
  return (a, b, metric) => {
    const both = pairs(a, b, metric);
    const less = lessIsBetter(metric);
    const {mean, sd, t} = moments(both.map(pair => pair.difference));
    const better = both.filter(pair => (less ? pair.difference < 0 : pair.difference > 0)).length;
    const alike = both.filter(pair => pair.difference === 0).length;
    const drawn = chart(both, metric);
    return html`
      <section class="panel" aria-label="Two series">
        <div class="bar"><h2 style="margin:0 8px 0 0">A against B, window by window</h2>
          <button @click=${() => {
            page.keep('a', b.name);
            page.keep('b', a.name);
          }}>Swap</button></div>
        <p><strong>A</strong> ${a.name}<br><strong>B</strong> ${b.name}</p>
        ${both.length === 0 ? empty('They have no window in common', 'Only windows with the same test segment can be compared.') : html`
          <dl class="tiles">
            ${tile('Windows in common', both.length)}
            ${tile(`Mean difference of ${metric}`, figure(mean), 'A − B')}
            ${tile('Deviation', figure(sd))}
            ${tile('t', figure(t, 2), 'of the paired differences')}
            ${tile('A is better in', percent(better / both.length, 0), `${better} of ${many(both.length, 'window')}${alike > 0 ? `, ${alike} alike` : ''}${less ? '; less is better' : ''}`)}
          </dl>
          <w-chart label=${drawn.label} .option=${drawn.option}></w-chart>`}
        <h2>Parameters that differ</h2>
        ${differencesTable(params(a, b))}
      </section>`;
  };
}

function differences(both, metric) {
  const above = both.filter(pair => pair.difference > 0).length;
  const long = both.length > 60;
  return {
    label: `${metric} of A less that of B for each window: above zero in ${above} of ${both.length}`,
    option: () => ({
      legend: false,
      grid: {left: 8, right: 16, top: 28, bottom: long ? 34 : 8, containLabel: true},
      xAxis: {type: 'category', data: both.map(pair => pair.a.test[0]), axisTick: {show: false}, axisLine: {onZero: false}},
      yAxis: {type: 'value', name: 'A − B'},
      dataZoom: long ? [{type: 'slider'}] : undefined,
      tooltip: {axisPointer: {type: 'shadow'}, valueFormatter: value => figure(value)},
      series: [{
        name: 'A − B', type: 'bar', barMaxWidth: 22,
        data: both.map(({difference}) => ({value: difference, itemStyle: {color: colour(difference >= 0 ? '--c1' : '--c2')}})),
      }],
    }),
  };
}

function differencesTable(rows) {
  const values = all => (all.length === 0 ? html`<span class="soft">not set</span>`
    : `${all.slice(0, 4).join('; ')}${all.length > 4 ? ` and ${all.length - 4} more` : ''}`);
  return rows.length === 0 ? html`<p class="soft">None but the segments.</p>` : html`
    <div class="table" tabindex="0" role="region" aria-label="Parameters that differ">
      <table>
        <thead><tr><th scope="col">parameter</th><th scope="col">A</th><th scope="col">B</th></tr></thead>
        <tbody>${rows.map(([name, a, b]) => html`
          <tr><td>${name}</td><td class="wrap">${values(a)}</td><td class="wrap">${values(b)}</td></tr>`)}</tbody>
      </table>
    </div>`;
}

/** Draws the two recorders that are chosen in the address, `r=one,other`. */
export function compareRecorders(page) {
  const reading = memo(ids => {
    const [one, other] = ids.split(',');
    const both = new Loading(() => Promise.all([one, other].map(async id => {
      const recorder = await get(`/recorders/${part(id)}`, {signal: page.signal});
      return {recorder, curves: await readCurves(id, recorder.metrics, page.signal)};
    })), page.update);
    both.reload();
    return both;
  });
  const overlays = memo(overlay);
  return () => {
    const ids = page.query.get('r') ?? '';
    if (ids.split(',').filter(Boolean).length !== 2) {
      return nothing;
    }
    return html`
      <section class="panel" aria-label="Two recorders">
        <div class="bar"><h2 style="margin:0 8px 0 0">Two recorders</h2>
          <button @click=${() => page.keep('r', '')}>Close</button></div>
        ${reading(ids).show(both => twoRecorders(page, both, overlays(both)))}
      </section>`;
  };
}

function twoRecorders(page, both, charts) {
  const recorders = both.map(one => one.recorder);
  const all = page.query.get('params') === 'all';
  const names = [...new Set(recorders.flatMap(r => Object.keys(r.params)))].sort();
  const shown = names.filter(name => all || differ(recorders, name));
  const metrics = [...new Set(recorders.flatMap(r => Object.keys(r.metrics)))].sort();
  return html`
    <div class="grid">
      <div class="w7"><h2>Metrics</h2>
        <div class="table" tabindex="0" role="region" aria-label="Metrics of both">
          <table>
            <thead><tr><th scope="col">metric</th>${recorders.map(r => headed(r))}<th scope="col" class="number">difference</th></tr></thead>
            <tbody>${metrics.map(name => {
              const [a, b] = recorders.map(r => r.metrics[name]);
              return html`<tr><td>${name}</td><td class="number">${measure(a)}</td><td class="number">${measure(b)}</td>
                <td class="number">${signed(b - a)}</td></tr>`;
            })}</tbody>
          </table>
        </div>
      </div>
      <div class="w5"><h2>Training curves</h2>
        ${charts.length === 0 ? html`<p class="soft">Neither has a metric with more than one step.</p>` : charts.map(chart => html`
          <w-chart label=${chart.label} .option=${chart.option}></w-chart>`)}
      </div>
      <div class="w12">
        <div class="bar"><h2 style="margin:0 8px 0 0">Parameters</h2>
          <button class="chip" aria-pressed=${!all} @click=${() => page.keep('params', all ? '' : 'all')}>differences only</button></div>
        ${shown.length === 0 ? html`<p class="soft">None differs.</p>` : html`
          <div class="table" tabindex="0" role="region" aria-label="Parameters of both">
            <table>
              <thead><tr><th scope="col">parameter</th>${recorders.map(r => headed(r, false))}<th scope="col">differs</th></tr></thead>
              <tbody>${shown.map(name => html`
                <tr class=${all && differ(recorders, name) ? 'chosen' : ''}><td>${name}</td>
                  ${recorders.map(r => html`<td class="wrap">${r.params[name] ?? html`<span class="soft">not set</span>`}</td>`)}
                  <td>${differ(recorders, name) ? html`<span title="differs">≠</span>` : ''}</td></tr>`)}</tbody>
            </table>
          </div>`}
      </div>
    </div>`;
}

const differ = ([a, b], name) => a.params[name] !== b.params[name];

const signed = value => (value > 0 ? '+' : '') + measure(value);

const headed = (recorder, number = true) => html`
  <th scope="col" class=${number ? 'number' : ''}><a class="mono" href="/recorders/${part(recorder.id)}">${short(recorder.id)}</a><br>
    ${recorder.status}<br><span class="soft">test ${recorderSegment(recorder, 'test')?.[0] ?? '–'}</span></th>`;

/** A chart a measure, with the curves of both. */
function overlay(both) {
  const measures = new Map();
  for (const {recorder, curves} of both) {
    for (const [measure, lines] of byMeasure(curves)) {
      const named = lines.map(l => ({...l, name: `${l.name} of ${short(recorder.id)}`}));
      measures.set(measure, [...(measures.get(measure) ?? []), ...named]);
    }
  }
  return [...measures].map(([measure, lines]) => ({
    label: `${measure} by round of training of both: ${lines.map(ends).join('; ')}`,
    option: curveOption(measure, lines),
  }));
}

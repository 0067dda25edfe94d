import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {address, blob, get, part} from '../api.js';
import '../chart.js';
import {changedTasks} from '../cluster.js';
import {cumulativeIc, drawdown, excess, monthlyIc, quantileReturns, returns} from '../collection-charts.js';
import {between, count, figure, many, percent, seconds, segment, short} from '../format.js';
import {listen} from '../live.js';
import {paced} from '../paced.js';
import {save} from '../save.js';
import {perWindow} from '../series-charts.js';
import {moments} from '../series.js';
import {heading} from '../shell.js';
import {Loading, Table, action, badge, copy, empty, memo, meter, tell, tile} from '../ui.js';

const ENDED = new Set(['done', 'failed', 'cancelled']);

/** Rows that a browser can still take as JSON without getting slow. */
const MOST_AS_JSON = 1e6;

/** The collection of a submission: its windows put together into series, and what these are worth. */
export default function submission(page) {
  const {id} = page.params;
  const {signal, update, query} = page;
  const path = `/collections/${part(id)}`;
  // Without `partial` an incomplete series is not traded again with each window that comes.
  const whole = new Loading(() => get(path, {signal}).then(named), update);
  const chosen = () => {
    const groups = whole.value?.groups ?? [];
    return groups.find(group => nameOf(group) === query.get('group')) ?? groups[0];
  };
  const series = memo(name => new Series(page, path, () => {
    const index = whole.value.groups.findIndex(group => nameOf(group) === name);
    return {index, traded: traded(whole.value.groups[index])};
  }));
  const read = async () => {
    const {signature} = whole;
    await whole.reload();
    whole.signature = JSON.stringify([whole.value?.collected, whole.value?.complete]);
    if (chosen()?.windows.length > 0 && signature && signature !== whole.signature) {
      series(nameOf(chosen())).again();
    }
  };
  read();
  page.title = `Collection ${short(id)}`;
  page.changed = read;
  const again = paced(2000, read, signal);
  listen({submission: id}, {
    status: connected => page.live(connected),
    tasks: changes => changes.some(change => ENDED.has(change.state)) && again(),
    reset: again,
  }, signal);

  const windows = windowTable(page);
  const gaps = gapTables(update);
  const groups = groupTable(page, chosen);
  const perWindowOf = memo(group => perWindow(['IC', 'Rank IC'].map(metric =>
    ({name: metric, metric, windows: group.windows, mean: moments(group.windows.map(w => w.metrics[metric])).mean})), 'IC'));
  const draw = Object.fromEntries(Object.entries({cumulativeIc, monthlyIc, quantileReturns, returns, excess, drawdown})
    .map(([name, make]) => [name, memo(make)]));

  function results(all) {
    const group = chosen();
    if (!group || all.collected === 0) {
      return html`<section class="panel">${empty('No window is collected yet', all.failed.length === all.expected
        ? 'All of them failed: see why above.' : 'The first figures come with the first window that is done.')}</section>`;
    }
    const chooser = all.groups.length > 1 ? html`<section class="panel"><h2>Series</h2>${groups.view(all.groups)}</section>` : nothing;
    if (group.windows.length === 0) {
      return html`${chooser}<section class="panel">${empty(`No window of ${nameOf(group)} is collected yet`)}</section>`;
    }
    const of = series(nameOf(group));
    return html`
      ${chooser}
      <section aria-label="Series ${nameOf(group)}">
        <div class="bar"><h2 style="margin:0">${nameOf(group)}</h2>
          <span class="soft">${many(group.windows.length, 'window')}, ${many(group.days, 'day')}, ${many(group.rows, 'prediction')}, each by a model that had not seen its day${
            group.shadowed?.length ? `; ${many(group.shadowed.length, 'task')} of the same windows left out for newer ones` : ''}</span></div>
        ${statistics(group, of)}
        <section class="panel"><h2>IC of each window</h2>
          <w-chart label=${perWindowOf(group).label} .option=${perWindowOf(group).option} @pick=${({detail}) => detail.data?.task && page.go(`/tasks/${detail.data.task}`)}></w-chart></section>
        ${all.collect.artifacts.includes('label') ? html`
          <div class="grid">
            ${chart('w6', 'Cumulative IC', 'Running sum over the days. A steady signal climbs in a straight line; noise wanders.', of.ic, draw.cumulativeIc)}
            ${chart('w6', 'Monthly IC', 'Mean of the days; the stronger the colour, the farther from 0. Look for seasons and for years in which the signal fades.', of.ic, draw.monthlyIc)}
          </div>` : html`<section class="panel soft">Without labels there is no IC by day: this collection is declared with the artifacts ${all.collect.artifacts.join(', ')}.</section>`}
        ${backtest(group, of, draw)}
        ${all.collect.artifacts.includes('label') ? html`<div class="grid">
          ${chart('w12', 'Cumulative return of groups by score', 'Each day the instruments are sorted by score into five groups, 1 the best predicted; a good signal keeps them apart and in order. Running sums of the mean labels.', of.quantiles, draw.quantileReturns)}</div>` : nothing}
        <section class="panel"><h2>Windows</h2>${windows.view(group.windows)}</section>
        ${downloads(page, all, group, path)}
      </section>`;
  }

  page.view = () => html`
    ${heading(short(id), {
      above: html`<a href="/submissions">Collections</a>`,
      beside: copy(id, 'the id'),
      actions: html`<button @click=${() => read()}>Read again</button>${whole.value && !whole.value.complete ? actions(page, id, whole.value) : nothing}`,
    })}
    ${whole.show(all => html`
      ${completeness(all, gaps)}
      ${results(all)}`)}`;
}

function actions(page, id, {missing, failed}) {
  const path = `/submissions/${part(id)}`;
  return html`
    ${failed.length === 0 ? nothing : action(page, {label: `Retry ${count(failed.length)} failed`, done: changedTasks, request: () => ['POST', `${path}/retry`],
      ask: {title: 'Retry what failed?', text: 'The failed tasks of this submission wait again.', action: 'Retry'}})}
    ${missing.length === 0 ? nothing : action(page, {label: 'Cancel', kind: 'danger', done: changedTasks, request: () => ['POST', `${path}/cancel`],
      ask: {title: 'Cancel this submission?', text: 'Its tasks that have not ended are cancelled; what is done stays. The collection stays incomplete.', action: 'Cancel them', danger: true}})}`;
}

const traded = group => ['done', 'incomplete'].includes(group?.backtest.state);

const nameOf = group => group.name;

/** What tells a series from the others: of a parameter its name, too. */
function named(all) {
  const paths = all.collect.key;
  for (const group of all.groups) {
    group.name = group.key.length === 0 ? 'all windows' : group.key.map((value, i) =>
      (/\.class$/.test(paths[i] ?? '.class') ? value : `${paths[i].replace(/^.*\.kwargs\./, '')} ${value}`)).join(' · ');
  }
  return all;
}

/** What is read of one series. */
class Series {
  /** @param place says which number it has now, and whether there is a back-test of it */
  constructor(page, path, place) {
    const of = name => new Loading(() => get(`${path}/groups/${place().index}/${name}?partial=true`, {signal: page.signal}), page.update);
    this.ic = of('ic');
    this.quantiles = of('quantiles');
    this.report = of('report');
    this.risks = of('port_analysis');
    // With gaps all days are traded anew for an answer, so this is not asked for with each window.
    this.again = paced(10000, () => Promise.all([this.ic, this.quantiles, ...(place().traded ? [this.report, this.risks] : [])]
      .map(one => one.reload())), page.signal);
    this.again();
  }
}

function completeness(all, gaps) {
  const {expected, collected, missing, failed} = all;
  return html`
    <section class="panel">
      <dl class="facts">
        <div><dt>experiment</dt><dd><a href="/experiments/${part(all.experiment)}">${all.experiment}</a></dd></div>
        <div><dt>pool</dt><dd><a href="/pools/${part(all.pool)}">${all.pool}</a></dd></div>
        <div><dt>windows collected</dt><dd>${count(collected)} of ${count(expected)} ${all.complete ? html`<span class="badge s-done"><span aria-hidden="true">✓</span> complete</span>` : nothing}
          ${meter(collected, expected, `${collected} of ${expected} windows are collected`)}</dd></div>
        <div><dt>put together by</dt><dd>${all.collect.ensemble.join(', ') || '–'}${all.collect.key.length ? html`; a series for each ${all.collect.key.join(', ')}` : nothing}</dd></div>
      </dl>
    </section>
    ${all.complete ? nothing : html`
      <section class="panel">
        <p class="stale" role="status">${lacks(all)} What is shown has gaps there, and its figures may change; the charts and the back-test follow within some seconds.</p>
        ${failed.length > 0 ? html`<h2>Failed</h2>${gaps.failed.view(failed)}` : nothing}
        ${missing.length > 0 ? html`<h2>Missing</h2>${gaps.missing.view(missing)}` : nothing}
      </section>`}`;
}

function lacks({state, missing, failed}) {
  const what = [
    ...(missing.length > 0 ? [`${many(missing.length, 'window')} ${missing.length === 1 ? 'is' : 'are'} missing`] : []),
    ...(failed.length > 0 ? [`${many(failed.length, 'window')} failed`] : []),
  ];
  return `${state === 'inserting' ? 'Its tasks are still being inserted. ' : ''}${what.length > 0 ? `${what.join(' and ')}.` : ''}`;
}

function gapTables(update) {
  const test = {name: 'test', cell: w => html`<span class="nowrap">${segment(w.test)}</span>`, sort: w => w.test?.[0]};
  const task = {name: 'task', cell: w => html`<a class="mono" href="/tasks/${w.task}">${short(w.task)}</a>`};
  return {
    failed: new Table([test, task, {name: 'why', cell: w => html`<span class="wrap">${w.message ?? '–'}</span>`, sort: w => w.message}],
      update, {label: 'Failed windows', by: 'test', most: 8}),
    missing: new Table([test, task, {name: 'state', cell: w => badge(w.state), sort: w => w.state}],
      update, {label: 'Missing windows', by: 'test', most: 8}),
  };
}

function groupTable(page, chosen) {
  const statistic = (name, title = name, draw = figure) =>
    ({name, title, number: true, cell: g => draw(g.statistics[name]), sort: g => g.statistics[name]});
  return new Table([
    {name: 'show', cell: g => html`<input type="radio" name="group" aria-label="Show ${nameOf(g)}" .checked=${g === chosen()}
      @change=${() => page.keep('group', nameOf(g))}>`},
    {name: 'series', cell: nameOf, sort: nameOf},
    {name: 'windows', number: true, cell: g => count(g.windows.length), sort: g => g.windows.length},
    {name: 'days', number: true, cell: g => count(g.days), sort: g => g.days},
    ...['IC', 'ICIR', 'Rank IC', 'Rank ICIR'].map(name => statistic(name)),
    statistic('1day.excess_return_with_cost.annualized_return', 'excess a year, with cost', percent),
    statistic('1day.excess_return_with_cost.information_ratio', 'information ratio'),
    statistic('1day.excess_return_with_cost.max_drawdown', 'max. drawdown', percent),
  ], page.update, {label: 'Series', by: 'series', most: 50, mark: g => (g === chosen() ? 'chosen' : '')});
}

function statistics(group, of) {
  const risk = of.risks.value;
  const both = (name, draw) => [draw(risk.excess_return_with_cost[name]), `without cost ${draw(risk.excess_return_without_cost[name])}`];
  return html`
    <dl class="tiles">
      ${['IC', 'ICIR', 'Rank IC', 'Rank ICIR'].map(name => tile(name, figure(group.statistics[name])))}
      ${risk ? html`
        ${tile('Excess return a year, with cost', ...both('annualized_return', percent))}
        ${tile('Information ratio, with cost', ...both('information_ratio', figure))}
        ${tile('Max. drawdown, with cost', ...both('max_drawdown', percent))}` : nothing}
    </dl>`;
}

const chart = (width, title, about, read, draw, kind = '') => html`
  <section class="panel ${width}"><h2>${title}</h2><p class="soft">${about}</p>
    ${read.show(columns => columns.datetime.length === 0
      ? html`<p class="soft">There is no day yet.</p>` : picture(draw(columns), kind))}</section>`;

const picture = (drawn, kind = '') => html`
  <div class="scroll"><w-chart class=${kind} style="${drawn.height ? `height:${drawn.height}px;` : ''}${drawn.width ? `min-width:${drawn.width}px` : ''}"
    label=${drawn.label} .option=${drawn.option}></w-chart></div>`;

function backtest(group, of, draw) {
  const {state, message, days} = group.backtest;
  if (state === 'none') {
    return nothing;
  }
  if (state === 'unavailable') {
    return html`<section class="panel"><h2>Back-test</h2><p>There is none of this series: ${message}</p></section>`;
  }
  const when = days ? `Traded ${segment(days)}. ` : 'Traded with its gaps: on a day without predictions nothing is traded. ';
  return html`
    <div class="grid">
      ${chart('w6', 'Cumulative return', `${when}Running sums of the daily returns; the gap between the two lines of the strategy is what it cost.`, of.report, draw.returns)}
      <section class="panel w6"><h2>Cumulative excess return, and its drawdown</h2>
        <p class="soft">What is earned beyond the benchmark, and how far it is below its highest point with cost.</p>
        ${of.report.show(columns => columns.datetime.length === 0 ? html`<p class="soft">No day was traded.</p>`
          : html`${picture(draw.excess(columns))}${picture(draw.drawdown(columns), 'low')}`)}</section>
    </div>`;
}

function windowTable(page) {
  const metric = (name, draw = figure) => ({name, number: true, cell: w => draw(w.metrics[name]), sort: w => w.metrics[name]});
  const span = name => ({name, cell: w => html`<span class="nowrap">${segment(w[name])}</span>`, sort: w => w[name]?.[0]});
  const duration = w => (w.startedAt && w.endedAt ? between(w.startedAt, w.endedAt) : null);
  return new Table([
    {name: 'task', cell: w => html`<a class="mono" href="/tasks/${w.task}">${w.task.slice(0, 8)}</a>`},
    span('train'), span('valid'), span('test'),
    metric('IC'), metric('ICIR'), metric('Rank IC'), metric('Rank ICIR'),
    metric('best_iteration', value => figure(value, 0)),
    {name: 'duration', number: true, cell: w => seconds(duration(w)), sort: duration},
    {name: 'worker', cell: w => w.worker ?? '–', sort: w => w.worker},
  ], page.update, {label: 'Windows', by: 'test', most: 100});
}

function downloads(page, all, group, path) {
  const labels = all.collect.artifacts.includes('label');
  const names = [
    ['pred', 'predictions', group.rows],
    ...(labels ? [['label', 'labels', group.rows], ['ic', 'IC and Rank IC by day', group.days], ['quantiles', 'returns of groups by score', group.days]] : []),
    ...(traded(group) ? [['report', 'back-test by day', group.days], ['positions', 'positions of the back-test', group.days], ['port_analysis', 'risk of the back-test', 1]] : []),
  ];
  const index = all.groups.indexOf(group);
  const from = name => `${path}/groups/${index}/${name}${all.complete ? '' : '?partial=true'}`;
  const json = async name => {
    try {
      save(`${name}.json`, await blob(from(name), {signal: page.signal}));
    } catch (error) {
      tell(`${error.title ?? 'Not done'}: ${error.message}`, 'bad');
    }
  };
  return html`
    <section class="panel"><h2>Downloads</h2>
      <div class="table" tabindex="0" role="region" aria-label="Downloads">
        <table>
          <thead><tr><th scope="col">series</th><th scope="col">is</th><th scope="col">Arrow</th><th scope="col">JSON</th></tr></thead>
          <tbody>${names.map(([name, what, rows]) => html`
            <tr><td class="mono">${name}</td><td>${what}</td>
            <td><a href=${address(from(name))} download="${name}.arrow">${name}.arrow</a></td>
            <td>${rows > MOST_AS_JSON ? html`<span class="soft">too long: take the Arrow file</span>`
              : html`<button @click=${() => json(name)}>${name}.json</button>`}</td></tr>`)}</tbody>
        </table>
      </div>
    </section>`;
}

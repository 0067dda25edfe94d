import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, pages, part} from '../api.js';
import {compareRecorders, compareSeries} from '../compare.js';
import {csv} from '../csv.js';
import {count, figure, many, percent, seconds, segment, short} from '../format.js';
import {condition} from '../recorder-filter.js';
import {save} from '../save.js';
import {counting, lessIsBetter, moments, windowsOf} from '../series.js';
import {perWindow, runningSum} from '../series-charts.js';
import {heading} from '../shell.js';
import {Loading, Table, badge, empty, failure, inWords, memo, shares, when} from '../ui.js';

/** Recorders that are read, the newest first. */
const MOST = 5000;

/** So many are read again by themselves when their statuses change, more when somebody asks. */
const MOST_READ_AGAIN = 1000;

/** Series that one chart can still tell apart. */
const MOST_DRAWN = 12;

const FIRST = ['IC', 'Rank IC', 'ICIR', 'Rank ICIR'];
const STATUSES = ['scheduled', 'running', 'finished', 'failed'];

/** An experiment: its series side by side, two of them in pairs, and all its recorders. */
export default function experiment(page) {
  const {name} = page.params;
  const {signal, update, query} = page;
  const path = `/experiments/${part(name)}`;
  const head = new Loading(() => get(path, {signal}), update);
  const recorders = new Recorders(path, signal, update);
  const reload = () => {
    head.reload();
    recorders.load();
  };
  reload();
  page.title = name;
  page.every(15000, async () => {
    const before = JSON.stringify(head.value?.statuses);
    await head.reload();
    if (head.value?.recorders <= MOST_READ_AGAIN && JSON.stringify(head.value.statuses) !== before) {
      recorders.load();
    }
  });

  const windows = memo(windowsOf);
  const series = memo(counting);
  const metrics = memo(metricsOf);
  const summary = memo(summarise);
  const drawn = memo((rows, text) => rows.filter(row => row.name.toLowerCase().includes(text))
    .sort((a, b) => (b.mean ?? -Infinity) - (a.mean ?? -Infinity)).slice(0, MOST_DRAWN)
    .sort((a, b) => inWords(a.name, b.name)));
  const table = recorderTable(page);
  const twoRecorders = compareRecorders(page);
  const twoSeries = compareSeries(page);
  const pair = {};
  const charts = {windows: memo(perWindow), sums: memo(runningSum)};
  const seriesTable = memo((metric, choose) => summaryTable(page, metric, choose, pair));

  function compared() {
    const all = windows(recorders.list);
    const bySeries = series(all);
    const known = metrics(bySeries);
    const metric = known.includes(query.get('metric')) ? query.get('metric') : known[0];
    if (bySeries.size === 0) {
      return html`<section class="panel">${recorders.whole
        ? empty('No recorder has finished', 'What there is to compare comes with the first that does.')
        : html`<p class="loading" role="status">Reading the recorders ...</p>`}</section>
        ${table(all)}`;
    }
    const rows = summary(bySeries, metric);
    const text = (query.get('series') ?? '').toLowerCase();
    const some = drawn(rows, text);
    const only = rows.length === 2 ? rows.map(row => row.name).sort(inWords) : [];
    const [a, b] = ['a', 'b'].map((which, i) => rows.find(row => row.name === (query.get(which) ?? only[i])));
    Object.assign(pair, {a: a?.name, b: b?.name});
    return html`
      <section class="panel">
        <div class="bar">
          <label>Metric <select @change=${e => page.keep('metric', e.target.value === 'IC' ? '' : e.target.value)}>${known.map(one =>
            html`<option value=${one} ?selected=${one === metric}>${one}</option>`)}</select></label>
          <input type="search" aria-label="Filter series" placeholder="Filter series" .value=${query.get('series') ?? ''}
            @input=${e => page.keep('series', e.target.value)}>
          <span class="soft">${many(rows.length, 'set').replace(/sets?$/, 'series')}, ${many(rows.reduce((n, r) => n + r.windows.length, 0), 'window')}: of each task its newest recorder that finished${
            some.length < rows.length ? `. Drawn are ${some.length}${text === '' ? ', those with the greatest mean' : ''}` : ''}</span>
        </div>
        ${some.length === 0 ? empty('No series has that in its name') : drawnSeries(page, some, metric, charts)}
      </section>
      <section class="panel"><h2>Series</h2>
        <p class="soft">Mean and deviation of ${metric} over windows. t = mean / (deviation / √windows), as if windows were independent.${rows.length > 1 ? ' Choose an A and a B to compare them window by window.' : ''}</p>
        ${seriesTable(metric, rows.length > 1).view(rows)}</section>
      ${a && b && a !== b ? twoSeries(a, b, metric) : nothing}
      ${twoRecorders()}
      ${table(all)}`;
  }

  page.view = () => html`
    ${heading(name, {
      above: html`<a href="/experiments">Experiments</a>`,
      actions: html`<button @click=${reload}>Read again</button>`,
    })}
    ${head.show(one => html`
      <section class="panel">${shares(STATUSES, one.statuses, 'no recorders')}
        ${recorders.beyond ? html`<p class="stale">Shown are the newest ${count(recorders.list.length)} of ${count(one.recorders)} recorders.</p>` : nothing}
        ${recorders.whole || recorders.error ? nothing : html`<p class="soft" role="status">${count(recorders.came)} of ${count(one.recorders)} recorders read ...</p>`}
      </section>
      ${recorders.error ? failure(recorders.error, () => recorders.load())
        : recorders.whole && recorders.list.length === 0
          ? html`<section class="panel">${empty('No recorder yet', 'The first comes when a task of this experiment begins.')}</section>` : compared()}`)}`;
}

/** The recorders of an experiment, read page by page. */
class Recorders {
  constructor(path, signal, update) {
    Object.assign(this, {path, signal, update, list: [], came: 0, whole: false, beyond: false, error: null});
  }

  async load() {
    const found = [];
    this.error = null;
    try {
      await pages(`${this.path}/recorders?limit=1000`, (page, more) => {
        found.push(...page);
        this.came = found.length;
        this.beyond = more && found.length >= MOST;
        // The first page shows what there is; each further one would only draw all of it again.
        if (this.list.length === 0) {
          this.list = page;
        }
        this.update();
      }, {signal: this.signal, items: body => body.recorders, most: MOST});
      this.list = found;
      this.whole = true;
    } catch (error) {
      if (error.name === 'AbortError') {
        return;
      }
      this.error = error;
    }
    this.update();
  }
}

/** What can be compared: IC first, then what else any window has. */
function metricsOf(series) {
  const names = new Set();
  for (const windows of series.values()) {
    windows.forEach(w => Object.keys(w.metrics).forEach(name => names.add(name)));
  }
  return [...FIRST.filter(name => names.has(name)), ...[...names].filter(name => !FIRST.includes(name)).sort()];
}

const summarise = (series, metric) => [...series].map(([name, windows]) => ({
  name,
  windows,
  ...moments(windows.map(w => w.metrics[metric])),
  rank: moments(windows.map(w => w.metrics['Rank IC'])).mean,
  train: moments(windows.map(w => w.metrics['time.train'])).mean,
}));

function drawnSeries(page, rows, metric, charts) {
  const windows = charts.windows(rows, metric);
  const sums = charts.sums(rows, metric);
  return html`
    <h2>${metric} per window</h2>
    <w-chart class="high" label=${windows.label} .option=${windows.option} @pick=${({detail}) => {
      const id = detail.data?.task;
      if (id) {
        page.go(`/tasks/${id}`);
      }
    }}></w-chart>
    ${lessIsBetter(metric) ? nothing : html`
      <h2>Running sum of ${metric} over windows <span class="soft">each window counts alike, however many days it has</span></h2>
      <w-chart label=${sums.label} .option=${sums.option}></w-chart>`}`;
}

/** @param pair names of the series that are compared, a and b */
function summaryTable(page, metric, choose, pair) {
  const pick = (which, row) => html`<input type="radio" name=${which} aria-label="Compare as ${which.toUpperCase()}: ${row.name}"
    .checked=${pair[which] === row.name} @change=${() => page.keep(which, row.name)}>`;
  const number = (name, of, draw = figure) => ({name, number: true, cell: row => draw(of(row)), sort: of});
  return new Table([
    ...(choose ? [{name: 'A', cell: row => pick('a', row)}, {name: 'B', cell: row => pick('b', row)}] : []),
    {name: 'series', cell: row => row.name, sort: row => row.name},
    number('windows', row => row.windows.length, count),
    number(`mean ${metric}`, row => row.mean),
    number('deviation', row => row.sd),
    number('t', row => row.t, t => figure(t, 2)),
    number('share above 0', row => row.positive, share => percent(share, 0)),
    ...(metric === 'Rank IC' ? [] : [number('mean Rank IC', row => row.rank)]),
    number('mean training', row => row.train, seconds),
  ], page.update, {label: 'Series', by: 'series', mark: row => [pair.a, pair.b].includes(row.name) ? 'chosen' : ''});
}

/** All recorders: filtered, sorted, two of them chosen, saved. */
function recorderTable(page) {
  const {query} = page;
  const chosen = () => (query.get('r') ?? '').split(',').filter(Boolean);
  const choose = (id, on) => page.keep('r', (on ? [...chosen(), id].slice(-2) : chosen().filter(one => one !== id)).join(','));
  const metric = name => ({name, number: true, cell: w => figure(w.metrics[name]), sort: w => w.metrics[name]});
  const columns = [
    {name: 'compare', cell: w => html`<input type="checkbox" aria-label="Compare recorder ${short(w.id)}" .checked=${chosen().includes(w.id)}
      @change=${e => choose(w.id, e.target.checked)}>`},
    {name: 'recorder', cell: w => html`<a class="mono" href="/recorders/${part(w.id)}">${short(w.id)}</a>`, plain: w => w.id},
    {name: 'task', cell: w => w.task ? html`<a class="mono" href="/tasks/${w.task}">${w.task.slice(0, 8)}</a>` : '–', plain: w => w.task},
    {name: 'test', cell: w => html`<span class="nowrap">${segment(w.test)}</span>`, sort: w => w.test?.[0], plain: w => w.test?.join(' .. ')},
    {name: 'series', cell: w => w.series, sort: w => w.series},
    ...['IC', 'ICIR', 'Rank IC', 'Rank ICIR'].map(metric),
    {name: 'duration', number: true, cell: w => seconds(w.duration), sort: w => w.duration},
    {name: 'status', cell: w => badge(w.status), sort: w => w.status},
    {name: 'started', cell: w => html`<span class="nowrap">${when(w.startedAt)}</span>`, sort: w => w.startedAt},
  ];
  const table = new Table(columns, page.update, {label: 'Recorders', by: '-started', most: 100, mark: w => chosen().includes(w.id) ? 'chosen' : ''});
  const filter = memo((all, text, statuses) => {
    const wanted = condition(text);
    const known = statuses === '' ? null : statuses.split(',');
    return wanted.problem ? [] : all.filter(w => (!known || known.includes(w.status)) && wanted.holds(w));
  });
  const counted = memo(all => STATUSES.map(status => [status, all.filter(w => w.status === status).length]).filter(([, n]) => n > 0));
  return all => {
    const text = query.get('q') ?? '';
    const statuses = query.get('status') ?? '';
    const picked = statuses.split(',').filter(Boolean);
    const shown = filter(all, text, statuses);
    const toggle = status => page.keep('status', (picked.includes(status) ? picked.filter(s => s !== status) : [...picked, status]).join(','));
    return html`
      <section class="panel"><h2>Recorders</h2>
        <div class="bar">
          <input type="search" aria-label="Filter recorders" placeholder="Series, day or id; metrics.IC > 0.02" size="34" .value=${text}
            @input=${e => page.keep('q', e.target.value)}>
          ${counted(all).map(([status, n]) => html`
            <button class="chip" aria-pressed=${picked.includes(status)} @click=${() => toggle(status)}><i class="dot s-${status}"></i>${count(n)} ${status}</button>`)}
          <span class="soft">${many(shown.length, 'recorder')}; choose two to compare them</span>
          <button @click=${() => save(`${page.params.name}.csv`, csv(columns, table.inOrder(shown)), 'text/csv')}>Download CSV</button>
        </div>
        ${condition(text).problem ? html`<p class="stale" role="status">${condition(text).problem}</p>` : nothing}
        ${shown.length === 0 ? empty('No recorder is like that', html`<button @click=${() => {
          page.keep('q', '');
          page.keep('status', '');
        }}>Show all</button>`) : table.view(shown)}
      </section>`;
  };
}

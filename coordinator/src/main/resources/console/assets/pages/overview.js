import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, part} from '../api.js';
import {line} from '../chart.js';
import {idleWorkers, mergePools, takeWorkers, total} from '../cluster.js';
import {clock, count, seconds, short} from '../format.js';
import {listen} from '../live.js';
import {paced} from '../paced.js';
import {heading} from '../shell.js';
import {Loading, STATES, Table, badge, counts, empty, meter, tile, when} from '../ui.js';

/** The cluster at a glance: what is there, what it does, what went wrong lately. */
export default function overview(page) {
  const {signal, update} = page;
  const pools = new Loading(() => get('/pools', {signal}), update);
  const queues = new Loading(() => get('/queues', {signal}), update);
  const workers = new Loading(() => get('/workers', {signal}), update);
  const rate = new Loading(() => get('/throughput', {signal}), update);
  const failures = new Loading(
    () => get('/tasks?state=failed&sort=-updatedAt&limit=6&fields=id,pool,model,segments,history,updatedAt', {signal}), update);
  const everything = [pools, queues, workers, rate, failures];

  page.title = 'Overview';
  page.changed = () => everything.forEach(one => one.reload());
  // What is looked at first is asked for first.
  Promise.all([pools.reload(), workers.reload()]).then(() => [queues, rate, failures].forEach(one => one.reload()));
  page.every(10000, () => [queues, rate, failures].forEach(one => one.reload()));
  // Whether a pool is paused is no part of its counts.
  const again = paced(5000, () => pools.reload(), signal);
  listen({}, {
    status: connected => page.live(connected),
    pools: changed => {
      if (pools.value) {
        pools.value = mergePools(pools.value, changed);
        update();
        again();
      }
    },
    workers: changed => takeWorkers(workers, changed),
  }, signal);

  const poolTable = new Table([
    {name: 'pool', cell: p => html`<a href="/pools/${part(p.pool)}">${p.pool}</a>${p.paused ? html` <span class="badge s-paused">paused</span>` : nothing}`, sort: p => p.pool},
    {name: 'tasks', cell: p => counts(p.counts)},
    {name: 'all', number: true, cell: p => count(total(p.counts)), sort: p => total(p.counts)},
  ], update, {label: 'Pools', most: 12, by: 'pool'});

  page.view = () => html`
    ${heading('Overview')}
    ${pools.show(all => tiles(all, workers.value ?? []))}
    <div class="grid">
      <section class="panel w7"><h2>Ended tasks a minute</h2>${rate.show(throughput)}</section>
      <section class="panel w5"><h2>Workers</h2>${workers.show(workersView)}</section>
      <section class="panel w7"><h2><a href="/pools">Pools</a></h2>
        ${pools.show(all => all.length ? poolTable.view(all) : empty('No pool yet',
          html`Send a workflow: <code>windrow submit mine.yaml</code>`))}</section>
      <section class="panel w5"><h2><a href="/queues">Queues</a></h2>${queues.show(queuesView)}
        <h2 style="margin-top:16px">Latest failures</h2>${failures.show(failuresView)}</section>
    </div>`;
}

function tiles(pools, workers) {
  const sum = Object.fromEntries(STATES.map(state => [state, pools.reduce((n, p) => n + (p.counts[state] ?? 0), 0)]));
  const there = workers.filter(w => w.state === 'live' || w.state === 'draining');
  const slots = there.reduce((n, w) => n + w.slots, 0);
  const busy = there.reduce((n, w) => n + w.busy, 0);
  return html`
    <dl class="tiles">
      ${tile('Running', count(sum.running), `${busy} of ${slots} slots busy`)}
      ${tile('Waiting', count(sum.waiting + sum.queued), `${count(sum.queued)} queued`)}
      ${tile('Done', count(sum.done), sum.part_done ? `${count(sum.part_done)} between stages` : nothing)}
      ${tile('Failed', count(sum.failed), nothing, sum.failed ? 'bad' : '')}
      ${tile('Cancelled', count(sum.cancelled))}
      ${tile('Workers', count(there.length), idleWorkers(workers), there.length ? '' : 'bad')}
    </dl>`;
}

function throughput({seconds: step, points}) {
  if (points.length < 2) {
    return html`<p class="soft">This coordinator began a moment ago; the first figures come within ${2 * step} s.</p>`;
  }
  const at = points.map(p => new Date(p.at).getTime());
  const perMinute = name => points.map(p => (p[name] * 60) / step);
  return html`<w-chart class="low" label="Tasks that were done and that failed, per minute, in the last hour" .option=${{
    xAxis: {type: 'time', minInterval: 60000, axisLabel: {formatter: t => clock(t).slice(0, 5), hideOverlap: true}},
    yAxis: {type: 'value', minInterval: 1},
    tooltip: {valueFormatter: v => `${count(Math.round(v))} a minute`},
    series: [
      line('done', at, perMinute('done'), {areaStyle: {opacity: 0.15}, showSymbol: false}),
      line('failed', at, perMinute('failed'), {showSymbol: false, itemStyle: {color: '#c0322a'}}),
    ],
  }}></w-chart>`;
}

function workersView(all) {
  if (all.length === 0) {
    return empty('No worker', html`Nothing runs until one is there: <code>windrow worker</code>`);
  }
  const shown = all.slice().sort((a, b) => b.busy - a.busy || a.id.localeCompare(b.id)).slice(0, 8);
  return html`
    <table aria-label="Workers"><tbody>${shown.map(w => html`
      <tr><td><a href="/workers">${w.id}</a></td><td>${badge(w.state)}</td>
      <td>${meter(w.busy, w.slots, `${w.busy} of ${w.slots} slots busy`)}</td><td class="number">${w.busy} / ${w.slots}</td></tr>`)}
    </tbody></table>
    ${all.length > shown.length ? html`<p class="soft"><a href="/workers">All ${count(all.length)} workers</a></p>` : nothing}`;
}

function queuesView(all) {
  if (all.length === 0) {
    return html`<p class="soft">No queue has tasks.</p>`;
  }
  return html`
    <table aria-label="Queues">
      <thead><tr><th scope="col">queue</th><th scope="col" class="number">demand</th><th scope="col" class="number">oldest</th><th scope="col" class="number">workers</th></tr></thead>
      <tbody>${all.slice(0, 10).map(q => html`
        <tr><td>${q.queue} ${q.paused ? html`<span class="badge s-paused">paused</span>` : nothing}
          ${q.unserved ? html`<span class="badge s-failed" title="Tasks wait here and no worker takes from this queue">unserved</span>` : nothing}</td>
          <td class="number">${count(q.demand)}</td><td class="number">${q.demand ? seconds(q.oldestSeconds) : '–'}</td><td class="number">${q.workers}</td></tr>`)}
      </tbody>
    </table>`;
}

function failuresView(tasks) {
  if (tasks.length === 0) {
    return html`<p class="soft">None.</p>`;
  }
  return html`
    <table aria-label="Latest failures"><tbody>${tasks.map(t => html`
      <tr><td><a class="mono" href="/tasks/${t.id}">${short(t.id)}</a></td><td>${t.pool}</td>
      <td class="wrap">${t.history.at(-1)?.message?.slice(0, 120) ?? ''}</td><td>${when(t.updatedAt)}</td></tr>`)}
    </tbody></table>`;
}

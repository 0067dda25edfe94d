import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, part} from '../api.js';
import {idleWorkers, takeWorkers} from '../cluster.js';
import {between, count, seconds, short} from '../format.js';
import {listen} from '../live.js';
import {heading} from '../shell.js';
import {Loading, Table, action, badge, empty, meter, tile} from '../ui.js';

/** The workers: what they are, what they run, and taking one away without loss. */
export default function workers(page) {
  const {signal, update} = page;
  const all = new Loading(() => get('/workers', {signal}), update);
  page.title = 'Workers';
  page.changed = () => all.reload();
  page.changed();
  page.every(5000, () => all.reload());
  listen({}, {
    status: connected => page.live(connected),
    workers: changed => takeWorkers(all, changed),
  }, signal);

  const table = new Table([
    {name: 'worker', cell: w => html`<b>${w.id}</b>`, sort: w => w.id},
    {name: 'state', cell: w => badge(w.state), sort: w => w.state},
    {name: 'slots', cell: w => html`${meter(w.busy, w.slots, `${w.busy} of ${w.slots} slots busy`)} <span class="soft">${w.busy} of ${w.slots}</span>`, sort: w => w.busy / w.slots},
    {name: 'runs', cell: w => running(w)},
    {name: 'queues', cell: w => w.queues.join(', '), sort: w => w.queues.join()},
    {name: 'executors', cell: w => w.executors.join(', ')},
    {name: 'version', cell: w => w.version, sort: w => w.version},
    {name: 'host', cell: w => html`${w.host} <span class="soft">${w.pid}</span>`, sort: w => w.host},
    {name: 'up for', number: true, cell: w => seconds(between(w.started)), sort: w => -between(w.started)},
    {name: 'heard of', number: true, cell: w => `${seconds(w.silenceSeconds)} ago`, sort: w => w.silenceSeconds},
    {name: '', cell: w => drain(page, w)},
  ], update, {label: 'Workers', by: 'worker'});

  page.view = () => html`
    ${heading('Workers')}
    ${all.show(list => list.length === 0
      ? html`<section class="panel">${empty('No worker is there', html`Start one: <code>windrow worker --queue default</code>. Tasks wait until then; nothing is lost.`)}</section>`
      : html`
        ${tiles(list)}
        <section class="panel">
          <div class="bar"><input type="search" aria-label="Filter workers" placeholder="Name, host, queue or state" .value=${page.query.get('q') ?? ''}
            @input=${e => page.keep('q', e.target.value)}></div>
          ${table.view(list.filter(w => matches(w, page.query.get('q') ?? '')))}
        </section>`)}`;
}

const matches = (w, text) => [w.id, w.host, w.state, ...w.queues].some(one => one.includes(text));

function tiles(list) {
  const there = list.filter(w => w.state === 'live' || w.state === 'draining');
  const versions = new Set(there.map(w => w.version));
  return html`
    <dl class="tiles">
      ${tile('Workers', count(there.length), idleWorkers(list))}
      ${tile('Slots', count(there.reduce((n, w) => n + w.slots, 0)))}
      ${tile('Busy', count(there.reduce((n, w) => n + w.busy, 0)))}
      ${tile('Versions', versions.size, [...versions].join(', '), versions.size > 1 ? 'bad' : '')}
    </dl>`;
}

const running = w => w.tasks.length === 0 ? html`<span class="soft">nothing</span>` : html`
  ${w.tasks.slice(0, 4).map(id => html`<a class="mono" href="/tasks/${id}">${short(id)}</a> `)}
  ${w.busy > 4 ? html`<span class="soft">and ${w.busy - 4} more</span>` : nothing}`;

function drain(page, w) {
  if (w.state === 'gone') {
    return nothing;
  }
  const path = `/workers/${part(w.id)}`;
  return w.drain
    ? action(page, {label: 'Undrain', ask: {title: `Let ${w.id} work again?`, text: 'It takes tasks again.', action: 'Undrain'},
      request: () => ['POST', `${path}/undrain`], done: () => `${w.id} takes tasks again.`})
    : action(page, {label: 'Drain', ask: {title: `Drain ${w.id}?`,
      text: `It takes no more tasks and finishes the ${w.busy} it runs; then it can be stopped without loss.`, action: 'Drain'},
    request: () => ['POST', `${path}/drain`], done: () => `${w.id} takes nothing more.`});
}

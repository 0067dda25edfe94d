import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, part} from '../api.js';
import {limitButton} from '../cluster.js';
import {count, seconds} from '../format.js';
import {listen} from '../live.js';
import {heading} from '../shell.js';
import {Loading, Table, counts, empty, meter} from '../ui.js';

/** The queues: what waits in them, for how long, and who takes it. */
export default function queues(page) {
  const {signal, update} = page;
  const all = new Loading(() => get('/queues', {signal}), update);
  page.title = 'Queues';
  page.changed = () => all.reload();
  page.changed();
  page.every(3000, () => all.reload());
  listen({}, {status: connected => page.live(connected)}, signal);

  const table = new Table([
    {name: 'queue', cell: q => html`<b>${q.queue}</b> ${q.paused ? html`<span class="badge s-paused">paused</span>` : nothing}`, sort: q => q.queue},
    {name: 'tasks', cell: q => counts(q.counts)},
    {name: 'demand', title: 'demand (tasks that could run)', number: true, cell: q => count(q.demand), sort: q => q.demand},
    {name: 'oldest', number: true, cell: q => q.demand ? seconds(q.oldestSeconds) : '–', sort: q => q.demand ? q.oldestSeconds : null},
    {name: 'workers', number: true, cell: q => q.unserved
      ? html`<span class="badge s-failed" title="Tasks wait here and no worker takes from this queue">✕ none takes from it</span>` : q.workers, sort: q => q.workers},
    {name: 'slots', cell: q => q.slots ? html`${meter(q.busy, q.slots, `${q.busy} of ${q.slots} slots busy`)} <span class="soft">${q.busy} of ${q.slots}</span>` : '–', sort: q => q.slots},
    {name: 'limit', number: true, cell: q => q.maxRunning ?? 'none', sort: q => q.maxRunning},
    {name: '', cell: q => limitButton(page, `queue ${q.queue}`, `/queues/${part(q.queue)}`, q.maxRunning)},
  ], update, {label: 'Queues', by: '-demand'});

  page.view = () => html`
    ${heading('Queues')}
    <section class="panel">${all.show(list => list.length === 0
      ? empty('No queue yet', html`A queue is there once a task is in it: <code>windrow submit mine.yaml</code>`) : table.view(list))}</section>`;
}

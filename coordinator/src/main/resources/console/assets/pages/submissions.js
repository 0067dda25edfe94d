import {html} from '/webjars/lit-html/lit-html.js';
import {pages, part} from '../api.js';
import {count, many, short} from '../format.js';
import {listen} from '../live.js';
import {paced} from '../paced.js';
import {heading} from '../shell.js';
import {Loading, Table, badge, counts, empty, when} from '../ui.js';

const PAGE = 100;

/** What was submitted, the latest first: each submission has a collection of its results. */
export default function submissions(page) {
  const {signal, update} = page;
  let most = PAGE;
  const all = new Loading(() => read(most, signal), update);
  all.reload();
  page.title = 'Collections';
  const again = paced(2000, () => all.reload(), signal);
  listen({}, {status: connected => page.live(connected), pools: again, reset: again}, signal);

  const table = new Table([
    {name: 'submission', cell: s => html`<a class="mono" href="/submissions/${s.submission}">${short(s.submission)}</a>`},
    {name: 'experiment', cell: s => html`<a href="/experiments/${part(s.experiment)}">${s.experiment}</a>`, sort: s => s.experiment},
    {name: 'pool', cell: s => html`<a href="/pools/${part(s.pool)}">${s.pool}</a>`, sort: s => s.pool},
    {name: 'tasks', number: true, cell: s => count(s.tasks), sort: s => s.tasks},
    {name: 'states', cell: s => counts(s.counts)},
    {name: 'collection', cell: s => standing(s), sort: s => s.counts.done / Math.max(1, s.tasks)},
    {name: 'data to', cell: s => s.calendarEnd ?? '–', sort: s => s.calendarEnd},
    {name: 'submitted', cell: s => html`<span class="nowrap">${when(s.createdAt)}</span>`, sort: s => s.createdAt},
  ], update, {label: 'Submissions', by: '-submitted', most: 1000});

  page.view = () => html`
    ${heading('Collections')}
    <div class="bar"><input type="search" aria-label="Filter submissions" placeholder="Experiment, pool or id" .value=${page.query.get('q') ?? ''}
      @input=${e => page.keep('q', e.target.value)}></div>
    <section class="panel">${all.show(({list, more}) => {
      const text = (page.query.get('q') ?? '').toLowerCase();
      const shown = list.filter(s => text === '' || s.experiment.toLowerCase().includes(text) || s.pool.toLowerCase().includes(text)
        || s.submission.startsWith(text));
      return html`
        ${list.length === 0
          ? empty('Nothing was submitted yet', html`Send a workflow: <code>windrow submit mine.yaml</code>. Its windows are collected into one series here.`)
          : shown.length === 0 ? empty('No submission is like that') : table.view(shown)}
        ${more ? html`<p class="more"><button @click=${() => {
          most += 5 * PAGE;
          all.reload();
        }}>Show more than the latest ${many(list.length, 'submission')}</button></p>` : ''}`;
    })}</section>`;
}

async function read(most, signal) {
  const list = [];
  let more = false;
  await pages(`/submissions?limit=${PAGE}`, (page, further) => {
    list.push(...page);
    more = further;
  }, {signal, most});
  return {list, more};
}

/** How far the collection of a submission is, in words. */
function standing({state, tasks, counts: c}) {
  if (state === 'inserting') {
    return badge('waiting');
  }
  if (c.done === tasks) {
    return html`<span class="badge s-done"><span aria-hidden="true">✓</span> complete</span>`;
  }
  const ended = c.failed + c.cancelled;
  return ended > 0
    ? html`<span class="badge s-failed"><span aria-hidden="true">✕</span> ${count(ended)} will be missing</span>`
    : html`<span class="badge s-running"><span aria-hidden="true">▶</span> ${count(tasks - c.done)} to come</span>`;
}

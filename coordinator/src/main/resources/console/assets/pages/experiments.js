import {html} from '/webjars/lit-html/lit-html.js';
import {pages, part} from '../api.js';
import {count, many} from '../format.js';
import {heading} from '../shell.js';
import {Loading, Table, empty, shares, when} from '../ui.js';

const STATUSES = ['scheduled', 'running', 'finished', 'failed'];

/** All experiments. */
export default function experiments(page) {
  const {signal, update} = page;
  const all = new Loading(() => read(signal), update);
  all.reload();
  page.title = 'Experiments';
  page.every(15000, () => all.reload());
  const table = new Table([
    {name: 'experiment', cell: e => html`<a href="/experiments/${part(e.name)}">${e.name}</a>`, sort: e => e.name},
    {name: 'recorders', number: true, cell: e => count(e.recorders), sort: e => e.recorders},
    {name: 'statuses', cell: e => shares(STATUSES, e.statuses, 'no recorders')},
    {name: 'failed', number: true, cell: e => count(e.statuses.failed), sort: e => e.statuses.failed ?? 0},
    {name: 'latest', cell: e => when(e.latest), sort: e => e.latest},
  ], update, {label: 'Experiments', by: '-latest'});
  const wanted = () => (page.query.get('q') ?? '').toLowerCase();
  page.view = () => html`
    ${heading('Experiments')}
    <div class="bar"><input type="search" aria-label="Filter experiments" placeholder="Filter by name" .value=${page.query.get('q') ?? ''}
      @input=${e => page.keep('q', e.target.value)}>
      <span class="soft">${all.value ? many(all.value.length, 'experiment') : ''}</span></div>
    <section class="panel">${all.show(list => {
      const shown = list.filter(e => e.name.toLowerCase().includes(wanted()));
      return list.length === 0
        ? empty('No experiment yet', html`A workflow names its experiment, and its tasks record there: <code>windrow submit mine.yaml</code>`)
        : shown.length === 0 ? empty('No experiment has that in its name') : table.view(shown);
    })}</section>`;
}

async function read(signal) {
  const found = [];
  await pages('/experiments?limit=1000', page => found.push(...page), {signal, items: body => body.experiments});
  return found;
}

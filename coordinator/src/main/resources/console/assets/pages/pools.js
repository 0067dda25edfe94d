import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, part} from '../api.js';
import {mergePools} from '../cluster.js';
import {count} from '../format.js';
import {listen} from '../live.js';
import {paced} from '../paced.js';
import {heading} from '../shell.js';
import {Loading, STATES, Table, counts, empty} from '../ui.js';

/** All pools. */
export default function pools(page) {
  const {signal, update} = page;
  const all = new Loading(() => get('/pools', {signal}), update);
  all.reload();
  page.title = 'Pools';
  // Whether a pool is paused is no part of its counts.
  const again = paced(5000, () => all.reload(), signal);
  listen({}, {
    status: connected => page.live(connected),
    pools: changed => {
      if (all.value) {
        all.value = mergePools(all.value, changed);
        update();
        again();
      }
    },
  }, signal);
  const number = state => ({name: state.replace('_', ' '), number: true, cell: p => count(p.counts[state]), sort: p => p.counts[state]});
  const table = new Table([
    {name: 'pool', cell: p => html`<a href="/pools/${part(p.pool)}">${p.pool}</a> ${p.paused ? html`<span class="badge s-paused">paused</span>` : nothing}`, sort: p => p.pool},
    {name: 'tasks', cell: p => counts(p.counts, {words: false})},
    ...STATES.map(number),
    {name: 'limit', number: true, cell: p => p.maxRunning ?? '–', sort: p => p.maxRunning},
  ], update, {label: 'Pools', by: 'pool'});
  page.view = () => html`
    ${heading('Pools')}
    <div class="bar"><input type="search" aria-label="Filter pools" placeholder="Filter by name" .value=${page.query.get('q') ?? ''}
      @input=${e => page.keep('q', e.target.value)}></div>
    <section class="panel">${all.show(list => {
      const wanted = list.filter(p => p.pool.includes(page.query.get('q') ?? ''));
      return list.length === 0
        ? empty('No pool yet', html`A pool is made by the first workflow sent to it: <code>windrow submit mine.yaml</code>`)
        : wanted.length === 0 ? empty('No pool has that in its name') : table.view(wanted);
    })}</section>`;
}

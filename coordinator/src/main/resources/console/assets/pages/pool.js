import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, part} from '../api.js';
import {changedTasks, limitButton} from '../cluster.js';
import {count, many, seconds, short} from '../format.js';
import {listen} from '../live.js';
import {paced} from '../paced.js';
import '../rolling-map.js';
import {heading} from '../shell.js';
import {Loading, STATES, action, counts, empty, failure, when, word} from '../ui.js';
import {Windows, bySeries} from '../windows.js';

/** A pool: how far it is, its rolling map, and what an operator does to it. */
export default function pool(page) {
  const {name} = page.params;
  const {signal, update} = page;
  const path = `/pools/${part(name)}`;
  const head = new Loading(async () => {
    const stand = await get(path, {signal});
    if (!following) {
      // A pool that is not there has no windows and no stream either.
      following = true;
      follow();
    }
    return stand;
  }, update);
  let following = false;
  const submissions = new Loading(
    () => get('/submissions', {signal}).then(all => all.filter(s => s.pool === name)), update);
  const began = Date.now();
  let doneAtFirst = null;
  let stopped = null;
  const windows = new Windows(name, {signal, changed: update});
  const load = () => windows.load().then(() => (stopped = null), error => {
    if (error.name !== 'AbortError') {
      stopped = error;
      update();
    }
  });

  page.title = name;
  page.changed = () => Promise.all([head.reload(), submissions.reload()]);
  const again = paced(3000, page.changed, signal);
  page.changed();

  function follow() {
    load();
    listen({pool: name}, {
      status: connected => page.live(connected),
      pools: changed => {
        if (head.value && changed[name]) {
          head.value = {...head.value, counts: changed[name]};
          doneAtFirst ??= ended(changed[name]);
          update();
          again();
        }
      },
      tasks: changes => windows.take(changes),
      reset: load,
    }, signal);
  }

  page.view = () => html`
    ${heading(name, {
      above: html`<a href="/pools">Pools</a>`,
      beside: html`${head.value?.paused ? html`<span class="badge s-paused">paused</span>` : nothing}
        ${head.value?.maxRunning ? html`<span class="badge">at most ${head.value.maxRunning} at once</span>` : nothing}`,
      actions: head.value ? actions(page, path, head.value) : nothing,
    })}
    ${head.show(stand => html`
      <section class="panel">${counts(stand.counts)}${progress(stand.counts, doneAtFirst, began)}</section>
      ${map(page, windows, stopped, load)}
      <section class="panel"><h2>Submissions</h2>${submissions.show(submissionsView)}</section>`)}`;
}

const ended = c => c.done + c.failed + c.cancelled;

/** How long what is left will take, at the pace seen since the page was opened. */
function progress(c, doneAtFirst, began) {
  const left = c.waiting + c.queued + c.running + c.part_done;
  const came = doneAtFirst === null ? 0 : ended(c) - doneAtFirst;
  if (left === 0) {
    return html`<p class="soft">All tasks have ended.</p>`;
  }
  const pace = came / ((Date.now() - began) / 1000);
  return html`<p class="soft">${many(left, 'task')} left${came > 2 ? html`, about ${seconds(left / pace)} at the pace since this page was opened` : nothing}.</p>`;
}

function map(page, windows, stopped, load) {
  if (stopped) {
    return failure(stopped, load);
  }
  const all = windows.all;
  if (all.length === 0) {
    return html`<section class="panel">${windows.whole ? empty('No window here') : html`<p class="loading" role="status">Reading the windows ...</p>`}</section>`;
  }
  const chosen = page.query.getAll('state').join(',').split(',').filter(Boolean);
  const text = (page.query.get('q') ?? '').toLowerCase();
  const shown = all.filter(w => (chosen.length === 0 || chosen.includes(w.state))
    && (text === '' || w.series.toLowerCase().includes(text) || w.id.startsWith(text) || (w.test?.[0] ?? '').startsWith(text)
      || (w.worker ?? '').toLowerCase() === text));
  const series = bySeries(shown);
  const toggle = state => page.keep('state', (chosen.includes(state) ? chosen.filter(s => s !== state) : [...chosen, state]).join(','));
  const focus = page.query.get('focus') ?? 'all';
  return html`
    <section class="panel" aria-label="Rolling map">
      <div class="bar">
        <h2 style="margin:0 8px 0 0">Rolling map</h2>
        <input type="search" aria-label="Filter windows" placeholder="Series, first day, worker or id" .value=${page.query.get('q') ?? ''}
          @input=${e => page.keep('q', e.target.value)}>
        ${STATES.map(state => [state, all.filter(w => w.state === state).length]).filter(([, n]) => n > 0).map(([state, n]) => html`
          <button class="chip" aria-pressed=${chosen.includes(state)} @click=${() => toggle(state)}><i class="dot s-${state}"></i>${count(n)} ${word(state)}</button>`)}
        <button class="chip" aria-pressed=${focus === 'test'} @click=${() => page.keep('focus', focus === 'test' ? '' : 'test')}>test segments only</button>
        <span class="soft">${many(shown.length, 'window')} in ${series.size} series${windows.whole ? '' : ', more are being read'}</span>
      </div>
      ${shown.length === 0 ? empty('No window is like that', html`<button @click=${() => {
        page.keep('state', '');
        page.keep('q', '');
      }}>Show all</button>`) : html`<w-rolling-map .series=${series} .focus=${focus}></w-rolling-map>`}
    </section>`;
}

function actions(page, path, stand) {
  const c = stand.counts;
  const waiting = c.waiting + c.queued + c.part_done;
  const name = stand.pool;
  return html`
    ${stand.paused
      ? action(page, {label: 'Resume', ask: {title: `Resume ${name}?`, text: `Its ${many(waiting, 'waiting task')} may start again.`, action: 'Resume'},
          request: () => ['POST', `${path}/resume`], done: () => 'The pool goes on.'})
      : action(page, {label: 'Pause', ask: {title: `Pause ${name}?`, text: `Nothing of it starts until it is resumed. What runs (${c.running}) runs on.`, action: 'Pause'},
          request: () => ['POST', `${path}/pause?running=keep`], done: () => 'The pool is paused.'})}
    ${action(page, {label: 'Prioritise', ask: {title: `Prioritise ${name}`, text: 'Tasks of a higher priority start first, whatever the pool. It holds for those that have not started.',
        action: 'Set priority', fields: [{name: 'priority', label: 'Priority (0 is usual)', type: 'number', value: 0, required: true}]},
      request: ({priority}) => ['POST', '/tasks/prioritize', {pool: name, priority: Number(priority)}], done: changedTasks})}
    ${limitButton(page, name, path, stand.maxRunning)}
    ${c.failed > 0 ? action(page, {label: `Retry ${count(c.failed)} failed`, ask: {title: 'Retry what failed?',
        text: `${many(c.failed, 'failed task')} of ${name} wait${c.failed === 1 ? 's' : ''} again. What was cancelled stays so; retry it task by task.`, action: 'Retry'},
      request: () => ['POST', `${path}/retry`], done: changedTasks}) : nothing}
    ${waiting + c.running > 0 ? action(page, {label: 'Cancel', kind: 'danger', ask: {title: `Cancel ${name}?`, danger: true,
        text: `${many(waiting + c.running, 'task')} that have not ended are cancelled, ${count(c.running)} of them while they run. What is done stays.`, action: 'Cancel them'},
      request: () => ['POST', `${path}/cancel`], done: changedTasks}) : nothing}`;
}

function submissionsView(all) {
  if (all.length === 0) {
    return html`<p class="soft">None of the latest.</p>`;
  }
  return html`
    <table aria-label="Submissions">
      <thead><tr><th scope="col">submission</th><th scope="col">experiment</th><th scope="col">tasks</th><th scope="col">came</th></tr></thead>
      <tbody>${all.map(s => html`
        <tr><td><a class="mono" href="/submissions/${s.submission}">${short(s.submission)}</a></td>
        <td><a href="/experiments/${part(s.experiment)}">${s.experiment}</a></td><td>${counts(s.counts)}</td><td>${when(s.createdAt)}</td></tr>`)}
      </tbody>
    </table>`;
}

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {get, part} from '../api.js';
import {between, figure, many, percent, seconds, segment, short, time} from '../format.js';
import {listen} from '../live.js';
import {artifactList, artifacts, curves, importance} from '../recorder-parts.js';
import {heading} from '../shell.js';
import {spans} from '../spans.js';
import {Loading, action, badge, copy, tile, when} from '../ui.js';

const WITH_COST = '1day.excess_return_with_cost.';
const STATISTICS = [
  ['IC', 'IC', figure], ['ICIR', 'ICIR', figure], ['Rank IC', 'Rank IC', figure], ['Rank ICIR', 'Rank ICIR', figure],
  [`${WITH_COST}annualized_return`, 'Excess return a year, with cost', percent],
  [`${WITH_COST}information_ratio`, 'Information ratio, with cost', figure],
  [`${WITH_COST}max_drawdown`, 'Max. drawdown, with cost', percent],
];
const LOG_EVERY = 2000;

/** A task: how it stands and why, its attempts, its log, and what it has learnt. */
export default function task(page) {
  const {id} = page.params;
  const {signal, update} = page;
  const one = new Loading(() => get(`/tasks/${part(id)}`, {signal}), update);
  const definition = new Loading(() => get(`/tasks/${part(id)}?fields=definition`, {signal}), update);
  const log = new Log(page, id);
  const learnt = new Learnt(page);
  let asked = false;

  page.title = `Task ${short(id)}`;
  page.changed = async () => {
    await one.reload();
    if (one.value) {
      log.follow(one.value);
      learnt.follow(one.value);
      // The stream is of the task's pool, which is known only now.
      if (!asked) {
        asked = true;
        listen({pool: one.value.pool}, {
          status: connected => page.live(connected),
          tasks: changes => changes.some(c => c.id === one.value.id) && page.changed(),
          reset: () => page.changed(),
        }, signal);
      }
    }
  };
  page.changed();
  page.every(LOG_EVERY, () => one.value?.state === 'running' && (log.read(), learnt.read()));

  page.view = () => html`
    ${heading(html`Task <span class="mono">${short(id)}</span>`, {
      above: one.value ? html`<a href="/pools">Pools</a> / <a href="/pools/${part(one.value.pool)}">${one.value.pool}</a>` : nothing,
      beside: one.value ? html`${badge(one.value.state)} ${copy(id, 'the id')}` : nothing,
      actions: one.value ? actions(page, one.value) : nothing,
    })}
    ${one.show(t => html`
      <p class="why">${why(t)}</p>
      <section class="panel">${facts(t)}${t.segments.test ? spans(t.segments, t.state) : nothing}</section>
      ${t.result ? statistics(t) : nothing}
      ${t.state === 'done' ? learnt.view() : nothing}
      <section class="panel"><h2>Attempts</h2>${attempts(t, log)}</section>
      <section class="panel"><h2>Log${log.text.value ? ` of attempt ${log.text.value.attempt}` : ''}</h2>${log.view(t)}</section>
      ${t.state === 'done' ? nothing : learnt.view()}
      ${learnt.files()}
      <section class="panel"><details @toggle=${e => e.target.open && definition.state === 'loading' && definition.reload()}>
        <summary>Definition</summary>
        ${definition.show(d => html`<pre class="log" tabindex="0">${JSON.stringify(d.definition, null, 2)}</pre>`)}
      </details></section>`)}`;
}

/** Why a task is in its state, and what comes next. */
function why(t) {
  const last = t.history.at(-1);
  const left = t.maxAttempts - t.attempt;
  switch (t.state) {
    case 'waiting':
    case 'part_done':
      if (t.paused) {
        return 'Paused: it waits until somebody resumes it.';
      }
      if (t.blocked) {
        return html`Blocked: it waits for ${t.dependsOn.map((d, i) => html`${i ? ', ' : ''}<a class="mono" href="/tasks/${d.task}">${short(d.task)}</a>`)} to end.`;
      }
      if (t.notBefore && new Date(t.notBefore) > new Date()) {
        return `Attempt ${t.attempt} failed; the next one starts not before ${time(t.notBefore)}. ${many(Math.max(0, left), 'attempt')} left.`;
      }
      return t.state === 'part_done'
        ? html`Stage done; it waits for the next one, <b>${t.stage}</b>, in queue <a href="/queues">${t.queue}</a>.`
        : html`It waits for its turn in queue <a href="/queues">${t.queue}</a> (priority ${t.priority}).`;
    case 'queued':
      return html`Announced in queue <a href="/queues">${t.queue}</a>: the next free worker takes it.`;
    case 'running':
      return html`Attempt ${t.attempt} of at most ${t.maxAttempts} runs on <a href="/workers">${t.worker}</a> for ${seconds(between(t.updatedAt))}.`;
    case 'done':
      return `${t.stages.length ? 'Done; the last stage took' : 'Done in'} ${seconds(between(last?.startedAt, last?.endedAt))} by ${last?.worker ?? 'hand'}, in attempt ${t.attempt}.`;
    case 'failed':
      return html`Failed${last?.errorClass ? html` with <b>${last.errorClass}</b>` : nothing}${t.attempt < t.maxAttempts
        ? ', and trying again would not help' : `, and its ${many(t.maxAttempts, 'attempt')} are used up`}: ${last?.message ?? 'no message'}`;
    default:
      return `Cancelled${last?.message ? `: ${last.message}` : ' before it ended'}.`;
  }
}

function facts(t) {
  const given = [
    ['Experiment', html`<a href="/experiments/${part(t.experiment)}">${t.experiment}</a>`],
    ['Model', t.model ?? '–'],
    ['Queue', t.queue],
    ['Priority', t.priority],
    ['Attempts', `${t.attempt} of at most ${t.maxAttempts}`],
    ...(t.stage ? [['Stage', `${t.stage} of ${t.stages.map(s => s.name).join(', ')}`]] : []),
    ['Came', when(t.createdAt)],
    ['Changed', when(t.updatedAt)],
    ...(t.result ? [['Recorder', html`<a class="mono" href="/recorders/${part(t.result.recorder)}">${t.result.recorder}</a>`]] : []),
    ...(t.dependsOn.length ? [['Waits for', t.dependsOn.map((d, i) => html`${i ? ', ' : ''}<a class="mono" href="/tasks/${d.task}">${short(d.task)}</a>`)]] : []),
  ];
  return html`<dl class="facts">${given.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}

function statistics(t) {
  const there = STATISTICS.filter(([name]) => t.result.metrics[name] !== undefined);
  return there.length === 0 ? nothing : html`
    <dl class="tiles">${there.map(([name, title, shown]) => tile(title, shown(t.result.metrics[name])))}
    </dl>`;
}

function attempts(t, log) {
  const running = t.state === 'running';
  if (t.history.length === 0 && !running) {
    return html`<p class="soft">None yet.</p>`;
  }
  const row = (a, entry) => html`
    <tr class=${entry === log.entry ? 'chosen' : ''}>
      <td class="number">${a.attempt}</td><td>${a.stage ?? ''}</td><td>${a.outcome ? a.outcome : badge('running')}</td><td>${a.worker ?? '–'}</td>
      <td>${time(a.startedAt)}</td><td class="number">${a.startedAt ? seconds(between(a.startedAt, a.endedAt ?? undefined)) : '–'}</td>
      <td class="wrap">${a.errorClass ? html`<b>${a.errorClass}</b> ` : nothing}${a.message ?? ''}</td>
      <td><button @click=${() => log.choose(entry)}>Log</button></td>
    </tr>`;
  return html`
    <div class="table" tabindex="0" role="region" aria-label="Attempts"><table>
      <thead><tr><th scope="col" class="number">attempt</th><th scope="col">stage</th><th scope="col">outcome</th><th scope="col">worker</th><th scope="col">began</th>
        <th scope="col" class="number">took</th><th scope="col">message</th><th scope="col"><span class="soft">log</span></th></tr></thead>
      <tbody>${t.history.map(row)}${running ? row({attempt: t.attempt, stage: t.stage, worker: t.worker, startedAt: t.updatedAt}, t.history.length) : nothing}</tbody>
    </table></div>`;
}

/** The log of an attempt, told by its place in the history; of the one that runs, as it grows. */
class Log {
  constructor(page, id) {
    this.entry = null;
    this.chosen = false;
    this.text = new Loading(() => this.entry === null ? Promise.resolve(null)
      : get(`/tasks/${part(id)}/logs?entry=${this.entry}`, {signal: page.signal}), page.update);
  }

  follow(t) {
    if (!this.chosen) {
      const latest = t.state === 'running' ? t.history.length : t.history.length - 1;
      this.entry = latest < 0 ? null : latest;
    }
    this.read();
  }

  choose(entry) {
    this.chosen = true;
    this.entry = entry;
    this.text.state = 'loading';
    this.read();
  }

  async read() {
    const before = document.querySelector('pre.log.live');
    const atEnd = before && before.scrollTop + before.clientHeight >= before.scrollHeight - 8;
    await this.text.reload();
    if (atEnd) {
      requestAnimationFrame(() => requestAnimationFrame(() => {
        const now = document.querySelector('pre.log.live');
        if (now) {
          now.scrollTop = now.scrollHeight;
        }
      }));
    }
  }

  view(t) {
    return this.text.show(log => {
      if (!log || log.text === '') {
        return html`<p class="soft">${t.state === 'running'
          ? 'Nothing printed yet. Native tasks print nothing; their curves are below.' : 'Nothing was printed.'}</p>`;
      }
      return html`
        ${log.cut ? html`<p class="soft">Only the end is kept.</p>` : nothing}
        <pre class="log live" tabindex="0" aria-label="Log of attempt ${log.attempt}">${log.text}</pre>`;
    });
  }
}

/** What the task records: while it runs that of its attempt, later that of its outcome. */
class Learnt {
  constructor(page) {
    this.page = page;
    this.recorder = null;
  }

  async follow(t) {
    let found = t.result?.recorder ?? null;
    if (!found) {
      try {
        const {recorders} = await get(`/experiments/${part(t.experiment)}/recorders?limit=1&task=${part(t.id)}`, {signal: this.page.signal});
        found = recorders[0]?.id ?? null;
      } catch {
        return; // the collector is away or knows nothing yet: the next change asks again
      }
    }
    if (found && found !== this.recorder) {
      this.recorder = found;
      this.curves = curves(this.page, found);
      this.artifacts = artifacts(this.page, found);
      this.importance = importance(this.page, found, this.artifacts);
      this.list = artifactList(found, this.artifacts);
    } else {
      this.artifacts?.reload();
    }
    this.read();
  }

  async read() {
    if (this.recorder === null) {
      return;
    }
    try {
      const {metrics} = await get(`/recorders/${part(this.recorder)}`, {signal: this.page.signal});
      this.curves.read(metrics);
    } catch {
      // What was drawn stays; the next look may read more.
    }
  }

  view() {
    return this.recorder === null ? nothing : html`
      <section class="panel"><h2>Training</h2>${this.curves()}</section>
      ${this.importance()}`;
  }

  files() {
    return this.recorder === null ? nothing : html`<section class="panel"><h2>Artifacts</h2>${this.list()}</section>`;
  }
}

function actions(page, t) {
  const path = `/tasks/${part(t.id)}`;
  const ask = (title, text, label, danger = false) => ({title, text, action: label, danger});
  const over = ['done', 'failed', 'cancelled'].includes(t.state);
  return html`
    ${['failed', 'cancelled'].includes(t.state) ? action(page, {label: 'Retry', kind: 'primary', request: () => ['POST', `${path}/retry`],
      ask: ask('Retry this task?', 'It waits for a worker again. What is in its history stays.', 'Retry'), done: () => 'It waits again.'}) : nothing}
    ${over ? nothing : html`
      ${action(page, {label: 'Prioritise', done: () => 'The priority is set.',
        ask: {title: 'Prioritise this task', text: 'A higher priority starts first.', action: 'Set priority',
          fields: [{name: 'priority', label: 'Priority (0 is usual)', type: 'number', value: t.priority, required: true}]},
        request: ({priority}) => ['POST', '/tasks/prioritize', {ids: [t.id], priority: Number(priority)}]})}
      ${t.paused
        ? action(page, {label: 'Resume', request: () => ['POST', `${path}/resume`], ask: ask('Resume this task?', 'It may start again.', 'Resume'), done: () => 'It goes on.'})
        : t.state === 'running' ? nothing : action(page, {label: 'Pause', request: () => ['POST', `${path}/pause`],
          ask: ask('Pause this task?', 'It does not start until somebody resumes it.', 'Pause'), done: () => 'It is paused.'})}
      ${action(page, {label: 'Cancel', kind: 'danger', request: () => ['POST', `${path}/cancel`],
        ask: ask('Cancel this task?', t.state === 'running' ? 'Its worker stops it, and what this attempt has made is thrown away.' : 'It will not run.', 'Cancel it', true),
        done: () => 'It is cancelled.'})}`}`;
}

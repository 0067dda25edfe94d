/** The windows of a pool, kept up with what happens to them, and put into series. */

import {pages, part, send} from './api.js';

/** What else is new of a task in these states is asked for: its result, or what it waits for. */
const TELLING = new Set(['waiting', 'part_done', 'done', 'failed', 'cancelled']);
const MOST_ASKED = 500;
const REFERENCE = /^<recorder:/;

/** Parameters in which the windows differ tell the series apart; all else would only be noise. */
function telling(windows) {
  const seen = new Map();
  for (const w of windows) {
    for (const [name, value] of Object.entries(w.params ?? {})) {
      if (REFERENCE.test(value)) {
        continue; // another one in each window
      }
      if (!seen.has(name)) {
        seen.set(name, new Set());
      }
      seen.get(name).add(value);
    }
  }
  return [...seen].filter(([, values]) => values.size > 1).map(([name]) => name).sort();
}

/** Names each window's series: its model, then what differs between the windows of the pool. */
export function nameSeries(windows) {
  const names = telling(windows);
  const many = (of) => new Set(windows.map(of)).size > 1;
  const handlers = many(w => w.handler);
  const experiments = many(w => w.experiment);
  for (const w of windows) {
    w.series = [
      w.model ?? 'no model',
      ...(handlers && w.handler ? [w.handler] : []),
      ...(w.horizon !== null && w.horizon !== undefined ? [`horizon ${w.horizon}`] : []),
      ...names.filter(name => w.params?.[name] !== undefined && !REFERENCE.test(w.params[name]))
        .map(name => `${name} ${w.params[name]}`),
      ...(experiments ? [w.experiment] : []),
    ].join(' · ');
  }
}

/** Windows by series, each in the order of their test segments. */
export function bySeries(windows) {
  const series = new Map();
  for (const w of windows) {
    if (!series.has(w.series)) {
      series.set(w.series, []);
    }
    series.get(w.series).push(w);
  }
  for (const group of series.values()) {
    group.sort((a, b) => (a.test?.[0] ?? '').localeCompare(b.test?.[0] ?? '') || a.seq - b.seq);
  }
  return series;
}

/** All windows of a pool. */
export class Windows {
  constructor(pool, {signal, changed}) {
    this.pool = pool;
    this.signal = signal;
    this.changed = changed;
    this.byId = new Map();
    this.whole = false;
    this.asked = new Set();
  }

  get all() {
    return [...this.byId.values()];
  }

  async load() {
    const found = new Map();
    await pages(`/pools/${part(this.pool)}/windows?limit=1000&metrics=${part('IC,Rank IC')}`, (page, more) => {
      for (const w of page) {
        found.set(w.id, w);
        if (!this.whole) {
          this.byId.set(w.id, w);
        }
      }
      if (!this.whole && more) {
        this.told();
      }
    }, {signal: this.signal});
    this.byId = found;
    this.whole = true;
    this.told();
  }

  told() {
    nameSeries(this.all);
    this.changed();
  }

  /** Takes in changes as events tell them. */
  take(changes) {
    let strange = false;
    for (const change of changes) {
      const w = this.byId.get(change.id);
      if (!w) {
        strange = true;
        continue;
      }
      if (change.state === 'running' && w.state !== 'running') {
        w.startedAt = new Date().toISOString();
        w.endedAt = null;
        w.worker = change.worker;
      }
      w.state = change.state;
      w.paused = false;
      w.blocked = false;
      w.attempt = change.attempt;
      if (TELLING.has(change.state)) {
        this.asked.add(change.id);
      }
    }
    this.changed();
    if (strange) {
      this.soon('again', 2000, () => this.load());
    }
    if (this.asked.size > 0) {
      this.soon('results', 400, () => this.results());
    }
  }

  /** Many changes in a row cause one question. */
  soon(what, milliseconds, work) {
    if (this[what] || this.signal.aborted) {
      return;
    }
    this[what] = setTimeout(async () => {
      this[what] = undefined;
      try {
        await work();
      } catch {
        // What was not read now is read with the next change.
      }
    }, milliseconds);
  }

  async results() {
    const ids = [...this.asked].slice(0, MOST_ASKED);
    ids.forEach(id => this.asked.delete(id));
    const {tasks} = await send('POST', '/tasks/requery', {ids}, {signal: this.signal});
    for (const task of tasks) {
      const w = this.byId.get(task.id);
      const last = task.history.at(-1);
      if (w) {
        Object.assign(w, {
          state: task.state,
          attempt: task.attempt,
          paused: task.paused,
          blocked: task.blocked,
          metrics: task.result?.metrics ?? null,
          worker: last?.worker ?? w.worker,
          startedAt: last?.startedAt ?? w.startedAt,
          endedAt: last?.endedAt ?? null,
        });
      }
    }
    this.changed();
    if (this.asked.size > 0) {
      this.soon('results', 200, () => this.results());
    }
  }
}


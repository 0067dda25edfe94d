/** Pools and workers as pages keep them, and what an operator does to more than one kind of thing. */

import {nothing} from '/webjars/lit-html/lit-html.js';
import {many} from './format.js';
import {STATES, action} from './ui.js';

/** All tasks of counts by state. */
export const total = counts => STATES.reduce((sum, state) => sum + (counts[state] ?? 0), 0);

/** Counts of pools as an event tells them: no counts at all, and the pool is gone. */
export function mergePools(pools, changed) {
  const known = new Map(pools.map(p => [p.pool, p]));
  for (const [name, told] of Object.entries(changed)) {
    if (total(told) === 0 && known.has(name)) {
      known.delete(name);
    } else {
      known.set(name, {paused: false, maxRunning: null, ...known.get(name), pool: name, counts: told});
    }
  }
  return [...known.values()].sort((a, b) => a.pool.localeCompare(b.pool));
}

/** Takes the workers that an event tells into what a page has read. */
export function takeWorkers(loading, changed) {
  const known = new Map((loading.value ?? []).map(w => [w.id, w]));
  changed.forEach(w => known.set(w.id, w));
  loading.value = [...known.values()];
  loading.state = 'there';
  loading.update();
}

/** Workers that take nothing, by why they do not. */
export function idleWorkers(workers) {
  const drained = workers.filter(w => w.state === 'drained').length;
  const away = workers.filter(w => w.state === 'stale' || w.state === 'gone').length;
  const parts = [...(drained ? [`${drained} drained`] : []), ...(away ? [`${away} away`] : [])];
  return parts.length ? parts.join(', ') : nothing;
}

/** A button that says how many tasks of a pool or a queue may run at once. */
export const limitButton = (page, of, path, now) => action(page, {
  label: 'Limit',
  ask: {
    title: `How many tasks of ${of} may run at once?`,
    text: '0 means as many as there are slots.',
    action: 'Set limit',
    fields: [{name: 'most', label: 'Tasks at once', type: 'number', min: 0, value: now ?? 0, required: true}],
  },
  request: ({most}) => ['PUT', `${path}/limit?max_running=${Number(most)}`],
  done: () => 'The limit is set.',
});

/** What a change of many tasks answers, in words. */
export const changedTasks = answer => `${many(answer.changed ?? answer.tasks, 'task')} changed.`;

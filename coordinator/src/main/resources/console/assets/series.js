/** Recorders of an experiment as windows of series, and what is said of a series as a whole. */

import {between} from './format.js';
import {bySeries, nameSeries} from './windows.js';

/** What belongs to a window or follows from other parameters tells no series apart. */
const NO_TELLING = /^dataset\.kwargs\.segments\.|_time$|^left_out\.|^record$|^(loaded|started)_from$|init_model$|module_path$|^model\.class$|handler\.class$|^dataset\.class$/;
const LONG = 40;

/** A segment of a recorder, told by its parameters: "[2017-10-06, 2018-01-02]". */
export function recorderSegment(recorder, name) {
  const text = recorder.params[`dataset.kwargs.segments.${name}`];
  const ends = text?.replace(/^[[(]|[\])]$/g, '').split(',').map(end => end.trim());
  return ends?.length === 2 ? ends.map(end => (end === 'null' || end === '' ? null : end)) : null;
}

/** A recorder with what a window has: the same code names its series. */
function asWindow(recorder, shorten) {
  const {params} = recorder;
  const horizon = horizonOf(params[LABEL]);
  const told = Object.entries(params).filter(([name]) => !NO_TELLING.test(name) && !(name === LABEL && horizon !== null));
  return {
    ...recorder,
    recorder,
    model: params['model.class'] ?? (params.loaded_from ? 'trained model' : recorder.name),
    horizon,
    handler: params['dataset.kwargs.handler.class'] ?? null,
    test: recorderSegment(recorder, 'test'),
    params: Object.fromEntries(told.map(([name, value]) => [brief(name), shorten(name, value)])),
    seq: Date.parse(recorder.startedAt),
    duration: recorder.endedAt ? between(recorder.startedAt, recorder.endedAt) : null,
  };
}

const brief = name => name.replace(/^(dataset|model)\.kwargs\.(handler\.kwargs\.)?|^qlib_init\./, '');

/** Days that a label looks ahead, of a label that is the return of one field. */
function horizonOf(label) {
  const days = /^\[?Ref\((\$\w+), ?-(\d+)\) ?\/ ?Ref\(\1, ?-(\d+)\) ?- ?1\]?$/.exec(label ?? '');
  return days ? days[2] - days[3] : null;
}

const LABEL = 'dataset.kwargs.handler.kwargs.label';

/** Long values stand as numbers, the first that is seen as #1. */
function shortener() {
  const seen = new Map();
  return (name, value) => {
    if (value.length <= LONG) {
      return value;
    }
    const values = seen.get(name) ?? seen.set(name, new Map()).get(name);
    if (!values.has(value)) {
      values.set(value, `#${values.size + 1}`);
    }
    return values.get(value);
  };
}

/**
 * All recorders as windows with their series.
 *
 * @param recorders newest first
 */
export function windowsOf(recorders) {
  const shorten = shortener();
  const windows = recorders.map(recorder => asWindow(recorder, shorten));
  nameSeries(windows);
  return windows;
}

/**
 * The windows that count, by series: of each task its newest recorder that finished, and of two
 * tasks of a series with the same test segment the newer.
 *
 * @param windows newest first
 */
export function counting(windows) {
  const tasks = new Set();
  const places = new Set();
  return bySeries(windows.filter(w => {
    const place = `${w.series}\n${w.test?.join() ?? w.id}`;
    if (w.status !== 'finished' || tasks.has(w.task) || places.has(place)) {
      return false;
    }
    if (w.task) {
      tasks.add(w.task);
    }
    places.add(place);
    return true;
  }));
}

const there = value => value !== null && value !== undefined && Number.isFinite(value);

/** Mean, deviation (of a sample), t-statistic and share above zero of what is there. */
export function moments(values) {
  const known = values.filter(there);
  const n = known.length;
  const mean = n ? known.reduce((sum, value) => sum + value, 0) / n : null;
  const sd = n > 1 ? Math.sqrt(known.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1)) : null;
  return {n, mean, sd, t: sd > 0 ? mean / (sd / Math.sqrt(n)) : null, positive: n ? known.filter(v => v > 0).length / n : null};
}

/** Windows that two series have both: their values of a metric, and the difference. */
export function paired(a, b, metric) {
  const others = new Map(b.map(w => [w.test?.join(), w]));
  return a.map(w => ({a: w, b: others.get(w.test?.join())}))
    .filter(pair => pair.a.test && there(pair.b?.metrics[metric]) && there(pair.a.metrics[metric]))
    .map(pair => ({...pair, difference: pair.a.metrics[metric] - pair.b.metrics[metric]}));
}

/** Parameters whose values are others in one series than in the other: [name, values, values]. */
export function differing(a, b) {
  const values = windows => {
    const all = new Map();
    for (const {recorder} of windows) {
      for (const [name, value] of Object.entries(recorder.params)) {
        if (!/^dataset\.kwargs\.segments\.|_time$|^left_out\./.test(name)) {
          (all.get(name) ?? all.set(name, new Set()).get(name)).add(value);
        }
      }
    }
    return all;
  };
  const of = [values(a), values(b)];
  return [...new Set([...of[0].keys(), ...of[1].keys()])].sort()
    .map(name => [name, ...of.map(all => [...(all.get(name) ?? [])].sort())])
    .filter(([, one, other]) => one.join('\n') !== other.join('\n'));
}

/** Less is better of an error or a time; of all else, more is. */
export const lessIsBetter = metric => /^(l1|l2|mse|mae|rmse|loss|logloss|time)\b|\.std$/.test(metric);

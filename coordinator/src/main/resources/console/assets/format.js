/** Figures and times as people read them. */

const pad = n => String(n).padStart(2, '0');

/** A number of things: 12,345. */
export const count = n => (n ?? 0).toLocaleString('en-US');

/** A statistic with a fixed number of digits; a dash where there is none. */
export function figure(value, digits = 4) {
  return value === null || value === undefined || !Number.isFinite(value) ? '–' : value.toFixed(digits);
}

/** The value of a metric: a number of things as it is, all else with so many digits. */
export const measure = (value, digits = 6) => (Number.isInteger(value) ? count(value) : figure(value, digits));

export function percent(value, digits = 2) {
  return value === null || value === undefined || !Number.isFinite(value)
    ? '–' : `${(100 * value).toFixed(digits)} %`;
}

/** Bytes: 12.3 KB. */
export function bytes(n) {
  const units = ['B', 'KB', 'MB', 'GB'];
  let i = 0;
  while (n >= 1000 && i < units.length - 1) {
    n /= 1000;
    i++;
  }
  return `${i === 0 ? n : n.toFixed(1)} ${units[i]}`;
}

/** A length of time in seconds: 0.8 s, 3 min 20 s, 2 h 5 min. */
export function seconds(s) {
  if (s === null || s === undefined || !Number.isFinite(s)) {
    return '–';
  }
  if (s < 60) {
    return `${s < 10 ? s.toFixed(1) : Math.round(s)} s`;
  }
  const whole = Math.round(s);
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  }
  const hours = Math.floor(whole / 3600);
  return hours < 48
    ? `${hours} h ${Math.floor((whole % 3600) / 60)} min`
    : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** Seconds between two instants; up to now if there is no second. */
export function between(from, to) {
  return from ? (new Date(to ?? Date.now()) - new Date(from)) / 1000 : null;
}

/** An instant in the reader's time zone: 2026-11-29 10:44:02. */
export function time(instant) {
  if (!instant) {
    return '–';
  }
  const t = new Date(instant);
  return `${t.getFullYear()}-${pad(t.getMonth() + 1)}-${pad(t.getDate())} `
    + `${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())}`;
}

export function clock(instant) {
  const t = new Date(instant);
  return `${pad(t.getHours())}:${pad(t.getMinutes())}:${pad(t.getSeconds())}`;
}

export function ago(instant) {
  return instant ? `${seconds(Math.max(0, between(instant)))} ago` : '–';
}

/** The beginning of a long id, enough to tell it. */
export const short = id => (id ?? '').slice(0, 12);

/** A segment: 2020-01-02 .. 2020-03-25. */
export const segment = ends => ends ? `${ends[0] ?? 'open'} .. ${ends[1] ?? 'open'}` : '–';

/** A plural. */
export const many = (n, thing) => `${count(n)} ${thing}${n === 1 ? '' : 's'}`;

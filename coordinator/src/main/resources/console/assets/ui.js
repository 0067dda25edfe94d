/** The parts that pages are made of. */

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {send} from './api.js';
import {ago, count, time} from './format.js';

/** All states of a task in the order of its life, and what each is called. */
export const STATES = ['waiting', 'queued', 'running', 'part_done', 'done', 'failed', 'cancelled'];

const SIGNS = {
  waiting: '○', queued: '◔', running: '▶', part_done: '◑', done: '✓', failed: '✕', cancelled: '⊘',
  finished: '✓', scheduled: '○',
  live: '✓', draining: '◑', drained: '⊘', stale: '!', gone: '✕',
};

export const sign = state => SIGNS[state] ?? '·';
export const word = state => state.replace('_', ' ');

/** A state, told by colour, sign and word. */
export const badge = state =>
  html`<span class="badge s-${state}"><span aria-hidden="true">${sign(state)}</span> ${word(state)}</span>`;

/** How many tasks are in each state, as one bar and in words. */
export const counts = (of, {words = true} = {}) => shares(STATES, of, 'no tasks', {words});

/** How many things are in which state, as one bar and in words. */
export function shares(states, of, none, {words = true} = {}) {
  const total = states.reduce((sum, state) => sum + (of[state] ?? 0), 0);
  const there = states.filter(state => of[state] > 0);
  const text = there.map(state => `${count(of[state])} ${word(state)}`).join(', ') || none;
  return html`
    <div class="counts" role="img" aria-label=${text} title=${text}>
      ${there.map(state =>
        html`<span class="fill s-${state}" style="flex-grow:${(100 * of[state]) / total}"></span>`)}
    </div>
    ${words ? html`<div class="counts-words" aria-hidden="true">${there.map(state =>
      html`<span><i class="dot s-${state}"></i>${count(of[state])} ${word(state)}</span>`)}</div>` : nothing}`;
}

/** How far something is, of a whole. */
export const meter = (value, whole, label) => html`
  <div class="meter" role="img" aria-label=${label} title=${label}>
    <span style="width:${whole > 0 ? Math.min(100, (100 * value) / whole) : 0}%"></span>
  </div>`;

export const when = instant => html`<time datetime=${instant ?? ''} title=${time(instant)}>${ago(instant)}</time>`;

/** A figure with its name. */
export const tile = (name, value, note = nothing, kind = '') => html`
  <div class="tile ${kind}"><dt>${name}</dt><dd>${value}${note === nothing ? nothing : html`<small>${note}</small>`}</dd></div>`;

/** Something that is being read: shows that, or what went wrong, or what came. */
export class Loading {
  constructor(read, update) {
    this.read = read;
    this.update = update;
    this.state = 'loading';
    this.value = undefined;
    this.error = undefined;
  }

  /** Reads; what is shown stays until something else is there. */
  async reload() {
    const turn = (this.turn = {});
    try {
      const value = await this.read();
      if (this.turn === turn) {
        this.value = value;
        this.state = 'there';
        this.error = undefined;
        this.update();
      }
    } catch (error) {
      if (error.name !== 'AbortError' && this.turn === turn) {
        this.error = error;
        this.state = this.value === undefined ? 'failed' : 'there';
        this.update();
      }
    }
    return this;
  }

  show(view) {
    if (this.state === 'loading') {
      return html`<p class="loading" role="status">Loading ...</p>`;
    }
    if (this.state === 'failed') {
      return failure(this.error, () => {
        this.state = 'loading';
        this.update();
        this.reload();
      });
    }
    return html`
      ${this.error ? html`<p class="stale" role="status">Shown is what was there before: ${this.error.message}</p>` : nothing}
      ${view(this.value)}`;
  }
}

/** Something went wrong: what, and a way on. */
export const failure = (error, again) => html`
  <div class="failure" role="alert">
    <h2>${error.title ?? 'Something went wrong'}</h2>
    <p>${error.message}</p>
    ${again ? html`<button @click=${again}>Try again</button>` : nothing}
  </div>`;

/** There is nothing to show, and how there comes to be something. */
export const empty = (title, ...more) => html`
  <div class="empty"><h2>${title}</h2>${more.map(one => html`<p>${one}</p>`)}</div>`;

/** What is asked for with the same things again is the same thing again: it is not made, nor drawn. */
export function memo(make) {
  let given = null;
  let made;
  return (...now) => {
    if (given === null || now.some((one, i) => one !== given[i])) {
      made = make(...now);
      given = now;
    }
    return made;
  };
}

/** Rows that a table shows more when it is asked to. */
const MORE = 300;

/** A table that sorts itself by its columns. */
export class Table {
  /**
   * @param columns [{name, cell(row), sort(row), number, title}]; without sort it is not sorted by
   * @param by name of the column it is sorted by at first; with a minus from the greatest
   */
  constructor(columns, update, {by = '', label, most = 200, mark} = {}) {
    this.columns = columns;
    this.update = update;
    this.label = label;
    this.most = most;
    this.mark = mark;
    this.down = by.startsWith('-');
    this.by = by.replace(/^-/, '');
    this.sorted = memo((rows, name, down) => this.sort(rows, name, down));
  }

  /** The rows as they are shown, in their order: sorted again when it is another array, or longer. */
  inOrder(rows) {
    return this.sorted(rows, this.by, this.down, rows.length);
  }

  sort(rows, name, down) {
    const column = this.columns.find(c => c.name === name);
    if (!column?.sort) {
      return rows;
    }
    const turn = down ? -1 : 1;
    return rows
      .map(row => [key(column.sort(row)), row])
      .sort(([a], [b]) => compare(a, b, turn))
      .map(([, row]) => row);
  }

  view(rows) {
    const all = this.inOrder(rows);
    const shown = all.slice(0, this.most);
    return html`
      <div class="table" tabindex="0" role="region" aria-label=${this.label}>
        <table>
          <thead><tr>${this.columns.map(c => this.head(c))}</tr></thead>
          <tbody>${shown.map(row => html`<tr class=${this.mark?.(row) ?? ''}>${this.columns.map(c =>
            html`<td class=${c.number ? 'number' : ''}>${c.cell(row)}</td>`)}</tr>`)}</tbody>
        </table>
      </div>
      ${all.length > shown.length ? html`
        <p class="more"><button @click=${() => { this.most += MORE; this.update(); }}>
          Show ${count(Math.min(MORE, all.length - shown.length))} more of ${count(all.length)}</button></p>` : nothing}`;
  }

  head(column) {
    if (!column.sort) {
      return html`<th scope="col" class=${column.number ? 'number' : ''}>${column.title ?? column.name}</th>`;
    }
    const order = this.by !== column.name ? 'none' : this.down ? 'descending' : 'ascending';
    return html`
      <th scope="col" class=${column.number ? 'number' : ''} aria-sort=${order}>
        <button class="sort" @click=${() => this.sortBy(column)}>${column.title ?? column.name}<span
          aria-hidden="true">${order === 'none' ? '' : this.down ? ' ↓' : ' ↑'}</span></button>
      </th>`;
  }

  sortBy(column) {
    this.down = this.by === column.name ? !this.down : Boolean(column.number);
    this.by = column.name;
    this.update();
  }
}

/** A text as its words and numbers: learning_rate 0.05 comes before 0.1, window 9 before window 10. */
const key = value => (typeof value === 'string' ? value.match(/\d+(\.\d+)?|\D+/g) ?? [''] : value);

/** What is missing comes last, whichever way it is sorted. */
function compare(a, b, turn) {
  const noA = a === null || a === undefined || Number.isNaN(a);
  const noB = b === null || b === undefined || Number.isNaN(b);
  if (noA || noB) {
    return noA - noB;
  }
  return turn * (Array.isArray(a) ? compareTexts(a, b) : a - b);
}

function compareTexts(a, b) {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const apart = a[i] === b[i] ? 0 : a[i] - b[i] || letters.compare(a[i], b[i]);
    if (apart !== 0) {
      return apart;
    }
  }
  return a.length - b.length;
}

const letters = new Intl.Collator('en');

/** Texts in the order in which a table has them. */
export const inWords = (a, b) => compareTexts(key(a), key(b));

/**
 * Asks before something is done.
 *
 * @param fields [{name, label, value, type, min}] to be filled in
 * @return the fields' values, or null if it is called off
 */
export function confirm({title, text, action, danger = false, fields = []}) {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-labelledby', 'confirm-title');
  return new Promise(resolve => {
    const close = value => {
      dialog.close();
      dialog.remove();
      resolve(value);
    };
    const submit = event => {
      event.preventDefault();
      close(Object.fromEntries(new FormData(event.target)));
    };
    render(html`
      <form @submit=${submit}>
        <h2 id="confirm-title">${title}</h2>
        <p>${text}</p>
        ${fields.map(f => html`
          <label>${f.label}
            <input name=${f.name} type=${f.type ?? 'text'} .value=${String(f.value ?? '')}
              min=${f.min ?? nothing} step=${f.type === 'number' ? 1 : nothing} ?required=${f.required}></label>`)}
        <p class="buttons">
          <button type="button" @click=${() => close(null)}>Keep it as it is</button>
          <button type="submit" class=${danger ? 'danger' : 'primary'}>${action}</button>
        </p>
      </form>`, dialog);
    dialog.addEventListener('cancel', event => {
      event.preventDefault();
      close(null);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Says something in passing. */
export function tell(text, kind = 'good') {
  let place = document.getElementById('notices');
  if (!place) {
    place = document.createElement('div');
    place.id = 'notices';
    place.setAttribute('role', 'status');
    document.body.append(place);
  }
  const notice = document.createElement('div');
  notice.className = `notice ${kind}`;
  notice.textContent = text;
  place.append(notice);
  setTimeout(() => notice.remove(), kind === 'bad' ? 12000 : 5000);
}

/**
 * A button that changes something once it is confirmed. Who may not is told why.
 *
 * @param ask what confirm() is given
 * @param request (values) => [method, path, body]
 * @param done (answer) => what to say
 */
export function action(page, {label, scope = 'operate', ask, request, done, kind = ''}) {
  const may = page.session.may(scope);
  const run = async () => {
    const values = await confirm(ask);
    if (values === null) {
      return;
    }
    try {
      const answer = await send(...request(values));
      tell(done?.(answer) ?? 'Done.');
      page.changed?.();
    } catch (error) {
      tell(`${error.title ?? 'Not done'}: ${error.message}`, 'bad');
    }
  };
  return html`<button class=${kind} ?disabled=${!may} @click=${run}
    title=${may ? nothing : `Your token may not: this needs the scope '${scope}'`}>${label}</button>`;
}

/** Puts a text where it can be pasted. */
export const copy = (text, label) => html`
  <button class="quiet" aria-label="Copy ${label}" title="Copy ${label}" @click=${async () => {
    await navigator.clipboard.writeText(text);
    tell(`Copied ${label}.`);
  }}>Copy</button>`;

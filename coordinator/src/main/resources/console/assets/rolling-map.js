/** The rolling map: a row a window, its segments along one axis of time. */

import {html, nothing, render} from '/webjars/lit-html/lit-html.js';
import {repeat} from '/webjars/lit-html/directives/repeat.js';
import {between, figure, many, seconds, segment} from './format.js';
import {STATES, badge, sign, word} from './ui.js';

const ROW = 24;
const BEYOND = 12; // rows drawn above and below those that are seen
const SPANS = ['train', 'valid', 'test'];

const day = text => Date.parse(text + 'T00:00:00Z');
const ic = w => w.metrics?.IC ?? null;
const LASTS = new Set(['running', 'done', 'failed']);

/** Seconds of the attempt that runs or brought the outcome; null of what waits. */
const length = w => (LASTS.has(w.state) && w.startedAt && (w.endedAt || w.state === 'running')
  ? between(w.startedAt, w.state === 'running' ? undefined : w.endedAt) : null);

/** Its state, and of what waits why it does. */
const standing = w => {
  const waits = w.state === 'waiting' || w.state === 'part_done';
  return waits && w.paused ? 'paused' : waits && w.blocked ? 'blocked' : word(w.state);
};

/**
 * <w-rolling-map .series=${Map of name to windows} .focus=${'all' | 'test'}>. Only the rows that are
 * seen are in the page, so ten thousand cost what thirty do.
 */
class RollingMap extends HTMLElement {
  constructor() {
    super();
    this.rows = [];
    this.focusOn = 'all';
    this.from = 0;
    this.to = 0;
    this.tip = null;
  }

  set series(series) {
    this.rows = [];
    let position = 0;
    for (const [name, windows] of series) {
      this.rows.push({name, windows, id: 'series ' + name});
      windows.forEach((window, i) => this.rows.push({window, number: i + 1, name, id: window.id, position: position++}));
    }
    this.count = position;
    this.draw();
  }

  set focus(focus) {
    this.focusOn = focus;
    this.draw();
  }

  connectedCallback() {
    this.sizes = new ResizeObserver(() => this.draw());
    this.sizes.observe(this);
    // What runs gets older, whether or not something happens.
    this.clock = setInterval(() => document.hidden || (this.rows.some(({window: w}) => w?.state === 'running') && this.paint()), 1000);
    this.draw();
  }

  disconnectedCallback() {
    clearInterval(this.clock);
    this.sizes.disconnect();
  }

  /** First and last day that are shown, as milliseconds. */
  range() {
    let from = Infinity;
    let to = -Infinity;
    for (const {window} of this.rows) {
      for (const span of window ? this.shown() : []) {
        const ends = window[span];
        if (ends?.[0]) {
          from = Math.min(from, day(ends[0]));
          to = Math.max(to, day(ends[1] ?? ends[0]));
        }
      }
    }
    this.from = from;
    this.to = Math.max(to, from + 864e5);
    this.open = this.to + (this.to - this.from) * 0.02; // where what has no end yet ends
    this.most = Math.max(0.02, ...this.rows.map(({window}) => Math.abs(window ? ic(window) ?? 0 : 0)));
  }

  shown() {
    return this.focusOn === 'test' ? ['test'] : SPANS;
  }

  at(time) {
    return (100 * (time - this.from)) / (this.open - this.from);
  }

  draw() {
    if (!this.isConnected || this.drawing) {
      return;
    }
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      this.range();
      this.style.setProperty('--ticks', this.lines());
      this.paint();
    });
  }

  paint() {
    const view = this.querySelector('.map-view');
    const top = view?.scrollTop ?? 0;
    const height = view?.clientHeight || 700;
    const first = Math.max(0, Math.floor(top / ROW) - BEYOND);
    const seen = this.rows.slice(first, Math.ceil((top + height) / ROW) + BEYOND);
    render(html`
      <div class="map-head" aria-hidden="true">
        <span>window</span>
        <span class="map-axis">${this.ticks().map(([at, name]) => html`<span style="left:${at}%">${name}</span>`)}</span>
        <span>IC</span><span class="number-time">duration</span><span>state</span>
      </div>
      <div class="map-view" role="list" aria-label="Windows" @scroll=${() => this.paint()} @keydown=${e => this.key(e)}
        @pointermove=${e => this.hover(e)} @pointerleave=${() => this.hint(null)} @focusin=${e => this.focused(e)}
        @focusout=${() => this.hint(null)}>
        <div role="presentation" style="height:${this.rows.length * ROW}px"></div>
        ${repeat(seen, row => row.id, (row, i) => row.window ? this.row(row, first + i) : this.head(row, first + i))}
      </div>
      ${this.hinted ? this.hintView() : nothing}`, this);
  }

  head({name, windows}, index) {
    const there = STATES.map(state => [state, windows.filter(w => w.state === state).length]).filter(([, n]) => n > 0);
    return html`
      <div class="map-row series" role="listitem" style="top:${index * ROW}px">
        <span title=${name}>${name}</span><span></span><span></span>
        <span class="soft" aria-label=${there.map(([s, n]) => `${n} ${word(s)}`).join(', ')}>${there.map(([s, n]) =>
          html`<i class="dot s-${s}"></i>${n} `)}</span>
      </div>`;
  }

  row({window: w, number, name, position}, index) {
    const value = ic(w);
    return html`
      <div role="listitem" aria-setsize=${this.count} aria-posinset=${position + 1}>
        <a class="map-row s-${w.state}" style="top:${index * ROW}px" href="/tasks/${w.id}" data-index=${index}
          aria-label="Window ${number} of ${name}, test ${segment(w.test)}, ${standing(w)}${
            value === null ? '' : `, IC ${figure(value)}`}">
          <span class="map-name">${number} · ${w.test?.[0] ?? `task ${w.seq}`}${w.attempt > 1 ? html` · attempt ${w.attempt}` : nothing}</span>
          <span class="map-spans">${this.shown().map(span => this.span(span, w[span]))}</span>
          <span class="map-ic">${this.bar(value)}<b>${figure(value)}</b></span>
          <span class="number-time">${seconds(length(w))}</span>
          <span><span class="badge"><span aria-hidden="true">${sign(w.state)}</span> ${standing(w)}</span></span>
        </a>
      </div>`;
  }

  span(name, ends) {
    if (!ends?.[0]) {
      return nothing;
    }
    const left = this.at(day(ends[0]));
    const right = this.at(ends[1] ? day(ends[1]) : this.open);
    return html`<i class=${name} style="left:${left}%;width:${Math.max(0.15, right - left)}%"></i>`;
  }

  bar(value) {
    return value === null
      ? html`<span></span>`
      : html`<span class="axis"><i class=${value >= 0 ? 'up' : 'down'} style="width:${(100 * Math.abs(value)) / this.most}%"></i></span>`;
  }

  ticks() {
    if (!Number.isFinite(this.from)) {
      return [];
    }
    const first = new Date(this.from).getUTCFullYear();
    const last = new Date(this.to).getUTCFullYear();
    const step = Math.max(1, Math.ceil((last - first) / (this.clientWidth < 900 ? 4 : 9)));
    const ticks = [];
    if (this.at(Date.UTC(first + 1, 0, 1)) > 5) {
      ticks.push([0, first]);
    }
    for (let year = first + 1; year <= last; year += step) {
      ticks.push([this.at(Date.UTC(year, 0, 1)), year]);
    }
    return ticks;
  }

  /** The lines of the axis, as the background of every row. */
  lines() {
    const stops = this.ticks().map(([at]) =>
      `transparent calc(${at}% - 1px), var(--line) calc(${at}% - 1px) ${at}%, transparent ${at}%`);
    return stops.length === 0 ? 'none' : `linear-gradient(90deg, ${stops.join(', ')})`;
  }

  hover(event) {
    const link = event.target.closest('a.map-row');
    this.hint(link ? {row: this.rows[Number(link.dataset.index)], x: event.clientX, y: event.clientY} : null);
  }

  focused(event) {
    const link = event.target.closest('a.map-row');
    if (link?.matches(':focus-visible')) {
      const box = link.getBoundingClientRect();
      this.hint({row: this.rows[Number(link.dataset.index)], x: box.left + 260, y: box.bottom});
    }
  }

  hint(hinted) {
    if (hinted || this.hinted) {
      this.hinted = hinted;
      this.paint();
    }
  }

  hintView() {
    const {row, x, y} = this.hinted;
    const w = row?.window;
    if (!w) {
      return nothing;
    }
    const left = Math.min(x + 14, innerWidth - 390);
    const place = y + 230 > innerHeight ? `bottom:${innerHeight - y + 12}px` : `top:${y + 14}px`;
    const facts = [
      ['train', segment(w.train)], ['valid', segment(w.valid)], ['test', segment(w.test)],
      ['IC', figure(w.metrics?.IC)], ['Rank IC', figure(w.metrics?.['Rank IC'])],
      ['duration', seconds(length(w))], ['attempt', w.attempt], ['worker', w.worker ?? '–'],
    ];
    return html`
      <div class="map-tip" style="left:${left}px;${place}" aria-hidden="true">
        <strong>${row.name}, window ${row.number}</strong> ${badge(w.state)}
        <dl>${facts.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>
      </div>`;
  }

  /** Arrows go from row to row, also to those that are not in the page yet. */
  key(event) {
    const here = Number(document.activeElement?.dataset?.index ?? -1);
    const way = {ArrowDown: 1, ArrowUp: -1, PageDown: 20, PageUp: -20}[event.key];
    let to = event.key === 'Home' ? 0 : event.key === 'End' ? this.rows.length - 1 : way ? here + way : null;
    if (to === null || here < 0) {
      return;
    }
    event.preventDefault();
    const step = way < 0 || event.key === 'End' ? -1 : 1;
    to = Math.max(0, Math.min(this.rows.length - 1, to));
    while (this.rows[to] && !this.rows[to].window) {
      to += step;
    }
    if (!this.rows[to]) {
      return;
    }
    const view = this.querySelector('.map-view');
    if (to * ROW < view.scrollTop + ROW) {
      view.scrollTop = Math.max(0, (to - 1) * ROW);
    } else if ((to + 2) * ROW > view.scrollTop + view.clientHeight) {
      view.scrollTop = (to + 2) * ROW - view.clientHeight;
    }
    this.paint();
    this.querySelector(`a[data-index="${to}"]`)?.focus();
  }
}

customElements.define('w-rolling-map', RollingMap);

/** What is said of a map as a whole. */
export const summary = series => `${many(series.size, 'series')
  .replace(/seriess$/, 'series')}, ${many([...series.values()].reduce((n, w) => n + w.length, 0), 'window')}`;

/** The segments of one window, along a line. */

import {html, nothing} from '/webjars/lit-html/lit-html.js';
import {segment} from './format.js';

const NAMES = ['train', 'valid', 'test'];
const day = text => Date.parse(text + 'T00:00:00Z');

/** Train, valid and test, with their days. */
export function spans(segments, state) {
  const there = NAMES.filter(name => segments[name]?.[0]);
  const first = Math.min(...there.map(name => day(segments[name][0])));
  const last = Math.max(...there.map(name => day(segments[name][1] ?? segments[name][0])));
  const whole = Math.max(1, last - first);
  const open = there.some(name => !segments[name][1]) ? 1.05 : 1;
  const at = time => (100 * (time - first)) / (whole * open);
  const bar = name => {
    const [from, to] = segments[name];
    const left = at(day(from));
    return html`<i class=${name} style="left:${left}%;width:${(to ? at(day(to)) : 100) - left}%"></i>`;
  };
  return html`
    <div class="one-window s-${state}">
      <div class="map-spans" role="img" aria-label=${there.map(name => `${name} ${segment(segments[name])}`).join(', ')}>${there.map(bar)}</div>
      <p class="soft">${there.map((name, i) => html`${i ? ' · ' : nothing}<b>${name}</b> ${segment(segments[name])}`)}</p>
    </div>`;
}

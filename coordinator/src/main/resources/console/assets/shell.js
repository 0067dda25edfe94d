/** What stands around every page: the way to the others, the theme, the keys. */

import {html, nothing} from '/webjars/lit-html/lit-html.js';

const PLACES = [
  ['/', 'Overview', 'o', ['overview']],
  ['/pools', 'Pools', 'p', ['pools', 'pool', 'task']],
  ['/submissions', 'Collections', 'c', ['submissions', 'submission']],
  ['/experiments', 'Experiments', 'e', ['experiments', 'experiment', 'recorder']],
  ['/queues', 'Queues', 'q', ['queues']],
  ['/workers', 'Workers', 'w', ['workers']],
];

const THEMES = ['auto', 'light', 'dark'];
const THEME = 'windrow.theme';

function theme() {
  const kept = localStorage.getItem(THEME);
  return THEMES.includes(kept) ? kept : 'auto';
}

const dark = matchMedia('(prefers-color-scheme: dark)');

/** Light or dark, as chosen or else as the system is. Charts draw themselves again. */
function wear() {
  const name = theme();
  document.documentElement.dataset.theme = name !== 'auto' ? name : dark.matches ? 'dark' : 'light';
  window.dispatchEvent(new Event('theme'));
}

dark.addEventListener('change', wear);
wear();

function nextTheme(page) {
  const next = THEMES[(THEMES.indexOf(theme()) + 1) % THEMES.length];
  localStorage.setItem(THEME, next);
  wear();
  page.update();
}

export const shell = (page, content) => html`
  <a class="skip" href="#main">To the content</a>
  <header>
    <a class="brand" href="/"><img src="/assets/icon.svg" alt="" width="24" height="24">Windrow</a>
    <nav aria-label="Main">
      ${PLACES.map(([to, name, key, pages]) => html`
        <a href=${to} aria-current=${pages.includes(page.name) ? 'page' : nothing} title="g ${key}">${name}</a>`)}
    </nav>
    <div class="aside">
      ${page.connected === null ? nothing : page.connected
        ? html`<span class="live on" title="What happens is shown as it happens">live</span>`
        : html`<span class="live off" role="status" title="The stream of events is cut; it is tried again">reconnecting</span>`}
      <button class="quiet" @click=${() => nextTheme(page)} title="Colours: ${theme()}"
        aria-label="Colours: ${theme()}. Change them">${{auto: '◐', light: '☀', dark: '☾'}[theme()]}</button>
      <button class="quiet" @click=${help} aria-label="Keys" title="Keys (?)">?</button>
      ${page.session.name ? html`
        <span class="who" title="Scope: ${page.session.scope}">${page.session.name}</span>
        <button class="quiet" @click=${async () => {
          await page.session.signOut();
          page.go('/sign-in');
        }}>Sign out</button>` : nothing}
    </div>
  </header>
  <main id="main" tabindex="-1">${content}</main>`;

/** The heading of a page, with what can be done there. */
export const heading = (title, {above = nothing, beside = nothing, actions = nothing} = {}) => html`
  <div class="heading">
    <div>${above === nothing ? nothing : html`<p class="crumbs">${above}</p>`}<h1>${title} ${beside}</h1></div>
    <div class="actions">${actions}</div>
  </div>`;

const KEYS = [
  ...PLACES.map(([, name, key]) => [`g ${key}`, name]),
  ['/', 'Search or filter, where there is a field for it'],
  ['↑ ↓ Home End', 'Rows of a rolling map, once one of them is chosen'],
  ['Enter', 'Open what is chosen'],
  ['?', 'These keys'],
];

function help() {
  const dialog = document.createElement('dialog');
  dialog.setAttribute('aria-label', 'Keys');
  const list = document.createElement('dl');
  list.className = 'keys';
  for (const [key, what] of KEYS) {
    const term = document.createElement('dt');
    for (const one of key.split(' ')) {
      const cap = document.createElement('kbd');
      cap.textContent = one;
      term.append(cap, ' ');
    }
    const meaning = document.createElement('dd');
    meaning.textContent = what;
    list.append(term, meaning);
  }
  const close = document.createElement('button');
  close.textContent = 'Close';
  close.addEventListener('click', () => dialog.close());
  dialog.append(list, close);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** Keys that hold everywhere but where somebody types. */
export function keys(to) {
  let before = '';
  let timer;
  document.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, select, textarea, dialog')) {
      return;
    }
    const place = before === 'g' && PLACES.find(([, , key]) => key === event.key);
    clearTimeout(timer);
    before = event.key;
    timer = setTimeout(() => (before = ''), 1200);
    if (place) {
      to(place[0]);
    } else if (event.key === '?') {
      help();
    } else if (event.key === '/') {
      const field = document.querySelector('main input[type=search]');
      if (field) {
        event.preventDefault();
        field.focus();
      }
    }
  });
}

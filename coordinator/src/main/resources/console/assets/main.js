/** Finds the page of an address, draws it in the shell, and goes to the next one. */

import {html, render} from '/webjars/lit-html/lit-html.js';
import {signedOut} from './api.js';
import {Session} from './session.js';
import {keys, shell} from './shell.js';
import {empty, failure} from './ui.js';

const ROUTES = [
  ['/', 'overview'],
  ['/pools', 'pools'],
  ['/pools/:name', 'pool'],
  ['/tasks/:id', 'task'],
  ['/submissions', 'submissions'],
  ['/submissions/:id', 'submission'],
  ['/experiments', 'experiments'],
  ['/experiments/:name', 'experiment'],
  ['/recorders/:id', 'recorder'],
  ['/queues', 'queues'],
  ['/workers', 'workers'],
  ['/sign-in', 'sign-in'],
];

/** Other tabs of this browser share the session. */
const tabs = new BroadcastChannel('windrow.session');

const root = document.getElementById('app');
root.replaceChildren();
const session = new Session();
let page = null;

function match(pathname) {
  const parts = pathname.replace(/(.)\/$/, '$1').split('/');
  for (const [pattern, name] of ROUTES) {
    const wanted = pattern.split('/');
    if (wanted.length !== parts.length) {
      continue;
    }
    const params = {};
    if (wanted.every((want, i) => want.startsWith(':')
      ? parts[i] !== '' && (params[want.slice(1)] = decodeURIComponent(parts[i])) !== ''
      : want === parts[i])) {
      return {name, params};
    }
  }
  return null;
}

/** What a page knows and may ask for. It ends with its signal. */
class Page {
  constructor(name, params) {
    this.name = name;
    this.params = params;
    this.query = new URLSearchParams(location.search);
    this.session = session;
    this.leaving = new AbortController();
    this.signal = this.leaving.signal;
    this.connected = null;
    this.title = '';
    this.view = () => html`<p class="loading" role="status">Loading ...</p>`;
    this.update = () => this.schedule();
    this.go = go;
  }

  /** Draws at most once a frame. */
  schedule() {
    if (!this.drawing && !this.signal.aborted) {
      this.drawing = requestAnimationFrame(() => {
        this.drawing = 0;
        if (!this.signal.aborted) {
          draw();
        }
      });
    }
  }

  /** Whether the stream of events is there. */
  live(connected) {
    if (this.connected !== connected) {
      this.connected = connected;
      this.update();
    }
  }

  /** Keeps a choice in the address, so that a link shows the same. */
  keep(name, value) {
    if (value === null || value === undefined || value === '') {
      this.query.delete(name);
    } else {
      this.query.set(name, value);
    }
    const query = this.query.toString();
    history.replaceState(null, '', location.pathname + (query ? '?' + query : ''));
    this.update();
  }

  /** Does something now and again while the page is there and seen. */
  every(milliseconds, work) {
    const timer = setInterval(() => document.hidden || work(), milliseconds);
    this.signal.addEventListener('abort', () => clearInterval(timer));
  }
}

function draw() {
  document.title = page.title ? `${page.title} · Windrow` : 'Windrow';
  render(shell(page, page.view()), root);
}

async function open({focus = true} = {}) {
  page?.leaving.abort();
  const found = match(location.pathname);
  page = new Page(found?.name ?? '', found?.params ?? {});
  const here = page;
  if (session.known) {
    if (turnedAway(here)) {
      return;
    }
  } else {
    // The page need not wait for it: who may not see what it asks for gets no answer.
    session.ask().then(() => here.signal.aborted || turnedAway(here) || here.update());
  }
  if (!found) {
    here.title = 'Not found';
    here.view = () => empty('There is no such page', html`<a href="/">To the overview</a>`);
    draw();
    return;
  }
  try {
    const {default: fill} = await import(`./pages/${here.name}.js`);
    if (here.signal.aborted) {
      return;
    }
    fill(here);
  } catch (error) {
    here.view = () => failure(error, () => location.reload());
  }
  draw();
  if (focus) {
    (document.querySelector('main [autofocus]') ?? document.getElementById('main'))?.focus({preventScroll: true});
    window.scrollTo(0, 0);
  }
}

/** An address of this console only: a link may not lead elsewhere after the sign-in. */
const wayBack = to => (/^\/(?![/\\])/.test(to ?? '') ? to : '/');

/** Leads who must sign in to where he can, and who has to where he wanted. */
function turnedAway(here) {
  const signingIn = here.name === 'sign-in';
  if (session.mustSignIn && !signingIn) {
    go('/sign-in?to=' + encodeURIComponent(location.pathname + location.search), {replace: true});
    return true;
  }
  if (signingIn && session.security === 'tokens' && session.scope !== null) {
    go(wayBack(here.query.get('to')), {replace: true});
    return true;
  }
  return false;
}

/** To another page of the console. */
function go(to, {replace = false} = {}) {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  open();
}

document.addEventListener('click', event => {
  const link = event.target.closest?.('a[href]');
  if (!link || event.defaultPrevented || event.button !== 0
    || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey
    || link.target || link.hasAttribute('download') || link.origin !== location.origin
    || link.pathname.startsWith('/api/') || link.hash) {
    return;
  }
  event.preventDefault();
  go(link.href);
});
window.addEventListener('popstate', () => open());
tabs.addEventListener('message', () => {
  session.forget();
  open({focus: false});
});
session.addEventListener('changed', () => tabs.postMessage('changed'));
signedOut.addEventListener('signed-out', () => {
  if (page?.name !== 'sign-in') {
    session.forget();
    go('/sign-in?to=' + encodeURIComponent(location.pathname + location.search), {replace: true});
  }
});
keys(go);
open({focus: false});

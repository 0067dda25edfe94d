/** What happens in the cluster, as it happens: one stream of server-sent events a page. */

import {get, signedOut} from './api.js';

const AGAIN = 5000;

/**
 * Listens until the signal ends it. A page that nobody sees does not: a browser opens few
 * connections to one address, and a stream holds one. Seen again, it reads everything anew.
 *
 * @param scope {pool} or {submission} or {}
 * @param handlers by event: pools, tasks, workers, reset; and status(connected)
 */
export function listen(scope, handlers, signal) {
  const query = new URLSearchParams(scope).toString();
  let source = null;
  let timer;

  function open() {
    source = new EventSource('/api/v1/events' + (query ? '?' + query : ''));
    source.addEventListener('open', () => handlers.status?.(true));
    source.addEventListener('error', () => {
      handlers.status?.(false);
      // A browser comes back by itself after a cut, but not after an answer that is no stream.
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(refused, AGAIN);
      }
    });
    for (const name of ['pools', 'tasks', 'workers', 'reset']) {
      if (handlers[name]) {
        source.addEventListener(name, event => handlers[name](JSON.parse(event.data)));
      }
    }
  }

  function close() {
    clearTimeout(timer);
    source?.close();
    source = null;
  }

  /** The answer was no stream: perhaps nobody is signed in any more. */
  async function refused() {
    try {
      const {security, scope: may} = await get('/session', {signal});
      if (security === 'tokens' && may === null) {
        signedOut.dispatchEvent(new Event('signed-out'));
        return;
      }
    } catch {
      // The coordinator is away: tried again like a cut.
    }
    if (!signal.aborted && !document.hidden) {
      open();
    }
  }

  function seen() {
    if (document.hidden) {
      close();
    } else if (!source) {
      open();
      handlers.reset?.();
    }
  }

  document.addEventListener('visibilitychange', seen);
  signal.addEventListener('abort', () => {
    document.removeEventListener('visibilitychange', seen);
    close();
  });
  if (!document.hidden) {
    open();
  }
}

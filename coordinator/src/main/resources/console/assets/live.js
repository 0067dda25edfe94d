/** What happens in the cluster, as it happens: one stream of server-sent events a page. */

const AGAIN = 5000;

/**
 * Listens until the signal ends it.
 *
 * @param scope {pool} or {submission} or {}
 * @param handlers by event: pools, tasks, workers, reset; and status(connected)
 */
export function listen(scope, handlers, signal) {
  const query = new URLSearchParams(scope).toString();
  let source;
  let timer;

  function open() {
    source = new EventSource('/api/v1/events' + (query ? '?' + query : ''));
    source.addEventListener('open', () => handlers.status?.(true));
    source.addEventListener('error', () => {
      handlers.status?.(false);
      // A browser comes back by itself after a cut, but not after an answer that is no stream.
      if (source.readyState === EventSource.CLOSED) {
        timer = setTimeout(open, AGAIN);
      }
    });
    for (const name of ['pools', 'tasks', 'workers', 'reset']) {
      if (handlers[name]) {
        source.addEventListener(name, event => handlers[name](JSON.parse(event.data)));
      }
    }
  }

  open();
  signal.addEventListener('abort', () => {
    clearTimeout(timer);
    source.close();
  });
}

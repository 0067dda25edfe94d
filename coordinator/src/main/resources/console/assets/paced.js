/**
 * Work that many things ask for: done at most once in so many milliseconds, and never twice at the
 * same time. What takes long is done more seldom.
 */
export function paced(milliseconds, work, signal) {
  let wanted = false;
  let busy = false;
  let began = -Infinity;
  let took = 0;

  async function run() {
    busy = true;
    while (wanted && !signal.aborted) {
      const rest = began + Math.max(milliseconds, 4 * took) - performance.now();
      await new Promise(resolve => setTimeout(resolve, Math.max(0, rest)));
      wanted = false;
      began = performance.now();
      await work();
      took = performance.now() - began;
    }
    busy = false;
  }

  return () => {
    wanted = true;
    if (!busy) {
      run();
    }
  };
}

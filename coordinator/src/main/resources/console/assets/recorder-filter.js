/** A filter of recorders as one types it: words, and conditions on metrics. */

const CONDITION = /^metrics\.(?:"([^"]+)"|'([^']+)'|(.+?))\s*(<=|>=|!=|=|<|>)\s*(\S+)$/;

const HOLDS = {
  '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>': (a, b) => a > b, '>=': (a, b) => a >= b, '=': (a, b) => a === b, '!=': (a, b) => a !== b,
};

/** What the text says of a recorder's window: {holds(window)}, or {problem} if it cannot be read. */
export function condition(text) {
  const tests = [];
  for (const one of text.split(/,|\sand\s/).map(term => term.trim()).filter(Boolean)) {
    if (!one.startsWith('metrics.')) {
      const word = one.toLowerCase();
      tests.push(w => w.series.toLowerCase().includes(word) || w.id.startsWith(word)
        || (w.task ?? '').startsWith(word) || (w.test?.[0] ?? '').startsWith(word));
      continue;
    }
    const [, ...parts] = CONDITION.exec(one) ?? [];
    const name = parts[0] ?? parts[1] ?? parts[2];
    const value = Number(parts[4]);
    if (name === undefined || Number.isNaN(value)) {
      return {problem: `'${one}' is no condition: one is metrics.NAME, an operator (< <= = != >= >) and a number, as in metrics.IC > 0.02`};
    }
    tests.push(w => w.metrics[name] !== undefined && w.metrics[name] !== null && HOLDS[parts[3]](w.metrics[name], value));
  }
  return {holds: w => tests.every(test => test(w))};
}

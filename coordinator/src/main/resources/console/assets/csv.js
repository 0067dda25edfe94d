/** Tables as files of comma-separated values. */

const quoted = value => (/[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);

function text(value) {
  return value === null || value === undefined || Number.isNaN(value) ? '' : quoted(String(value));
}

/** The rows of a table; a column gives what its `plain` gives, or else what it is sorted by. */
export function csv(columns, rows) {
  const given = columns.filter(c => c.plain ?? c.sort);
  return [given.map(c => quoted(c.name)), ...rows.map(row => given.map(c => text((c.plain ?? c.sort)(row))))]
    .map(cells => cells.join(',') + '\r\n').join('');
}

/** Tables as CSV (RFC 4180). */

export type Cell = string | number | boolean | null | undefined;
export type Row = Record<string, Cell>;

/** Rows as text, with the columns of the first row, or the ones given. */
export function csv(rows: readonly Row[], columns: readonly string[] = Object.keys(rows[0] ?? {})): string {
  const lines = [columns.map(cell), ...rows.map((row) => columns.map((name) => cell(row[name])))];
  return lines.map((line) => `${line.join(',')}\r\n`).join('');
}

function cell(value: Cell): string {
  if (value === null || value === undefined) return '';
  const text = String(value);
  // A spreadsheet takes a text that begins so for a formula; documents are written by anybody.
  const safe = typeof value === 'string' && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

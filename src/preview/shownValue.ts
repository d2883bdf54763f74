/** A value of a columnar file as a cell: dates and times as ISO text, structures as JSON, bytes as hexadecimal; `null` is NULL. */
export function shownValue(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'string') return value;
  if (value instanceof Date) return shownDate(value);
  if (value instanceof Uint8Array) return `0x${Buffer.from(value.subarray(0, 64)).toString('hex')}`;
  if (typeof value === 'object') return JSON.stringify(value, plain);
  return typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}

function shownDate(date: Date): string {
  if (Number.isNaN(date.getTime())) return 'a date out of range';
  const text = date.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('T', ' ').replace(/\.?0*Z$/, '');
}

function plain(_: string, value: unknown): unknown {
  // In JSON a whole number is one: only what a double cannot hold is quoted.
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  return typeof value === 'bigint' || value instanceof Uint8Array ? shownValue(value) : value;
}

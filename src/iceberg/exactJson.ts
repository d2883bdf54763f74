/**
 * Parses JSON with whole numbers of 16 digits and more left as strings of their digits: the snapshot ids of Iceberg
 * have 64 bits, which a JavaScript number would round.
 */
export function parseExactJson(text: string): unknown {
  // Strings are matched first, so that digits inside of them stay.
  const safe = text.replaceAll(/"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/gs, (found) =>
    /^-?\d{16,}$/.test(found) ? `"${found}"` : found,
  );
  return JSON.parse(safe);
}

/** An object that came in as JSON. */
export type JsonRecord = Readonly<Record<string, unknown>>;

/** True for an object that is no list. */
export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The objects of a list, nothing for what is none. */
export function records(value: unknown): readonly JsonRecord[] {
  return Array.isArray(value) ? value.filter(isRecord) : [];
}

/** A string as it is, a number or bigint in digits; undefined for anything else. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'bigint' ? String(value) : undefined;
}

/** A number, also from its digits; undefined for what is none. */
export function numberOf(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value === 'bigint') return Number(value);
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : undefined;
}

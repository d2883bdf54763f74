import type { Column } from '../catalog/catalog';

/** A part of a date in a template. */
export type DateField = 'y' | 'M' | 'd' | 'H' | 'm' | 's';

/** A date format cut up: fields with the digits they take, and what stands between them. */
export type DatePiece =
  | { readonly kind: 'field'; readonly field: DateField; readonly digits: number }
  | { readonly kind: 'literal'; readonly text: string };

/** Coarsest first. */
const order: readonly DateField[] = ['y', 'M', 'd', 'H', 'm', 's'];

/**
 * Reads a format in the letters of Java's DateTimeFormatter, which Athena's `projection.KEY.format` has too: `yyyy`,
 * `MM`, `dd`, `HH`, `mm`, `ss`, one letter for numbers without a leading zero, text in quotes. A sentence says what
 * is wrong with any other.
 */
export function readDateFormat(format: string): readonly DatePiece[] | string {
  const pieces: DatePiece[] = [];
  for (const [part] of format.matchAll(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z']+|'/g)) {
    const letter = part.charAt(0);
    if (letter === "'") {
      if (part.length < 2) return `${format} has a quote that is not closed`;
      pieces.push({ kind: 'literal', text: part === "''" ? "'" : part.slice(1, -1) });
    } else if (/[A-Za-z]/.test(letter)) {
      const field = order.find((one) => one === letter);
      const fits = field === 'y' ? part.length === 4 : part.length <= 2;
      if (field === undefined || !fits)
        return `${part} in ${format} is not one of yyyy, MM, dd, HH, mm and ss`;
      pieces.push({ kind: 'field', field, digits: part.length });
    } else pieces.push({ kind: 'literal', text: part });
  }
  const fields = pieces.flatMap((piece) => (piece.kind === 'field' ? [piece.field] : []));
  if (fields.length === 0) return `${format} names no part of a date`;
  return pieces;
}

/** The first part of a date that is missing below the finest one given; undefined: it is whole from the year on. */
export function missingField(fields: ReadonlySet<DateField>): DateField | undefined {
  const finest = Math.max(...order.map((field, index) => (fields.has(field) ? index : -1)));
  return order.slice(0, finest + 1).find((field) => !fields.has(field));
}

/** A regular expression for a field of so many digits: `1` is one or two. */
export function patternOf(digits: number): string {
  return digits === 1 ? '\\d{1,2}' : `\\d{${digits}}`;
}

/**
 * A date as a partition's value: in the format given, else as its key's type spells it (`2024-01-15`,
 * `2024-01-15 08:00:00`, `20240115` of a number), else ISO's as far as it is known (`2024-01-15`, `2024-01-15-08`).
 * Undefined for a day that there is not.
 */
export function writeDate(
  key: Column,
  parts: ReadonlyMap<DateField, string>,
  format?: readonly DatePiece[],
): string | undefined {
  const [y, M = 1, d = 1, H = 0, m = 0, s = 0] = order.map((field) => {
    const text = parts.get(field);
    return text === undefined ? undefined : Number(text);
  });
  if (y === undefined) return undefined;
  const date = new Date(Date.UTC(y, M - 1, d, H, m, s));
  if (
    date.getUTCMonth() !== M - 1 ||
    date.getUTCDate() !== d ||
    date.getUTCHours() !== H ||
    date.getUTCMinutes() !== m ||
    date.getUTCSeconds() !== s
  ) {
    return undefined;
  }
  const padded = (field: DateField, digits: number): string =>
    String(Number(parts.get(field) ?? 0)).padStart(digits, '0');
  if (format !== undefined) {
    return format
      .map((piece) => (piece.kind === 'literal' ? piece.text : padded(piece.field, piece.digits)))
      .join('');
  }
  const iso = date.toISOString();
  if (key.type === 'date') return iso.slice(0, 10);
  if (key.type.startsWith('timestamp')) return `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
  const known = order
    .filter((field) => parts.has(field))
    .map((field) => padded(field, field === 'y' ? 4 : 2));
  return /^(tinyint|smallint|int|integer|bigint)$/.test(key.type) ? known.join('') : known.join('-');
}

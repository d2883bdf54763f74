import type { Span } from '../../../base/text';
import type { QualifiedName, UtilityStatement } from '../../../sql/ast';

/** A VACUUM, read; spans are the statement's. */
export interface Vacuum {
  readonly form: 'FULL' | 'SORT ONLY' | 'DELETE ONLY' | 'REINDEX' | 'RECLUSTER';
  /** `VACUUM` and the words of its form. */
  readonly head: Span;
  /** As written, with its schema. */
  readonly table?: string;
  readonly tableName?: QualifiedName;
  /** `TO n PERCENT`. */
  readonly threshold?: Span & { readonly percent: number };
  readonly boost?: Span;
}

const shape =
  /^(VACUUM(?:\s+(FULL|SORT\s+ONLY|DELETE\s+ONLY|REINDEX|RECLUSTER)\b)?)(?:\s+(?!TO\s+\d|BOOST\s*$)((?:"[^"]+"|[\w$#]+)(?:\.(?:"[^"]+"|[\w$#]+))*))?(?:\s+(TO\s+(\d+(?:\.\d+)?)\s+PERCENT))?(?:\s+(BOOST))?\s*$/i;

/** Reads a VACUUM in the words that Redshift knows; undefined for any other statement, and for words it does not know. */
export function readVacuum(utility: UtilityStatement, text: string): Vacuum | undefined {
  if (!utility.verb.startsWith('VACUUM')) return undefined;
  const match = shape.exec(text.slice(utility.start, utility.end));
  if (match === null) return undefined;
  const [whole, head = '', form, table, threshold, percent, boost] = match;
  // PostgreSQL's words in the place of a table.
  if (table !== undefined && /^(ANALYZE|VERBOSE|FREEZE|TO|BOOST)$/i.test(table)) return undefined;
  const at = (part: string): Span => {
    const start = utility.start + whole.lastIndexOf(part);
    return { start, end: start + part.length };
  };
  return {
    form: formOf(form),
    head: { start: utility.start, end: utility.start + head.length },
    ...(table === undefined ? {} : { table }),
    ...(table === undefined || utility.name === undefined ? {} : { tableName: utility.name }),
    ...(threshold === undefined ? {} : { threshold: { ...at(threshold), percent: Number(percent) } }),
    ...(boost === undefined ? {} : { boost: at(boost) }),
  };
}

function formOf(words = 'FULL'): Vacuum['form'] {
  const form = words.toUpperCase().replace(/\s+/, ' ');
  return form === 'SORT ONLY' || form === 'DELETE ONLY' || form === 'REINDEX' || form === 'RECLUSTER'
    ? form
    : 'FULL';
}

import type { Span } from '../../../base/text';
import type { ColumnDefinition, CreateTable, CreateTableAs, Option, QualifiedName } from '../../../sql/ast';
import type { Fix } from '../../finding';
import { isTemporaryTable } from '../../fileFacts';

/** One place where a CREATE TABLE chooses a key, with the columns it names. */
export interface KeyClause {
  /** `column` stands behind a column, `table` behind the list of columns. */
  readonly form: 'column' | 'table';
  readonly option: Option;
  readonly columns: readonly string[];
}

/** Every DISTKEY or SORTKEY of a table, column forms first. */
export function keyClauses(
  table: CreateTable | CreateTableAs,
  key: 'DISTKEY' | 'SORTKEY',
): readonly KeyClause[] {
  const ofColumns = table.columns.flatMap((column) =>
    column.options
      .filter((option) => option.key === key)
      .map((option): KeyClause => ({ form: 'column', option, columns: [column.name.name] })),
  );
  const ofTable = table.options
    .filter((option) => option.key === key || option.key === `${key} AUTO`)
    .map((option): KeyClause => ({ form: 'table', option, columns: itemNames(option) }));
  return [...ofColumns, ...ofTable];
}

/** The interleaved sort keys of a table. */
export function interleaved(table: CreateTable | CreateTableAs): readonly KeyClause[] {
  return keyClauses(table, 'SORTKEY').filter(({ option }) => option.value?.toUpperCase() === 'INTERLEAVED');
}

/** A fix that makes an interleaved sort key a compound one. */
export function toCompound({ valueSpan }: Option): readonly Fix[] {
  if (valueSpan === undefined) return [];
  return [{ title: 'Change to COMPOUND SORTKEY', edits: [{ ...valueSpan, text: 'COMPOUND' }] }];
}

/** The DISTSTYLE clause of a table; its value is AUTO, EVEN, ALL or KEY. */
export function distStyle(table: CreateTable): Option | undefined {
  return table.options.find(({ key }) => key === 'DISTSTYLE');
}

/** The definition of a column by name; names compare without case. */
export function columnNamed(table: CreateTable, name: string): ColumnDefinition | undefined {
  return table.columns.find((column) => column.name.name.toLowerCase() === name.toLowerCase());
}

/** The columns that an option lists in parentheses, without quotes. */
export function itemNames(option: Option): readonly string[] {
  return (option.items ?? []).map(({ text }) => text.replace(/^"(.*)"$/s, '$1'));
}

/** A column type that holds a day or a moment. */
export function isDateOrTimestamp(column: ColumnDefinition | undefined): boolean {
  return /^(date|timestamp|timestamptz|datetime)$/.test(column?.type?.base ?? '');
}

/**
 * Whether a table is one that somebody should lay out: it lasts, has columns of its own, is not a staging,
 * scratch or backup table by its name, and takes nothing over from another table.
 */
export function isLaidOut(table: CreateTable): boolean {
  return (
    !table.external &&
    table.like === undefined &&
    table.columns.length > 0 &&
    !isTemporaryTable(table) &&
    !isPassing(table.name)
  );
}

/** Whether the name of a table or its schema says that it is for staging, scratch or backup. */
export function isPassing({ parts }: QualifiedName): boolean {
  return parts.some(({ name }) => passing.test(name));
}

const passing =
  /^(stg|staging|stage|tmp|temp|scratch|work|wrk|bkp|backup|bak)(_|$)|_(stg|staging|tmp|temp|bkp|backup|bak|old|copy)(_?\d*)$/i;

/** The name under which a statement makes its table, for messages. */
export function tableName(table: {
  readonly name: { readonly parts: readonly { readonly name: string }[] };
}): string {
  return table.name.parts.map(({ name }) => name).join('.');
}

/** The parts of a name, for the catalog. */
export function nameParts(name: { readonly parts: readonly { readonly name: string }[] }): readonly string[] {
  return name.parts.map((part) => part.name);
}

/** The entry with the highest count of at least `least`; the first one on a tie. */
export function mostUsed(
  counts: ReadonlyMap<string, number>,
  least: number,
): { readonly name: string; readonly count: number } | undefined {
  let best: { name: string; count: number } | undefined;
  for (const [name, count] of counts) {
    if (count >= least && count > (best?.count ?? 0)) best = { name, count };
  }
  return best;
}

/** Rows as people say them: `120 million rows`. */
export function rowsInWords(rows: number): string {
  if (rows >= 1e9) return `${round(rows / 1e9)} billion rows`;
  if (rows >= 1e6) return `${round(rows / 1e6)} million rows`;
  return `${rows.toLocaleString('en-US')} rows`;
}

function round(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toFixed(1).replace(/\.0$/, '');
}

/** An insertion at one place. */
export function insertion(at: number, text: string): Span & { readonly text: string } {
  return { start: at, end: at, text };
}

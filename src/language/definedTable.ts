import type { TableName } from '../catalog/catalog';
import type { ParsedStatement } from '../sql/ast';

/** The table or view that a statement makes, changes or drops; undefined for all others, and for a name without database where none is given. */
export function definedTable({ body }: ParsedStatement, database: string | undefined): TableName | undefined {
  if (
    body.kind !== 'CreateTable' &&
    body.kind !== 'CreateTableAs' &&
    body.kind !== 'CreateView' &&
    body.kind !== 'AlterTable' &&
    !(body.kind === 'UtilityStatement' && /^(?:DROP (?:TABLE|VIEW)|MSCK\b)/.test(body.verb))
  )
    return undefined;
  const parts = body.name?.parts.map(({ name }) => name.toLowerCase()) ?? [];
  const name = parts.at(-1);
  const of = parts.at(-2) ?? database?.toLowerCase();
  return name === undefined || of === undefined ? undefined : { database: of, name };
}

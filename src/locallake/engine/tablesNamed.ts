import type { CatalogStore, TableName } from '../store/catalogStore';
import { tokensOf } from './lexer';

/**
 * The catalog tables whose names stand in a query, alone or after their database. A column of the same name counts too:
 * a table bound in vain costs little, and no scope analysis is needed.
 */
export function tablesNamed(
  { sql, database }: { readonly sql: string; readonly database: string },
  catalog: CatalogStore,
): readonly TableName[] {
  const tokens = tokensOf(sql);
  const found = new Map<string, TableName>();
  tokens.forEach((token, at) => {
    if (token.kind !== 'word' && token.kind !== 'quoted') return;
    const table = token.value.toLowerCase();
    const before = tokens[at - 1]?.text === '.' ? tokens[at - 2]?.value.toLowerCase() : undefined;
    for (const name of [
      { database: before ?? database, table },
      { database, table },
    ]) {
      if (catalog.findTable(name) !== undefined) found.set(`${name.database}.${table}`, name);
    }
  });
  return [...found.values()];
}

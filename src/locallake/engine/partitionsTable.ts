import { type CatalogStore, columnsOf } from '../store/catalogStore';
import { texts } from '../wire/input';
import { quoteName, quoteText, tokensOf } from './lexer';
import type { Session } from './session';
import { duckType } from './types';

/** Makes the tables `"name$partitions"` that a query names: the partition values that the catalog has. */
export async function bindPartitionTables(
  session: Session,
  { sql, database }: { readonly sql: string; readonly database: string },
  catalog: CatalogStore,
): Promise<void> {
  const tokens = tokensOf(sql);
  for (const [at, token] of tokens.entries()) {
    const table = /^(.+)\$partitions$/.exec(token.value.toLowerCase())?.[1];
    if (token.kind !== 'quoted' || table === undefined) continue;
    const name = {
      database: tokens[at - 1]?.text === '.' ? (tokens[at - 2]?.value.toLowerCase() ?? database) : database,
      table,
    };
    const found = catalog.findTable(name);
    if (found === undefined) continue;
    const keys = columnsOf(found.definition, 'PartitionKeys');
    const rows = [...found.partitions.values()].map(
      (each) => `(${texts(each, 'Values').map(quoteText).join(', ')})`,
    );
    const columns = keys
      .map((key) => `${quoteName(key.name)}::${duckType(key.type)} as ${quoteName(key.name)}`)
      .join(', ');
    const from =
      rows.length === 0
        ? `(select ${keys.map((key) => `null as ${quoteName(key.name)}`).join(', ')} where false)`
        : `(values ${rows.join(', ')}) v(${keys.map((key) => quoteName(key.name)).join(', ')})`;
    await session.connection.run(`create schema if not exists ${quoteName(name.database)}`);
    await session.connection.run(
      `create or replace view ${quoteName(name.database)}.${quoteName(`${table}$partitions`)} as select ${columns} from ${from}`,
    );
  }
}

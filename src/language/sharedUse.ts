import type { TableUse } from '../lint/rule';
import { addedUp, tableUse } from '../lint/tableUse';
import type { SqlDocument } from '../sql/document';

/** How a table is used, by its own name. */
export type Use = (table: string) => TableUse;

/** How a document, as it stands now, and all other files together use each table. */
export function withOwnUse(others: Use, { statements }: SqlDocument): Use {
  const own = tableUse(statements.map(({ parsed }) => parsed));
  return (table) => {
    const both = [others(table), own(table)].map((use) => new Map([[table, use]]));
    return addedUp(both).get(table) ?? own(table);
  };
}

import { formatBytes, formatUsd } from '../base/format';
import type { CatalogSnapshot } from '../catalog/catalog';
import { bytesRead } from '../lint/rules/athena/scanEstimate';
import { scanCost } from '../query/cost';
import { scansOf } from '../scan/scansOf';
import type { ParsedStatement } from '../sql/ast';

/** What one run of an Athena statement is estimated to read. */
export interface StatementCost {
  readonly bytes: number;
  readonly usd: number;
  /** Tables whose size or share is not known: the run reads more than `bytes`. */
  readonly unknown: number;
}

/** The estimate for a statement by the sizes that the catalog knows; undefined when it knows none of them. */
export function statementCost(
  statement: ParsedStatement,
  catalog: CatalogSnapshot,
): StatementCost | undefined {
  const { body } = statement;
  // A view and a plan read nothing by themselves.
  if (body.kind === 'CreateView' || (body.kind === 'WrapperStatement' && body.verb === 'EXPLAIN'))
    return undefined;
  let bytes = 0;
  let known = 0;
  let unknown = 0;
  for (const scan of scansOf(statement, catalog)) {
    const read = bytesRead(scan);
    if (read === undefined) unknown += 1;
    else {
      known += 1;
      bytes += read;
    }
  }
  return known === 0 ? undefined : { bytes, usd: scanCost(bytes), unknown };
}

/** `reads about 88 GB, $0.43 a run`. */
export function costText({ bytes, usd, unknown }: StatementCost): string {
  const amount = unknown === 0 ? 'about' : 'at least';
  return `reads ${amount} ${formatBytes(bytes)}, ${formatUsd(usd)} a run`;
}

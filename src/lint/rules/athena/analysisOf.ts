import type { CatalogSnapshot } from '../../../catalog/catalog';
import { analyse, type ScanAnalysis } from '../../../scan/scansOf';
import type { ParsedStatement } from '../../../sql/ast';
import type { RuleContext } from '../../rule';

interface Known {
  readonly statement: ParsedStatement;
  readonly analysis: ScanAnalysis;
}

const known = new WeakMap<CatalogSnapshot, Known>();

/**
 * How the statement of a context reads. All rules are given one catalog for one statement, which does not change
 * while they run: whether the tables are still the same need not be asked for each of them.
 */
export function analysisOf({ statement, catalog }: RuleContext): ScanAnalysis {
  const before = known.get(catalog);
  if (before?.statement === statement) return before.analysis;
  const analysis = analyse(statement, catalog);
  known.set(catalog, { statement, analysis });
  return analysis;
}

import type { Span } from '../base/text';
import type { CatalogSnapshot } from '../catalog/catalog';
import { fileSpan } from '../documents/mappedText';
import type { Finding } from '../lint/finding';
import type { LakeFile } from '../lint/openFile';
import { isAtLeast } from '../lint/settings';
import { statementCost, type StatementCost } from './statementCost';

/** A statement with findings, and what one run of it is estimated to read. */
export interface CostlyStatement extends Span {
  readonly cost: StatementCost;
  /** Above hint, in the order of their places. */
  readonly findings: readonly Finding[];
}

/** The Athena statements of a file that have findings and whose reading can be estimated; offsets are the file's. */
export function costsIn(
  file: LakeFile,
  findings: readonly Finding[],
  catalog: CatalogSnapshot,
): CostlyStatement[] {
  const worth = findings.filter(({ severity }) => isAtLeast(severity, 'information'));
  if (worth.length === 0) return [];
  const texts = file.kind === 'sql' ? [file] : file.embedded;
  return texts.flatMap((one) => {
    const { document } = one;
    if (document.dialect !== 'athena') return [];
    return document.statements.flatMap(({ start, end, parsed }): CostlyStatement[] => {
      const span = 'sql' in one ? fileSpan(one.sql, { start, end }) : { start, end };
      const own = worth.filter((finding) => span.start <= finding.start && finding.start <= span.end);
      const cost = own.length === 0 ? undefined : statementCost(parsed, catalog);
      return cost === undefined ? [] : [{ ...span, cost, findings: own }];
    });
  });
}

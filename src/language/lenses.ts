import type { Span } from '../base/text';
import type { Finding, Severity } from '../lint/finding';
import type { SqlDocument } from '../sql/document';

/** What stands above a statement; offsets are the document's. */
export interface Lens extends Span {
  readonly kind: 'run' | 'summary';
  readonly title: string;
  /** The finding that a summary comes from. */
  readonly finding?: Finding;
}

/** What a finding means for the whole statement, strongest first; only of the severities given. */
const summaries: readonly {
  readonly codes: readonly string[];
  readonly severities: readonly Severity[];
  readonly title: string;
}[] = [
  {
    codes: ['SQL001', 'ATH108', 'ATH109', 'ATH301'],
    severities: ['error'],
    title: 'Athena will reject this',
  },
  {
    codes: ['ATH101', 'ATH113', 'ATH103'],
    severities: ['error', 'warning', 'information'],
    title: 'reads all partitions',
  },
];

/**
 * `▶ Run` above each statement that Athena can run, and behind it the one thing worth knowing before,
 * where a finding says so. Redshift statements are not run here: they get none.
 */
export function lensesOf(document: SqlDocument, findings: readonly Finding[]): Lens[] {
  if (document.dialect !== 'athena') return [];
  return document.statements.flatMap(({ start, end }) => {
    const own = findings.filter(
      (finding) => start <= finding.start && finding.start < Math.max(end, start + 1),
    );
    return [{ start, end, kind: 'run' as const, title: '▶ Run' }, ...summaryOf(own, { start, end })];
  });
}

function summaryOf(findings: readonly Finding[], span: Span): Lens[] {
  for (const { codes, severities, title } of summaries) {
    const finding = findings.find(
      ({ code, severity }) => codes.includes(code) && severities.includes(severity),
    );
    if (finding !== undefined) return [{ ...span, kind: 'summary', title, finding }];
  }
  return [];
}

import type { Span } from '../base/text';

/** A rule that sees the same defect more exactly, and the rules it then speaks for. */
const speaksFor: Readonly<Record<string, readonly string[]>> = {
  ATH110: ['ATH101'],
  ATH111: ['ATH101'],
  ATH112: ['ATH101'],
  ATH113: ['ATH101', 'ATH102'],
  ATH201: ['SQL001'],
  ATH202: ['SQL001'],
  ATH211: ['SQL001'],
  ATH301: ['ATH315'],
  ATH502: ['ATH501'],
  RS107: ['RS108'],
  RS117: ['SQL001'],
  RS215: ['SQL001'],
  RS305: ['RS302'],
  S3L03: ['S3L02'],
  S3L05: ['S3L04'],
};

/** What the precedence needs to know of a finding. */
export interface Ranked {
  readonly code: string;
  /** What it is about; without one, its whole statement. */
  readonly subject?: Span;
}

/** One defect, one finding: drops what a more exact rule already says of the same subject in one statement. */
export function withoutLesser<T extends Ranked>(findings: readonly T[]): readonly T[] {
  if (findings.length < 2) return findings;
  return findings.filter(
    (finding) =>
      !findings.some(
        (other) => speaksFor[other.code]?.includes(finding.code) === true && sameSubject(other, finding),
      ),
  );
}

function sameSubject({ subject: a }: Ranked, { subject: b }: Ranked): boolean {
  return a === undefined || b === undefined || (a.start === b.start && a.end === b.end);
}

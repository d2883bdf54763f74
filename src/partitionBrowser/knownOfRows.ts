import { formatBytes } from '../base/format';
import type { PartitionsView } from '../grid/partitionMessages';
import { catalogFindings, plural } from './catalogFindings';
import { chartBars } from './chart';
import type { Finding } from './finding';
import { measureFindings } from './measureFindings';
import type { BrowserState } from './session';

/** What takes a walk over all rows: made when they change, and not for each line of progress. */
export interface KnownOfRows {
  readonly findings: readonly Finding[];
  readonly bars: PartitionsView['bars'];
  /** `4.2 GB in 1,200 files`; absent until something was listed. */
  readonly total?: string;
}

/** How new the data should be, and what time it is. */
export interface Expected {
  readonly now: Date;
  readonly expectedMs?: number;
  /** Why the expectation cannot be read. */
  readonly expectedProblem?: string;
}

/** Keeps what is known of a table's rows as long as it holds. */
export interface RowKnowledge {
  /** Made anew only where rows or a measurement have come; while something is under way, what was known stands. */
  of(state: BrowserState, expected: () => Expected): KnownOfRows;
  /** Time or settings have changed: the next one is made anew. */
  forget(): void;
}

/** Nothing known yet; `onCatalog` is told whenever the catalog's side was gone through anew. */
export function rowKnowledge(onCatalog: (state: BrowserState) => void): RowKnowledge {
  let catalog: { readonly of: readonly unknown[]; readonly findings: readonly Finding[] } | undefined;
  let measured: { readonly of: readonly unknown[]; readonly known: KnownOfRows } | undefined;
  const isSame = (before: readonly unknown[] | undefined, now: readonly unknown[]): boolean =>
    before !== undefined && now.every((one, at) => one === before[at]);

  return {
    of(state, expected) {
      const { loader, problem, measurement, busy } = state;
      const ofCatalog = [loader, loader.rows.count, loader.complete, problem];
      if (catalog === undefined || (busy === undefined && !isSame(catalog.of, ofCatalog))) {
        catalog = { of: ofCatalog, findings: knownOfCatalog(state, expected()) };
        onCatalog(state);
      }
      const ofMeasurement = [measurement, problem];
      if (measured === undefined || !isSame(measured.of, ofMeasurement))
        measured = { of: ofMeasurement, known: knownOfMeasurement(state) };
      const { known } = measured;
      return { ...known, findings: [...catalog.findings, ...known.findings] };
    },
    forget() {
      catalog = undefined;
    },
  };
}

/** What the catalog's side of the rows tells: made when rows have come, and not when they stand in another order. */
function knownOfCatalog(
  { table, loader, filter, problem }: BrowserState,
  time: Expected,
): readonly Finding[] {
  const { rows, complete, twice } = loader;
  const filtered = filter.checked.kind === 'valid';
  return [
    ...(time.expectedProblem === undefined
      ? []
      : [{ severity: 'problem' as const, sentence: time.expectedProblem }]),
    ...(problem !== undefined && rows.count === 0
      ? []
      : catalogFindings({ table, rows, filtered, complete, twice, ...time })),
  ];
}

/** What a measurement tells: made once for each. */
function knownOfMeasurement({ table, loader: { rows }, measurement, problem }: BrowserState): KnownOfRows {
  if (measurement === undefined) return { findings: [], bars: [] };
  const { figures } = measurement;
  const registered =
    problem === undefined && table.parameters?.['projection.enabled']?.trim().toLowerCase() !== 'true';
  return {
    findings: measureFindings(rows, measurement, { registered }),
    bars: chartBars(rows, figures),
    total: `${formatBytes(sum(rows.count, figures.bytes))} in ${plural(sum(rows.count, figures.files), 'file')}`,
  };
}

function sum(rows: number, read: (row: number) => number | undefined): number {
  let all = 0;
  for (let row = 0; row < rows; row += 1) all += read(row) ?? 0;
  return all;
}

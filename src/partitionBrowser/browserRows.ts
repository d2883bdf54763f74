import { formatBytes, formatCount } from '../base/format';
import type { RowColumn, RowSource } from '../base/rows';
import { hiveNull } from '../zones/partitionPrefix';
import type { Figures, Orphan, PartitionState } from './figures';
import type { PartitionRows } from './partitionRows';

/** What the words of the state column mean is told by `PartitionState`. */
const stateWords: Readonly<Record<PartitionState, string>> = {
  data: 'data',
  empty: 'empty',
  missing: 'nothing in S3',
  placeless: 'no location',
  unlisted: 'not listed',
};

/** The rows of the browser as texts: partitions in an order, then folders that the catalog lacks. */
export function browserRows(shown: {
  readonly rows: PartitionRows;
  /** Absent: as they come, growing at the end. */
  readonly order?: Uint32Array;
  readonly isComplete: () => boolean;
  /** Once something was listed. */
  readonly measured?: { readonly figures: Figures; readonly orphans: readonly Orphan[] };
  /** What an orphan is called: `not in the catalog`. */
  readonly orphanWord: string;
}): RowSource {
  const { rows, order, measured, orphanWord } = shown;
  const columns: readonly RowColumn[] = [
    ...rows.keys.map(({ name, type }) => ({ name, type })),
    // What was measured is seen without scrolling: a location is long, and says again what the keys do.
    ...(measured === undefined
      ? []
      : [
          { name: 'state', type: 'of its files' },
          { name: 'files', type: 'numeric' },
          { name: 'bytes', type: 'numeric' },
          { name: 'newest object', type: 'time, UTC' },
        ]),
    { name: 'location', type: 's3 uri' },
    { name: 'created', type: 'time, UTC' },
  ];
  const value = (text: string): string | null => (text === hiveNull ? null : text);

  const texts = (at: number): (string | null)[] => {
    if (at >= placed()) return orphanTexts(measured?.orphans[at - placed()]);
    const row = order?.[at] ?? at;
    const figures = measured?.figures;
    return [
      ...rows.values(row).map(value),
      ...(figures === undefined
        ? []
        : [
            stateWords[figures.state(row)],
            count(figures.files(row)),
            bytes(figures.bytes(row)),
            time(figures.newest(row)),
          ]),
      rows.location(row) ?? '',
      time(rows.createdAt(row)),
    ];
  };
  const orphanTexts = (orphan: Orphan | undefined): (string | null)[] =>
    orphan === undefined
      ? []
      : [
          ...orphan.values.map(value),
          orphanWord,
          count(orphan.files),
          bytes(orphan.bytes),
          time(orphan.newest),
          orphan.location,
          '',
        ];

  const placed = (): number => order?.length ?? rows.count;
  const rowCount = (): number => placed() + (measured?.orphans.length ?? 0);
  return {
    columns,
    get rowCount() {
      return rowCount();
    },
    get final() {
      return shown.isComplete();
    },
    rows: ({ from, to, columnFrom, columnTo }) =>
      Array.from({ length: Math.max(0, Math.min(to, rowCount()) - from) }, (_, at) =>
        texts(from + at).slice(columnFrom, columnTo),
      ),
  };
}

// What is not known is no NULL: that is a value of a key.
function count(value: number | undefined): string {
  return value === undefined ? '' : formatCount(value);
}

function bytes(value: number | undefined): string {
  return value === undefined ? '' : formatBytes(value);
}

/** `2024-01-15 08:30`. */
function time(ms: number | undefined): string {
  return ms === undefined ? '' : new Date(ms).toISOString().slice(0, 16).replace('T', ' ');
}

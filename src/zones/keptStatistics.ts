import { formatBytes, formatCount } from '../base/format';
import { Problem } from '../base/problem';
import type { MeasuredPrefix } from './statistics';
import type { ZonePlace } from './zones';

/** Statistics of a place as they were at one moment. */
export interface KeptStatistics {
  readonly place: ZonePlace;
  readonly at: Date;
  readonly statistics: MeasuredPrefix;
}

/** The figures of it that a node shows. */
export interface StatisticsSummary {
  readonly at: Date;
  readonly objects: number;
  readonly bytes: number;
  readonly small: number;
  readonly smallBytes: number;
  /** Most bytes first. */
  readonly formats: readonly string[];
  readonly partitionKeys: readonly string[];
}

/** The few figures that are kept in memory for every place that was counted. */
export function summaryOf({ at, statistics }: KeptStatistics): StatisticsSummary {
  const { objects, bytes, small, smallBytes } = statistics;
  const partitionKeys = statistics.partitions.map(({ key }) => key);
  return { at, objects, bytes, small, smallBytes, formats: Object.keys(statistics.formats), partitionKeys };
}

/** `88 GB · 4,310 objects`. */
export function figuresOf({ objects, bytes }: Pick<StatisticsSummary, 'objects' | 'bytes'>): string {
  return `${formatBytes(bytes)} · ${formatCount(objects)} ${objects === 1 ? 'object' : 'objects'}`;
}

/** Fewer objects than this are never too many, however small. */
const fewObjects = 100;

/** A sentence where most of many objects are small; each costs a request and a task of its own in every scan. */
export function smallFileWarning(summary: StatisticsSummary): string | undefined {
  const { objects, small, smallBytes } = summary;
  if (objects < fewObjects || small * 2 < objects) return undefined;
  const share = Math.floor((100 * small) / objects);
  return `${share} % of the ${formatCount(objects)} objects are under ${formatBytes(smallBytes)}: queries spend their time opening files; write fewer and larger ones.`;
}

const version = 1;
/** Values of one partition key that a file holds. */
const mostValues = 5000;

/** The text of a file that keeps statistics. */
export function statisticsFile({ place, at, statistics }: KeptStatistics): string {
  const partitions = statistics.partitions.map((key) =>
    key.values.length <= mostValues ? key : { ...key, values: key.values.slice(0, mostValues), cut: true },
  );
  return JSON.stringify({ version, place, at, statistics: { ...statistics, partitions } });
}

/** Reads such a file; a Problem for one of a newer Lake Workbench, or one that is damaged. */
export function readStatisticsFile(text: string): KeptStatistics {
  const damaged = (): Problem =>
    new Problem('The kept statistics cannot be read: show them again to count anew.', 'invalid');
  let raw: unknown;
  try {
    raw = JSON.parse(text, (key, value: unknown) =>
      dates.has(key) && typeof value === 'string' ? new Date(value) : value,
    );
  } catch {
    throw damaged();
  }
  const file = raw as Partial<KeptStatistics & { readonly version: number }> | null;
  if (typeof file?.version === 'number' && file.version > version) {
    throw new Problem(
      'The kept statistics were written by a newer Lake Workbench: count them anew, or update this one.',
      'invalid',
    );
  }
  const { place, at, statistics } = file ?? {};
  if (place === undefined || !(at instanceof Date) || typeof statistics?.objects !== 'number')
    throw damaged();
  return { place, at, statistics };
}

const dates: ReadonlySet<string> = new Set(['at', 'newest', 'oldest']);

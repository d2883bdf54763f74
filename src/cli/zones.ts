import { formatBytes, formatCount, formatUsd } from '../base/format';
import { isCancel, Problem } from '../base/problem';
import { findZones } from '../zones/findZones';
import { expectedListCost, listCost } from '../zones/listPrice';
import { formatS3Uri, parseS3Uri } from '../zones/s3Uri';
import { searchObjects } from '../zones/search';
import { searchCostSentence, searchEstimate } from '../zones/searchCost';
import { type MeasuredPrefix, prefixStatistics } from '../zones/statistics';
import { defaultPatterns, type ZonePatterns, type ZonePlace } from '../zones/zones';
import { wrongUse } from './arguments';
import {
  optionFlag,
  optionText,
  optionTexts,
  type Command,
  type CommandContext,
  type ExitCode,
} from './command';
import { openLake, type Lake } from './lake';
import { progressOf } from './progress';
import { prefixLetter } from './prefixLetter';

/** A place with what was counted there, or why nothing was. */
interface ShownPlace extends ZonePlace {
  readonly uri: string;
  readonly statistics?: MeasuredPrefix;
  readonly problem?: string;
}

interface ShownZone {
  readonly name: string;
  readonly places: readonly ShownPlace[];
}

/** `lake-workbench zones`. */
export const command: Command = {
  name: 'zones',
  summary: 'list the zones of the lake',
  usage: '[S3-URI]',
  help: `
Sorts buckets into zones by their names, then the first-level prefixes of at most twenty of the other buckets; what
no name claims stands under Other.

--statistics also counts objects, bytes, formats, files under 1 MB and the newest object. This lists every object:
one request for each thousand, side by side. A place that may not be listed says so and the rest goes on.
zones --statistics s3://BUCKET/PREFIX counts one place, with storage classes, partition values, the largest objects
and what the listing cost; it needs no right to list buckets.

--search s3://BUCKET/GLOB prints the objects that match as they are found: * any characters but a slash, ? one, **
any folders. Only folders that can hold a match are listed.

--format json prints { "version": 1, "connection": { "name", "region" }, "zones": [{ "name", "places": [{ "bucket",
"prefix", "uri", "statistics": { "objects", "bytes", "small", "smallBytes", "sizes": [{ "under", "objects", "bytes"
}], "newest", "oldest", "formats": { NAME: { "objects", "bytes" } }, "storageClasses", "partitions": [{ "key", "cut",
"values": [{ "value", "objects", "bytes", "newest" }] }], "largest": [{ "key", "bytes" }], "cost": { "requests", "usd"
} }, "problem" }] }], "problems": ["…"] }; figures only with --statistics. With S3-URI: { "version": 1, "uri",
"statistics" }. With --search: { "version": 1, "search", "objects": [{ "uri", "bytes", "modifiedAt", "storageClass"
}], "cost" }.`,
  options: {
    statistics: { type: 'boolean', description: 'count objects, bytes and formats; lists everything' },
    search: { type: 'string', value: 'S3-GLOB', description: 'print the objects that match' },
    zone: {
      type: 'string',
      multiple: true,
      value: 'NAME=PATTERNS',
      description: 'names of a zone, separated by commas; * and ? are wildcards (repeatable)',
    },
  },
  async run(context) {
    const { options, signal, stdout, stderr } = context;
    const search = optionText(options, 'search');
    const [given] = context.arguments;
    if (context.arguments.length > 1 || (search !== undefined && given !== undefined)) {
      throw wrongUse(
        'zones takes one place: write lake-workbench zones --statistics s3://BUCKET/PREFIX, or zones --search s3://BUCKET/GLOB.',
      );
    }
    if (search !== undefined) return searched(search, context);
    if (given !== undefined) return counted(given, context);
    const lake = await openLake(context);
    const request = { connection: lake.connection, patterns: patternsOf(optionTexts(options, 'zone')) };
    const found = await findZones(lake.ports.store, request, signal);
    const claimed = found.zones.flatMap((zone) => zone.places.filter((place) => place.prefix !== ''));
    const zones: ShownZone[] = [];
    for (const zone of found.zones) {
      const places: ShownPlace[] = [];
      for (const place of zone.places) places.push(await shown(place, { lake, claimed, context }));
      zones.push({ name: zone.name, places });
    }
    const problems = found.problems.map((problem) => problem.message);
    if (optionText(options, 'format') === 'json') {
      const { name, region } = lake.connection;
      stdout.write(
        `${JSON.stringify({ version: 1, connection: { name, region }, zones, problems }, undefined, 2)}\n`,
      );
      return 0;
    }
    stdout.write(table(zones));
    if (!optionFlag(options, 'quiet')) for (const problem of problems) stderr.write(`note: ${problem}\n`);
    return 0;
  },
};

/** `zones --statistics s3://BUCKET/PREFIX`. */
async function counted(text: string, context: CommandContext): Promise<ExitCode> {
  const { options, stdout, stderr, signal } = context;
  const at = parseS3Uri(text);
  if (at === undefined || !optionFlag(options, 'statistics')) {
    throw wrongUse(`zones takes no ${text}: write lake-workbench zones --statistics s3://BUCKET/PREFIX.`);
  }
  const lake = await openLake(context);
  const uri = formatS3Uri(at);
  if (!optionFlag(options, 'quiet')) {
    const { requests, usd } = expectedListCost(1_000_000);
    stderr.write(
      `note: listing takes about ${formatCount(requests)} requests (${formatUsd(usd)} at list price) for each million objects\n`,
    );
  }
  const progress = progressOf(context);
  try {
    const statistics = await prefixStatistics(
      {
        store: lake.ports.store,
        connection: lake.connection,
        onProgress: (objects) => progress.show(`${uri}: ${formatCount(objects)} objects`),
      },
      { place: { bucket: at.bucket, prefix: at.key } },
      signal,
    );
    progress.clear();
    const json = optionText(options, 'format') === 'json';
    stdout.write(
      json
        ? `${JSON.stringify({ version: 1, uri, statistics }, undefined, 2)}\n`
        : prefixLetter(uri, statistics),
    );
    return 0;
  } finally {
    progress.clear();
  }
}

/** `zones --search s3://BUCKET/GLOB`: text as it is found, JSON at the end. */
async function searched(text: string, context: CommandContext): Promise<ExitCode> {
  const { options, stdout, stderr, signal } = context;
  const at = parseS3Uri(text);
  if (at === undefined || at.key === '') {
    throw wrongUse(
      `--search takes s3://BUCKET/GLOB and not ${text}: write --search 's3://BUCKET/raw/*.csv'.`,
    );
  }
  const lake = await openLake(context);
  const json = optionText(options, 'format') === 'json';
  const estimate = searchEstimate(at.key);
  if (!optionFlag(options, 'quiet')) {
    stderr.write(`note: ${searchCostSentence(at.bucket, at.key, estimate)}\n`);
  }
  const progress = progressOf(context);
  let requests = 0;
  const objects: object[] = [];
  try {
    const search = {
      connection: lake.connection,
      bucket: at.bucket,
      glob: at.key,
      onProgress: (made: number, waiting: number): void => {
        requests = made;
        progress.show(`${formatCount(made)} requests made, ${formatCount(waiting)} to go at least`);
      },
    };
    for await (const found of searchObjects(lake.ports.store, search, signal)) {
      const uri = formatS3Uri({ bucket: at.bucket, key: found.key });
      if (json) {
        const { bytes, modifiedAt, storageClass } = found;
        objects.push({ uri, bytes, modifiedAt, storageClass });
      } else {
        progress.clear();
        stdout.write(`${uri}\n`);
      }
    }
  } finally {
    progress.clear();
  }
  const cost = listCost(requests);
  if (json) stdout.write(`${JSON.stringify({ version: 1, search: text, objects, cost }, undefined, 2)}\n`);
  else if (!optionFlag(options, 'quiet')) {
    stderr.write(
      `note: ${formatCount(requests)} ${requests === 1 ? 'request' : 'requests'}, ${formatUsd(cost.usd)} at list price\n`,
    );
  }
  return 0;
}

function patternsOf(given: readonly string[]): ZonePatterns {
  const own: Record<string, string[]> = {};
  for (const one of given) {
    const found = /^([^=]+)=(.+)$/.exec(one);
    if (found === null)
      throw wrongUse(`--zone takes NAME=PATTERNS and not ${one}: write --zone raw=landing-*.`);
    own[found[1] ?? ''] = (found[2] ?? '').split(',').map((pattern) => pattern.trim());
  }
  return {
    ...own,
    ...Object.fromEntries(Object.entries(defaultPatterns).filter(([name]) => !(name in own))),
  };
}

async function shown(
  place: ZonePlace,
  from: { readonly lake: Lake; readonly claimed: readonly ZonePlace[]; readonly context: CommandContext },
): Promise<ShownPlace> {
  const { lake, claimed, context } = from;
  const uri = formatS3Uri({ bucket: place.bucket, key: place.prefix });
  if (!optionFlag(context.options, 'statistics')) return { ...place, uri };
  const progress = progressOf(context);
  // What stands in a zone of its own is not counted a second time under Other.
  const except =
    place.prefix === ''
      ? claimed.filter((other) => other.bucket === place.bucket).map((other) => other.prefix)
      : [];
  try {
    const statistics = await prefixStatistics(
      {
        store: lake.ports.store,
        connection: lake.connection,
        onProgress: (objects) => progress.show(`${uri}: ${formatCount(objects)} objects`),
      },
      { place, except },
      context.signal,
    );
    return { ...place, uri, statistics };
  } catch (error) {
    if (isCancel(error) || !(error instanceof Problem)) throw error;
    return { ...place, uri, problem: error.message };
  } finally {
    progress.clear();
  }
}

/** One line a place under its zone's name, in columns. */
function table(zones: readonly ShownZone[]): string {
  if (zones.length === 0) return 'No buckets in this account.\n';
  const lines: string[][] = [];
  for (const zone of zones) {
    for (const [at, place] of zone.places.entries()) {
      lines.push([at === 0 ? zone.name : '', place.uri, ...figures(place)]);
    }
  }
  const widths = lines.reduce<number[]>(
    (all, line) => line.map((cell, at) => Math.max(all[at] ?? 0, cell.length)),
    [],
  );
  const text = lines.map((line) =>
    line
      // Figures stand to the right, names to the left.
      .map((cell, at) =>
        at === 2 || at === 3 ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
  return `${text.join('\n')}\n`;
}

function figures({ statistics, problem }: ShownPlace): string[] {
  if (problem !== undefined) return ['', '', problem];
  if (statistics === undefined) return [];
  const { objects, bytes, small, formats, newest } = statistics;
  const share = objects === 0 ? 0 : Math.round((100 * small) / objects);
  const notes = [
    Object.keys(formats).join(', '),
    small === 0 ? '' : `${share} % under 1 MB`,
    newest === undefined ? '' : `newest ${newest.toISOString().slice(0, 10)}`,
  ];
  return [
    `${formatCount(objects)} ${objects === 1 ? 'object' : 'objects'}`,
    formatBytes(bytes),
    notes.filter((note) => note !== '').join(' · '),
  ];
}

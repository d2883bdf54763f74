import { formatBytes, formatCount } from '../base/format';
import { isCancel, Problem } from '../base/problem';
import { findZones } from '../zones/findZones';
import { measure, type Measure } from '../zones/measure';
import { formatS3Uri } from '../zones/s3Uri';
import { defaultPatterns, type ZonePatterns, type ZonePlace } from '../zones/zones';
import { wrongUse } from './arguments';
import { optionFlag, optionText, optionTexts, type Command, type CommandContext } from './command';
import { openLake, type Lake } from './lake';
import { progressOf } from './progress';

/** A place with what was counted there, or why nothing was. */
interface ShownPlace extends ZonePlace {
  readonly uri: string;
  readonly statistics?: Measure;
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
  usage: '',
  help: `
Sorts buckets into zones by their names, then the first-level prefixes of at most twenty of the other buckets; what
no name claims stands under Other.

--statistics also counts objects, bytes, formats, files under 1 MB and the newest object. This lists every object:
one request for each thousand. A place that may not be listed says so and the rest goes on.

--format json prints { "version": 1, "connection": { "name", "region" }, "zones": [{ "name", "places": [{ "bucket",
"prefix", "uri", "statistics": { "objects", "bytes", "small", "formats": { NAME: { "objects", "bytes" } },
"newest" }, "problem" }] }], "problems": ["…"] }; figures only with --statistics.`,
  options: {
    statistics: { type: 'boolean', description: 'count objects, bytes and formats; lists everything' },
    zone: {
      type: 'string',
      multiple: true,
      value: 'NAME=PATTERNS',
      description: 'names of a zone, separated by commas; * and ? are wildcards (repeatable)',
    },
  },
  async run(context) {
    const { options, signal, stdout, stderr } = context;
    if (context.arguments.length > 0) {
      throw wrongUse(`zones takes no ${context.arguments[0]}: write lake-workbench zones --statistics.`);
    }
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
    const statistics = await measure(
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

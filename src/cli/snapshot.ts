import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { formatCount } from '../base/format';
import { allItems } from '../base/page';
import { Problem } from '../base/problem';
import type { Database, FileListing, Table } from '../catalog/catalog';
import { writeSnapshot } from '../catalog/snapshot';
import { parseS3Uri } from '../zones/s3Uri';
import { prefixStatistics } from '../zones/statistics';
import type { ZonePlace } from '../zones/zones';
import { wrongUse } from './arguments';
import { optionFlag, optionText, optionTexts, type Command } from './command';
import { openLake } from './lake';
import { progressOf } from './progress';

/** `lake-workbench snapshot`. */
export const command: Command = {
  name: 'snapshot',
  summary: 'write the Glue catalog to a file that lint reads without AWS',
  usage: '-o FILE',
  help: `
Writes databases and tables with columns, partition keys, locations and properties, sorted and without times, so that
a commit shows what changed. Use the file with lint --catalog FILE. -o - is standard output.

--listing counts what lies at a location that COPY reads, and --slices says how many slices the warehouse has: by both
lint knows whether the files of a load can be shared (RS206). A listing costs a request for each thousand objects.

A database that may not be listed is left out and named on standard error; one that --database names must be readable.
--format json prints what was written: { "version": 1, "file", "databases": N, "tables": N, "left": ["…"] }.`,
  options: {
    output: {
      type: 'string',
      short: 'o',
      value: 'FILE',
      description: 'the file to write, usually lake.catalog.json',
    },
    database: {
      type: 'string',
      short: 'd',
      multiple: true,
      value: 'NAME',
      description: 'only this database (repeatable)',
    },
    listing: {
      type: 'string',
      multiple: true,
      value: 's3://BUCKET/PREFIX/',
      description: 'a location that loads read: its objects are counted (repeatable)',
    },
    slices: {
      type: 'string',
      value: 'N',
      description: 'slices of the warehouse: SELECT count(*) FROM stv_slices',
    },
  },
  async run(context) {
    const { options, signal, stdout, stderr, cwd } = context;
    const output = optionText(options, 'output');
    if (output === undefined || context.arguments.length > 0) {
      throw wrongUse('snapshot needs a file to write: write lake-workbench snapshot -o lake.catalog.json.');
    }
    const places = optionTexts(options, 'listing').map(placeOf);
    const slices = slicesOf(optionText(options, 'slices'));
    const { connection, ports } = await openLake(context);
    const progress = progressOf(context);
    const listings: Record<string, FileListing> = {};
    const wanted = optionTexts(options, 'database');
    const databases: Database[] = [];
    const tables: Table[] = [];
    const left: string[] = [];
    try {
      const known = allItems((next) =>
        ports.catalog.databases(connection, next === undefined ? {} : { next }, signal),
      );
      for await (const database of known) {
        if (wanted.length === 0 || wanted.includes(database.name)) databases.push(database);
      }
      const gone = wanted.find((name) => !databases.some((database) => database.name === name));
      if (gone !== undefined) {
        throw new Problem(
          `There is no database ${gone} in the catalog of ${connection.name} in ${connection.region}: check the name and the connection.`,
          'missing',
        );
      }
      for (const [at, database] of databases.entries()) {
        try {
          const pages = allItems((next) =>
            ports.catalog.tables(
              connection,
              { database: database.name, ...(next === undefined ? {} : { next }) },
              signal,
            ),
          );
          for await (const table of pages) {
            tables.push(table);
            progress.show(
              `${at + 1} of ${databases.length} databases · ${formatCount(tables.length)} tables`,
            );
          }
        } catch (error) {
          if (wanted.length > 0 || !(error instanceof Problem) || error.kind !== 'denied') throw error;
          left.push(database.name);
          stderr.write(`note: ${database.name} is left out: ${error.message}\n`);
        }
      }
      for (const { uri, place } of places) {
        const onProgress = (count: number): void => progress.show(`${uri}: ${formatCount(count)} objects`);
        const found = await prefixStatistics(
          { store: ports.store, connection, onProgress },
          { place },
          signal,
        );
        listings[uri] = { objects: found.objects, bytes: found.bytes };
      }
    } finally {
      progress.clear();
    }
    const text = writeSnapshot({
      databases: databases.filter(({ name }) => !left.includes(name)),
      tables: tables.filter(({ database }) => !left.includes(database)),
      ...(places.length === 0 ? {} : { listings }),
      ...(slices === undefined ? {} : { slices }),
    });
    if (output === '-') {
      stdout.write(text);
      return 0;
    }
    await writeWhole(resolve(cwd, output), { text, shown: output });
    const count = { databases: databases.length - left.length, tables: tables.length };
    if (optionText(options, 'format') === 'json') {
      stdout.write(`${JSON.stringify({ version: 1, file: output, ...count, left })}\n`);
    } else if (!optionFlag(options, 'quiet')) {
      stderr.write(
        `${output}: ${formatCount(count.tables)} tables of ${formatCount(count.databases)} databases\n`,
      );
    }
    return 0;
  },
};

/** A location as COPY names it, and the place it is. */
function placeOf(uri: string): { readonly uri: string; readonly place: ZonePlace } {
  const place = parseS3Uri(uri);
  if (place === undefined) {
    throw wrongUse(`--listing takes a location of S3, and ${uri} is none: write s3://bucket/prefix/.`);
  }
  return { uri, place: { bucket: place.bucket, prefix: place.key } };
}

function slicesOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const slices = Number(text);
  if (!Number.isInteger(slices) || slices < 1) {
    throw wrongUse(`--slices takes a whole number of slices, and ${text} is none.`);
  }
  return slices;
}

/** The old file stays until the new one is whole. */
async function writeWhole(
  path: string,
  { text, shown }: { readonly text: string; readonly shown: string },
): Promise<void> {
  const partial = `${path}.${process.pid}.part`;
  try {
    await writeFile(partial, text);
    await rename(partial, path);
  } catch (cause) {
    await rm(partial, { force: true });
    throw new Problem(`${shown} cannot be written: check the folder and its permissions.`, 'invalid', {
      cause,
    });
  }
}

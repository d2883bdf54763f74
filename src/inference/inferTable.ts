import { formatCount } from '../base/format';
import { Problem } from '../base/problem';
import type { Column, Table, TableName } from '../catalog/catalog';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { formatS3Uri, parseS3Uri } from '../zones/s3Uri';
import { layoutOf, type Layout } from './layout';
import { alike, readingsByFolder } from './likeness';
import { mergeTyped } from './mergeTyped';
import { prefixOf } from './prefixOf';
import type { Reading, SampledFile } from './reading';
import { formatNote, formatWord, sampleNote } from './sampleNotes';
import { samplePrefix, type PrefixSample } from './samplePrefix';
import {
  avroStorage,
  columnarStorage,
  csvStorage,
  deltaStorage,
  jsonStorage,
  type Storage,
} from './storageOf';
import { csvColumns, jsonColumns } from './textColumns';

/** A table as the files below a prefix suggest it. */
export interface InferredTable {
  readonly table: Table;
  readonly layout: Layout['kind'];
  /** What was looked at and what it cost, a sentence each. */
  readonly notes: readonly string[];
  /** What to check before it is used, a sentence each. */
  readonly doubts: readonly string[];
}

/**
 * Infers columns, types, partition keys and the way to read them from a sample of the files below a prefix: at most 41
 * listings, 8 files and 8 MB. Nothing is changed. A Problem where nothing lies there, or nothing of it can be a table.
 */
export async function inferTable(
  store: ObjectStore,
  request: {
    readonly connection: Connection;
    readonly uri: string;
    readonly name: TableName;
    readonly onProgress?: (message: string) => void;
  },
  signal: AbortSignal,
): Promise<InferredTable> {
  const place = prefixOf(request.uri);
  const { connection, onProgress } = request;
  const sample = await samplePrefix(
    store,
    { connection, ...place, ...(onProgress === undefined ? {} : { onProgress }) },
    signal,
  );
  if (sample.files.length === 0) await refuseFile(store, request, signal);
  return tableFrom(sample, { ...place, name: request.name });
}

/** A Problem where the address is that of a file. */
async function refuseFile(
  store: ObjectStore,
  { connection, uri }: { readonly connection: Connection; readonly uri: string },
  signal: AbortSignal,
): Promise<void> {
  const place = parseS3Uri(uri);
  if (place === undefined || place.key === '' || place.key.endsWith('/')) return;
  const { bucket, key } = place;
  const { objects } = await store.list(connection, { bucket, prefix: key, limit: 1 }, signal);
  if (objects[0]?.key !== key) return;
  const folder = formatS3Uri({ bucket, key: key.slice(0, key.lastIndexOf('/') + 1) });
  throw new Problem(`${uri} is a file, and a table lies in a folder: choose ${folder}.`, 'invalid');
}

interface Target {
  readonly bucket: string;
  readonly prefix: string;
  readonly name: TableName;
}

/** The table that a sample suggests; see `inferTable`. */
export function tableFrom(sample: PrefixSample, target: Target): InferredTable {
  const location = formatS3Uri({ bucket: target.bucket, key: target.prefix });
  const notes = [sampleNote(sample, location)];
  const open = openFormat(sample, target, location);
  if (open !== undefined) return { ...open, notes };
  if (sample.files.length === 0) {
    const hidden =
      sample.hidden === 0 ? '' : ` of ${formatCount(sample.hidden)} objects, all empty or hidden,`;
    throw new Problem(
      `No file${hidden} lies below ${location} that a query would read: choose another prefix.`,
      'missing',
    );
  }
  const unread = sample.sample.flatMap((file) => (file.unread === undefined ? [] : [file.unread]));
  const { kept, strays } = mainFormat(sample.sample, location, unread);
  const body = bodyOf(kept);
  const layout = layoutOf(
    sample.files.map(({ key }) => key.slice(target.prefix.length).split('/').slice(0, -1)),
    sample,
  );
  const keys: readonly Column[] = layout.kind === 'none' ? [] : layout.keys;
  const isKey = (name: string): boolean => keys.some((key) => key.name === name);
  const doubled = body.columns.filter(({ name }) => isKey(name));
  const projected =
    layout.kind === 'projected'
      ? { ...layout.properties, 'storage.location.template': `${location}${layout.template}` }
      : {};
  return {
    table: {
      ...target.name,
      columns: body.columns.filter(({ name }) => !isKey(name)),
      partitionKeys: keys,
      location,
      ...body.storage,
      parameters: { ...body.storage.parameters, ...projected },
    },
    layout: layout.kind,
    notes: [...notes, formatNote(kept.map(({ reading }) => reading))],
    doubts: [
      ...unread.map((why) => `Not read: ${why}`),
      ...strays,
      ...body.doubts,
      ...layout.doubts,
      ...(layout.kind === 'none' ? unlikeFolders(kept, target.prefix) : []),
      ...(sample.cut === undefined
        ? []
        : [
            `More than 1,000 folders lie in ${sample.cut}: the first by name were looked at, so the newest may not be among them.`,
          ]),
      ...doubled.map(
        ({ name }) => `The files hold ${name} too: as a partition key its value comes from the folder.`,
      ),
      ...ofFiles(kept, target.prefix),
      ...(/(?:^|\/)[^/=]+=[^/]*\/$/.test(target.prefix)
        ? [
            'The prefix is itself a partition: the folder above it would be the table, with this one as a partition.',
          ]
        : []),
    ],
  };
}

/** Folders with other columns than the first have are tables of their own, and the prefix lies above them. */
function unlikeFolders(files: readonly ReadFile[], prefix: string): readonly string[] {
  const folders = readingsByFolder(files, prefix);
  const [first, ...others] = [...folders];
  const other = others.find(([, reading]) => first !== undefined && !alike(first[1], reading));
  if (first === undefined || other === undefined) return [];
  return [
    `${first[0]}/ and ${other[0]}/ hold unlike columns: each may be a table of its own, made from its own folder.`,
  ];
}

/** What is doubtful about single files, said once where several share it. */
function ofFiles(files: readonly ReadFile[], prefix: string): readonly string[] {
  const where = new Map<string, string[]>();
  for (const { key, reading } of files) {
    for (const doubt of [...(reading.faults ?? []), ...reading.doubts])
      where.set(doubt, [...(where.get(doubt) ?? []), key.slice(prefix.length)]);
  }
  return [...where].map(([doubt, [first = '', ...others]]) =>
    others.length === 0 ? `${first}: ${doubt}` : `${first} and ${others.length} more: ${doubt}`,
  );
}

type ReadFile = SampledFile & { readonly reading: Reading };

/** The files of the format that most have; a Problem where none can be a table. */
function mainFormat(
  files: readonly SampledFile[],
  location: string,
  unread: readonly string[],
): { readonly kept: readonly ReadFile[]; readonly strays: readonly string[] } {
  const read = files.filter((file): file is ReadFile => file.reading !== undefined);
  const groups = new Map<string, ReadFile[]>();
  for (const file of read) {
    const id = formatWord(file.reading);
    groups.set(id, [...(groups.get(id) ?? []), file]);
  }
  const sorted = [...groups].toSorted(([, a], [, b]) => b.length - a.length);
  const [word, kept = []] = sorted.find(([, [first]]) => first?.reading.kind !== 'other') ?? [];
  if (word === undefined) {
    const why = unread[0] ?? `they hold ${sorted.map(([name]) => name).join(' and ')}`;
    throw new Problem(
      `No table can be made of the files below ${location}: ${why.replace(/\.$/, '')}.`,
      'invalid',
    );
  }
  const strays = sorted
    .filter(([name]) => name !== word)
    .map(([name, others]) => {
      const some = others
        .map(({ key }) => key)
        .slice(0, 3)
        .join(', ');
      return `Not all files are ${word}: ${some} ${others.length === 1 ? 'is' : 'are'} ${name}, and a query over them fails. Move them elsewhere.`;
    });
  // Oldest first, so that the newest decides.
  return { kept: kept.toSorted(byDate), strays };
}

function byDate(a: SampledFile, b: SampledFile): number {
  return (a.modifiedAt?.getTime() ?? 0) - (b.modifiedAt?.getTime() ?? 0);
}

function bodyOf(files: readonly ReadFile[]): {
  readonly columns: readonly Column[];
  readonly doubts: readonly string[];
  readonly storage: Storage;
} {
  const readings = files.map(({ reading }) => reading);
  const typed = files.flatMap(({ key, reading }) => (reading.kind === 'typed' ? [{ ...reading, key }] : []));
  const newest = typed.at(-1);
  if (newest !== undefined) {
    const { columns, doubts } = mergeTyped(typed);
    const storage =
      newest.format === 'avro' ? avroStorage(newest.schema ?? '') : columnarStorage(newest.format);
    const byName =
      newest.format === 'orc'
        ? ['Columns are found by their names, not by position: orc.column.index.access is false.']
        : [];
    return { columns, doubts: [...doubts, ...byName], storage };
  }
  const json = readings.filter((reading) => reading.kind === 'json');
  if (json.length > 0) {
    const { columns, doubts, serdeParameters } = jsonColumns(json.map(({ fields }) => fields));
    const torn = json.some(({ layout }) => layout !== 'lines');
    return {
      columns,
      doubts: [
        ...(torn
          ? [
              'Some files are one JSON document over several lines, of which Athena reads nothing right: write one object a line.',
            ]
          : []),
        ...doubts,
      ],
      storage: jsonStorage(serdeParameters),
    };
  }
  const csv = readings.filter((reading) => reading.kind === 'csv');
  const { columns, doubts } = csvColumns(csv);
  const last = csv.at(-1)?.dialect ?? {
    delimiter: ',',
    quoted: false,
    backslash: false,
    header: false,
    brokenLines: false,
  };
  const dialect = {
    ...last,
    quoted: csv.some(({ dialect: one }) => one.quoted),
    header: csv.some(({ dialect: one }) => one.header),
  };
  const delimiters = new Set(csv.map(({ dialect: one }) => one.delimiter));
  const torn =
    delimiters.size > 1
      ? ['The files are cut by different delimiters: one definition reads only those of the newest.']
      : [];
  return { columns, doubts: [...torn, ...doubts], storage: csvStorage(dialect) };
}

/** Tables that are more than their files: Delta and Hudi are defined over their log, Iceberg is registered elsewhere. */
function openFormat(
  { marks }: PrefixSample,
  { name }: Target,
  location: string,
): Omit<InferredTable, 'notes'> | undefined {
  const base = { ...name, columns: [], partitionKeys: [], location };
  if (marks.includes('_delta_log')) {
    const doubts = ['It is a Delta table: Athena reads columns and partitions from its log.'];
    return { table: { ...base, ...deltaStorage }, layout: 'none', doubts };
  }
  if (marks.includes('metadata')) {
    throw new Problem(
      `An Iceberg table lies at ${location}: register its newest metadata file with Glue, since a table over its data files would read deleted rows.`,
      'invalid',
    );
  }
  if (marks.includes('.hoodie')) {
    throw new Problem(
      `A Hudi table lies at ${location}: let its writer sync it with Glue, since a table over its files would read old versions of rows.`,
      'invalid',
    );
  }
  return undefined;
}

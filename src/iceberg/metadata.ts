import { gunzipSync } from 'node:zlib';
import { Problem } from '../base/problem';
import { isRecord, numberOf, parseExactJson, records, textOf, type JsonRecord } from './exactJson';
import { icebergTypeText } from './typeText';

export interface IcebergField {
  /** By which files know the column, whatever its name is now. */
  readonly id: number;
  readonly name: string;
  /** `long`, `decimal(18,2)`, `struct<a:int,b:list<string>>`. */
  readonly type: string;
  readonly required: boolean;
  readonly comment?: string;
}

export interface IcebergSchema {
  readonly id: number;
  readonly fields: readonly IcebergField[];
}

export interface PartitionSpec {
  readonly id: number;
  readonly fields: readonly {
    readonly name: string;
    /** `month`, `bucket[16]`, `identity`. */
    readonly transform: string;
    readonly sourceId: number;
  }[];
}

export interface IcebergSnapshot {
  /** 64 bits, in digits. */
  readonly id: string;
  readonly parentId?: string;
  readonly sequenceNumber?: number;
  readonly at: Date;
  /** `append`, `overwrite`, `delete`, `replace`. */
  readonly operation?: string;
  /** What the writer counted: `added-records`, `total-files-size`…; all strings. */
  readonly summary: Readonly<Record<string, string>>;
  /** `s3://…/snap-….avro`; absent in tables of format version 1 that list their manifests. */
  readonly manifestList?: string;
  /** Format version 1 may list its manifests here. */
  readonly manifests?: readonly string[];
  readonly schemaId?: number;
}

/** A table's metadata file. */
export interface IcebergMetadata {
  readonly formatVersion: number;
  readonly tableUuid?: string;
  readonly location: string;
  readonly lastUpdated?: Date;
  readonly properties: Readonly<Record<string, string>>;
  readonly schemas: readonly IcebergSchema[];
  readonly currentSchemaId: number;
  readonly specs: readonly PartitionSpec[];
  readonly defaultSpecId: number;
  /** Absent: the table has no data yet. */
  readonly currentSnapshotId?: string;
  /** Those that have not expired, oldest first. */
  readonly snapshots: readonly IcebergSnapshot[];
  /** Which snapshot was current from when on; a snapshot may stand twice, after a rollback. */
  readonly log: readonly { readonly snapshotId: string; readonly at: Date }[];
  /** Branches and tags. */
  readonly refs: readonly { readonly name: string; readonly snapshotId: string; readonly kind: string }[];
  /** Earlier metadata files that are still kept, oldest first. */
  readonly earlier: readonly { readonly file: string; readonly at: Date }[];
}

/** Bytes of an object by its `s3://` URI; throws a Problem where it cannot be read. */
export type ReadObject = (uri: string, signal: AbortSignal) => Promise<Uint8Array>;

/**
 * Reads a metadata file, plain or gzip, of format version 1, 2 or 3 (Iceberg table specification, "Table Metadata").
 * A Problem of kind `invalid` says what is wrong with a file that is none.
 */
export async function readMetadata(
  read: ReadObject,
  uri: string,
  signal: AbortSignal,
): Promise<IcebergMetadata> {
  return parseMetadata(await read(uri, signal), uri);
}

/** The same from bytes already there; `uri` is for messages. */
export function parseMetadata(bytes: Uint8Array, uri: string): IcebergMetadata {
  const root = jsonRoot(bytes, uri);
  const formatVersion = numberOf(root['format-version']);
  const location = textOf(root['location']);
  if (formatVersion === undefined || location === undefined) {
    throw corrupt(uri, 'it lacks its format version or location');
  }
  const schemas = records(root['schemas'] ?? [root['schema']]).map(schemaOf);
  const currentSnapshotId = textOf(root['current-snapshot-id']);
  const lastUpdated = dateOf(root['last-updated-ms']);
  const tableUuid = textOf(root['table-uuid']);
  return {
    formatVersion,
    ...(tableUuid === undefined ? {} : { tableUuid }),
    location,
    ...(lastUpdated === undefined ? {} : { lastUpdated }),
    properties: texts(root['properties']),
    schemas,
    currentSchemaId: numberOf(root['current-schema-id']) ?? schemas[0]?.id ?? 0,
    specs: specsOf(root),
    defaultSpecId: numberOf(root['default-spec-id']) ?? 0,
    // A table without data has -1 here or nothing.
    ...(currentSnapshotId === undefined || currentSnapshotId === '-1' ? {} : { currentSnapshotId }),
    snapshots: records(root['snapshots']).flatMap(snapshotOf).toSorted(byAge),
    log: records(root['snapshot-log']).flatMap((entry) => {
      const snapshotId = textOf(entry['snapshot-id']);
      const at = dateOf(entry['timestamp-ms']);
      return snapshotId === undefined || at === undefined ? [] : [{ snapshotId, at }];
    }),
    refs: Object.entries(isRecord(root['refs']) ? root['refs'] : {}).flatMap(([name, ref]) => {
      const snapshotId = isRecord(ref) ? textOf(ref['snapshot-id']) : undefined;
      const kind = isRecord(ref) ? textOf(ref['type']) : undefined;
      return snapshotId === undefined ? [] : [{ name, snapshotId, kind: kind ?? 'branch' }];
    }),
    earlier: records(root['metadata-log']).flatMap((entry) => {
      const file = textOf(entry['metadata-file']);
      const at = dateOf(entry['timestamp-ms']);
      return file === undefined || at === undefined ? [] : [{ file, at }];
    }),
  };
}

/** A snapshot by its id; a Problem of kind `missing` when it has expired or never was. */
export function snapshotById(metadata: IcebergMetadata, id: string): IcebergSnapshot {
  const found = metadata.snapshots.find((snapshot) => snapshot.id === id);
  if (found !== undefined) return found;
  throw new Problem(
    `Snapshot ${id} is not in the metadata of ${metadata.location}: it may have expired, so pick one that is listed.`,
    'missing',
    { details: { target: metadata.location } },
  );
}

function jsonRoot(bytes: Uint8Array, uri: string): JsonRecord {
  let root: unknown;
  try {
    const plain = bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
    root = parseExactJson(new TextDecoder().decode(plain));
  } catch {
    throw corrupt(uri, 'it is no JSON or was cut off');
  }
  if (!isRecord(root)) throw corrupt(uri, 'it is no JSON object');
  return root;
}

/** The Problem for a metadata file or manifest that holds something else. */
export function corrupt(uri: string, why: string): Problem {
  return new Problem(
    `The Iceberg metadata ${uri} cannot be read: ${why}, so go back to an earlier metadata file or restore it.`,
    'invalid',
    { details: { target: uri } },
  );
}

function schemaOf(schema: JsonRecord): IcebergSchema {
  const fields = records(schema['fields']).map((field) => {
    const comment = textOf(field['doc']);
    return {
      id: numberOf(field['id']) ?? -1,
      name: textOf(field['name']) ?? '',
      type: icebergTypeText(field['type']),
      required: field['required'] === true,
      ...(comment === undefined ? {} : { comment }),
    };
  });
  return { id: numberOf(schema['schema-id']) ?? 0, fields };
}

// Format version 1 had one spec, without an id of its own.
function specsOf(root: JsonRecord): readonly PartitionSpec[] {
  const list = records(root['partition-specs']);
  const all = list.length > 0 ? list : [{ 'spec-id': 0, fields: root['partition-spec'] ?? [] }];
  return all.map((spec) => ({
    id: numberOf(spec['spec-id']) ?? 0,
    fields: records(spec['fields']).map((field) => ({
      name: textOf(field['name']) ?? '',
      transform: textOf(field['transform']) ?? '',
      sourceId: numberOf(field['source-id']) ?? -1,
    })),
  }));
}

function snapshotOf(entry: JsonRecord): readonly IcebergSnapshot[] {
  const id = textOf(entry['snapshot-id']);
  const at = dateOf(entry['timestamp-ms']);
  if (id === undefined || at === undefined) return [];
  const { operation, ...summary } = texts(entry['summary']);
  const parentId = textOf(entry['parent-snapshot-id']);
  const sequenceNumber = numberOf(entry['sequence-number']);
  const manifestList = textOf(entry['manifest-list']);
  const schemaId = numberOf(entry['schema-id']);
  const manifests = Array.isArray(entry['manifests'])
    ? entry['manifests'].filter((one): one is string => typeof one === 'string')
    : undefined;
  return [
    {
      id,
      ...(parentId === undefined ? {} : { parentId }),
      ...(sequenceNumber === undefined ? {} : { sequenceNumber }),
      at,
      ...(operation === undefined ? {} : { operation }),
      summary,
      ...(manifestList === undefined ? {} : { manifestList }),
      ...(manifests === undefined ? {} : { manifests }),
      ...(schemaId === undefined ? {} : { schemaId }),
    },
  ];
}

function byAge(a: IcebergSnapshot, b: IcebergSnapshot): number {
  const order = (a.sequenceNumber ?? 0) - (b.sequenceNumber ?? 0);
  return order === 0 ? a.at.getTime() - b.at.getTime() : order;
}

function texts(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, one]) => {
      const text = textOf(one);
      return text === undefined ? [] : [[key, text] as const];
    }),
  );
}

function dateOf(value: unknown): Date | undefined {
  const ms = numberOf(value);
  return ms === undefined ? undefined : new Date(ms);
}

import { Problem } from '../base/problem';
import type { Database, FileListing, Table } from './catalog';
import { isObject, schemaFault } from './schemaCheck';
import { snapshotSchema } from './snapshotSchema';

/** The version that this code writes, and the newest that it reads. */
export const snapshotVersion = 1;

/** What a snapshot file holds. */
export interface Snapshot {
  readonly databases: readonly Database[];
  readonly tables: readonly Table[];
  /** What lies at locations that loads read, by `s3://bucket/prefix/`. */
  readonly listings?: Readonly<Record<string, FileListing>>;
  /** Slices of the warehouse. */
  readonly slices?: number;
}

/**
 * The text of a snapshot file. Sorted by name and without times, so that two snapshots of an unchanged
 * catalog are the same file and a commit shows what changed.
 */
export function writeSnapshot({ databases, tables, listings, slices }: Snapshot): string {
  const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const content = {
    version: snapshotVersion,
    databases: databases.toSorted((a, b) => byName(a.name, b.name)),
    tables: tables
      .toSorted((a, b) => byName(a.database, b.database) || byName(a.name, b.name))
      .map(({ createdAt: _created, updatedAt: _updated, ...table }) => table),
    ...(listings === undefined
      ? {}
      : { listings: Object.fromEntries(Object.entries(listings).toSorted(([a], [b]) => byName(a, b))) }),
    ...(slices === undefined ? {} : { slices }),
  };
  return `${JSON.stringify(content, undefined, 2)}\n`;
}

/**
 * Reads the text of a snapshot file; `name` stands in the messages.
 * A Problem of kind `invalid` for a file that is cut off, of another kind, or of a newer version.
 */
export function readSnapshot(text: string, name: string): Snapshot {
  const content = parsed(text, name);
  if (isObject(content) && typeof content['version'] === 'number' && content['version'] > snapshotVersion) {
    throw invalid(
      `${name} has version ${content['version']} and this Lake Workbench reads up to ${snapshotVersion}: update Lake Workbench, or write the file again with this one's snapshot command.`,
    );
  }
  const fault = schemaFault(content, snapshotSchema);
  if (fault !== undefined) {
    const where = fault.path === '' ? 'it' : fault.path;
    throw invalid(
      `${name} is not a catalog snapshot (${where} ${fault.message}): write it with lake-workbench snapshot.`,
    );
  }
  const { databases = [], ...rest } = content as Omit<Snapshot, 'databases'> & Partial<Snapshot>;
  const { tables, listings, slices } = rest;
  return {
    databases,
    tables,
    ...(listings === undefined ? {} : { listings }),
    ...(slices === undefined ? {} : { slices }),
  };
}

function parsed(text: string, name: string): unknown {
  if (text.trim() === '') {
    throw invalid(`${name} is empty: write it again with lake-workbench snapshot.`);
  }
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (cause) {
    const lines = text.trimEnd().split('\n').length;
    throw invalid(
      `${name} is not whole JSON (it has ${lines} ${lines === 1 ? 'line' : 'lines'}): write it again with lake-workbench snapshot.`,
      cause,
    );
  }
}

function invalid(message: string, cause?: unknown): Problem {
  return new Problem(message, 'invalid', cause === undefined ? {} : { cause });
}

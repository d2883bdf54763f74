import { Problem, type ProblemKind } from '../../src/base/problem';
import type { CatalogReader, Column, Partition, Table } from '../../src/catalog/catalog';
import type { Connection } from '../../src/connection/connection';
import type { QueryEngine, QueryStart, QueryStatus, WorkGroup } from '../../src/query/queryEngine';
import type { ObjectStore } from '../../src/zones/objectStore';

export const connection: Connection = {
  name: 'test',
  region: 'eu-west-1',
  readOnly: false,
  production: false,
};

/** A Problem as a port would throw it. */
export function fault(kind: ProblemKind, message = `The call failed: ${kind}.`): Problem {
  return new Problem(message, kind, { details: { action: 'glue:GetTables', target: 'lake' } });
}

/** A table from `lake.sales(id bigint, name varchar) by day date`. */
export function tableOf(text: string, rest: Partial<Table> = {}): Table {
  const found = /^(?:(\w+)\.)?(\w+)\(([^)]*)\)(?: by (.+))?$/.exec(text);
  if (found === null) throw new Error(`Not a table: ${text}`);
  const columns = (list: string): Column[] =>
    list
      .split(',')
      .map((column) => column.trim())
      .filter((column) => column !== '')
      .map((column) => {
        const [name = '', type = 'string'] = column.split(/\s+/);
        return { name, type };
      });
  return {
    database: found[1] ?? 'lake',
    name: found[2] ?? '',
    columns: columns(found[3] ?? ''),
    partitionKeys: columns(found[4] ?? ''),
    ...rest,
  };
}

/** Pages of a fixed size over a list; the token is the offset. */
export function pageOf<T>(
  items: readonly T[],
  next: string | undefined,
  size: number,
): { items: T[]; next?: string } {
  const from = Number(next ?? 0);
  const end = from + size;
  return { items: items.slice(from, end), ...(end < items.length ? { next: String(end) } : {}) };
}

/** A catalog in memory that pages; `before` is called ahead of every request and may throw. */
export function fakeCatalog(options: {
  readonly tables: readonly Table[];
  readonly partitions?: Readonly<Record<string, readonly Partition[]>>;
  readonly pageSize?: number;
  readonly before?: (action: string, next: string | undefined) => void;
}): CatalogReader & { readonly requests: string[] } {
  const size = options.pageSize ?? 100;
  const requests: string[] = [];
  const asked = (action: string, next?: string): void => {
    requests.push(action);
    options.before?.(action, next);
  };
  return {
    requests,
    async databases(_connection, { next }) {
      asked('databases', next);
      const names = [...new Set(options.tables.map((table) => table.database))];
      return pageOf(
        names.map((name) => ({ name })),
        next,
        size,
      );
    },
    async tables(_connection, { database, next }) {
      asked('tables', next);
      return pageOf(
        options.tables.filter((table) => table.database === database),
        next,
        size,
      );
    },
    async table(_connection, wanted) {
      asked('table');
      const found = options.tables.find(
        (table) => table.database === wanted.database && table.name === wanted.name,
      );
      if (found === undefined) throw fault('missing');
      return found;
    },
    async partitions(_connection, { table, next, limit, expression }) {
      asked(`partitions${expression === undefined ? '' : ` ${expression}`}`, next);
      const all = options.partitions?.[table.name] ?? [];
      if (expression === undefined) return pageOf(all, next, Math.min(limit ?? size, size));
      const values = [...expression.matchAll(/= '?([^' ]+)'?/g)].map((match) => match[1]);
      return { items: all.filter((one) => one.values.every((value, at) => value === values[at])) };
    },
  };
}

/** Objects in memory by bucket and key, listed as S3 does. */
export function fakeStore(
  buckets: Readonly<Record<string, readonly string[]>>,
  before: (action: string, target: string) => void = () => undefined,
): ObjectStore & { readonly requests: string[] } {
  const requests: string[] = [];
  const asked = (action: string, target: string): void => {
    requests.push(`${action} ${target}`);
    before(action, target);
  };
  const refuse = async (): Promise<never> => {
    throw fault('missing');
  };
  return {
    requests,
    async buckets(_connection, { next }) {
      asked('buckets', '');
      return pageOf(
        Object.keys(buckets).map((name) => ({ name })),
        next,
        1000,
      );
    },
    async list(_connection, { bucket, prefix, delimiter, next, limit }) {
      asked('list', `${bucket}/${prefix}`);
      const keys = (buckets[bucket] ?? []).filter((key) => key.startsWith(prefix)).toSorted();
      const entries = new Set(
        keys.map((key) => {
          const end = delimiter === undefined ? -1 : key.indexOf(delimiter, prefix.length);
          return end === -1 ? key : key.slice(0, end + 1);
        }),
      );
      const page = pageOf([...entries], next, limit ?? 1000);
      const isPrefix = (entry: string): boolean =>
        delimiter !== undefined && entry.endsWith('/') && entry !== prefix;
      return {
        prefixes: page.items.filter(isPrefix),
        objects: page.items
          .filter((entry) => !isPrefix(entry))
          .map((key) => ({ key, bytes: key.length * 1024 })),
        ...(page.next === undefined ? {} : { next: page.next }),
      };
    },
    head: refuse,
    read: refuse,
  };
}

/** An engine that goes through the statuses given, one a look, and stays at the last. */
export function fakeEngine(
  statuses: readonly Partial<QueryStatus>[],
  rest: Partial<QueryEngine> & { readonly groups?: readonly WorkGroup[] } = {},
): QueryEngine & { readonly requests: string[]; readonly started: QueryStart[] } {
  const requests: string[] = [];
  const started: QueryStart[] = [];
  let looks = 0;
  let stopped = false;
  const refuse = async (): Promise<never> => {
    throw fault('missing');
  };
  return {
    requests,
    started,
    async start(_connection, request) {
      requests.push('start');
      started.push(request);
      return 'q1';
    },
    async status(_connection, { id }) {
      requests.push('status');
      const status = statuses[Math.min(looks, statuses.length - 1)];
      looks += 1;
      return { id, state: 'running', ...status, ...(stopped ? { state: 'cancelled' as const } : {}) };
    },
    async stop() {
      requests.push('stop');
      stopped = true;
    },
    results: refuse,
    async workGroups() {
      return { items: rest.groups ?? [] };
    },
    async workGroup(_connection, { name }) {
      const group = rest.groups?.find((one) => one.name === name);
      if (group === undefined) throw fault('missing', `There is no work group ${name}.`);
      return group;
    },
    ...rest,
  };
}

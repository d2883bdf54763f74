import { formatCount } from '../base/format';
import { isCancel, Problem } from '../base/problem';
import type { RowSource } from '../base/rows';
import { type CatalogReader, nameOfTable, type Table } from '../catalog/catalog';
import type { PartitionIndex, PartitionIndexes } from '../catalog/partitionIndexes';
import type { Connection } from '../connection/connection';
import type { ObjectStore } from '../zones/objectStore';
import { browserRows } from './browserRows';
import { checkFilter, type CheckedFilter } from './filterExpression';
import { partitionLoader, type PartitionLoader } from './loader';
import { type Measurement, measurePartitions, type MeasurePlan, measurePlan } from './measure';
import { orderedRows, type SortBy } from './rowOrder';

/** What the browser reads with. */
export interface BrowserPorts {
  readonly catalog: CatalogReader;
  readonly store: ObjectStore;
  readonly indexes: PartitionIndexes;
}

/** What stands in the browser of one table; read by the page's texts and by its grid. */
export interface BrowserState {
  readonly connection: Connection;
  readonly table: Table;
  readonly loader: PartitionLoader;
  /** The filter as it was sent, and what is wrong with one that was not. */
  readonly filter: { readonly text: string; readonly checked: CheckedFilter };
  readonly source: RowSource;
  /** Grows with each order of the rows. */
  readonly epoch: number;
  readonly sort: SortBy;
  /** What is under way. */
  readonly busy?: string;
  /** A measurement that waits for a yes. */
  readonly plan?: MeasurePlan;
  readonly measurement?: Measurement;
  /** Why the catalog could not be read, or not to its end. */
  readonly problem?: string;
  readonly indexes: readonly PartitionIndex[] | undefined;
  /** Why they are not known. */
  readonly indexProblem?: string;
}

/** One table's partitions as a user goes through them. Nothing but a bug is thrown: Problems stand in the state. */
export interface PartitionSession {
  readonly state: BrowserState;
  /** Reads the first page; a changed filter begins anew. A filter that Glue would refuse is not sent. */
  filter(text: string): Promise<void>;
  /** One page more, when nothing else is under way. */
  more(): Promise<void>;
  all(): Promise<void>;
  /** Loads what is missing and says what listing will cost. */
  planMeasure(): Promise<void>;
  dismissMeasure(): void;
  measure(): Promise<void>;
  sort(by: SortBy): void;
  /** Stops what is under way; what it has brought stays. */
  cancel(): void;
}

/** A session over a table that was read already; `onChange` is told whenever the state is another one. */
export function partitionSession(
  from: BrowserPorts & { readonly random?: () => number },
  request: { readonly connection: Connection; readonly table: Table },
  onChange: () => void,
): PartitionSession {
  const { connection, table } = request;
  let stop = new AbortController();
  let ended = new AbortController();

  const newLoader = (expression?: string): PartitionLoader =>
    partitionLoader(
      from,
      { connection, table, ...(expression === undefined ? {} : { expression }) },
      ended.signal,
    );
  let loader = newLoader();
  let filter: BrowserState['filter'] = { text: '', checked: { kind: 'empty' } };
  let sort: SortBy = 'told';
  let epoch = 0;
  let busy: string | undefined;
  let plan: MeasurePlan | undefined;
  let measurement: Measurement | undefined;
  let problem: string | undefined;
  let indexes: readonly PartitionIndex[] | undefined;
  let indexProblem: string | undefined;
  let source = makeSource();

  function makeSource(): RowSource {
    const order =
      sort === 'told' ? undefined : orderedRows(loader.rows, { by: sort, figures: measurement?.figures });
    const registered = problem === undefined && !isProjected();
    return browserRows({
      rows: loader.rows,
      isComplete: () => loader.complete || busy === undefined,
      orphanWord: registered ? 'not in the catalog' : 'in S3',
      ...(order === undefined ? {} : { order }),
      ...(measurement === undefined ? {} : { measured: measurement }),
    });
  }

  function isProjected(): boolean {
    return table.parameters?.['projection.enabled']?.trim().toLowerCase() === 'true';
  }

  /** The rows stand in another order, or have other columns. */
  const reorder = (): void => {
    source = makeSource();
    epoch += 1;
  };

  /** Runs one thing at a time; its Problem is told in the state, and its cancel by nothing. */
  const run = async (what: string, work: (signal: AbortSignal) => Promise<void>): Promise<boolean> => {
    if (busy !== undefined) return false;
    busy = what;
    const own = new AbortController();
    stop = own;
    onChange();
    try {
      await work(own.signal);
      return true;
    } catch (error) {
      if (isCancel(error)) return false;
      if (!(error instanceof Problem)) throw error;
      problem = error.message;
      return false;
    } finally {
      // Another filter may have taken over.
      if (stop === own) {
        busy = undefined;
        onChange();
      }
    }
  };

  const progress = (text: string): void => {
    busy = text;
    onChange();
  };

  const readIndexes = async (signal: AbortSignal): Promise<void> => {
    if (indexes !== undefined) return;
    try {
      indexes = await from.indexes.list(connection, nameOfTable(table), signal);
      indexProblem = undefined;
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      indexProblem = error.message;
    }
  };

  const loadAll = (): Promise<boolean> =>
    run('Loading all partitions…', async (signal) => {
      problem = undefined;
      try {
        await loader.all((count) => progress(`${formatCount(count)} partitions loaded…`), signal);
        // In the order of their keys once they are all here: segments come mixed.
        if (sort === 'told') sort = 'keys';
      } finally {
        reorder();
      }
    });

  return {
    get state(): BrowserState {
      return {
        connection,
        table,
        loader,
        filter,
        source,
        epoch,
        sort,
        indexes,
        ...(busy === undefined ? {} : { busy }),
        ...(plan === undefined ? {} : { plan }),
        ...(measurement === undefined ? {} : { measurement }),
        ...(problem === undefined ? {} : { problem }),
        ...(indexProblem === undefined ? {} : { indexProblem }),
      };
    },

    async filter(text) {
      const checked = checkFilter(text, table.partitionKeys);
      if (checked.kind === 'invalid') {
        filter = { ...filter, text, checked };
        onChange();
        return;
      }
      stop.abort();
      ended.abort();
      ended = new AbortController();
      busy = undefined;
      filter = { text, checked };
      loader = newLoader(checked.kind === 'valid' ? checked.expression : undefined);
      plan = undefined;
      measurement = undefined;
      problem = undefined;
      sort = 'told';
      reorder();
      await run('Loading partitions…', async (signal) => {
        const own = loader;
        const [page, other] = await Promise.allSettled([own.next(signal), readIndexes(signal)]);
        if (own !== loader) return;
        for (const { reason } of [page, other].filter((one) => one.status === 'rejected')) throw reason;
        if (loader.complete) sort = 'keys';
        reorder();
      });
    },

    async more() {
      if (loader.complete || problem !== undefined) return;
      await run('Loading partitions…', async (signal) => {
        await loader.next(signal);
        if (sort !== 'told') reorder();
      });
    },

    async all() {
      await loadAll();
    },

    async planMeasure() {
      // Without all partitions, every folder of one that is not loaded would look like an orphan.
      if (!loader.complete && problem === undefined && !(await loadAll())) return;
      const part = !loader.complete && loader.rows.count > 0;
      plan = measurePlan(table, loader.rows, { filtered: part || filter.checked.kind === 'valid' });
      onChange();
    },

    dismissMeasure() {
      plan = undefined;
      onChange();
    },

    async measure() {
      const wanted = plan;
      if (wanted === undefined) return;
      plan = undefined;
      await run('Listing S3…', async (signal) => {
        measurement = await measurePartitions(
          from.store,
          {
            connection,
            table,
            rows: loader.rows,
            plan: wanted,
            onProgress: (objects) => progress(`${formatCount(objects)} objects listed…`),
            ...(from.random === undefined ? {} : { random: from.random }),
          },
          signal,
        );
        reorder();
      });
    },

    sort(by) {
      sort = by;
      reorder();
      onChange();
    },

    cancel() {
      stop.abort();
    },
  };
}

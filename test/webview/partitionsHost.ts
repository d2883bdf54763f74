import type { RowSource } from '../../src/base/rows';
import { readFromPartitionsPage } from '../../src/grid/fromPartitionsPage';
import { protocolVersion } from '../../src/grid/messages';
import type { FromPartitionsPage, PartitionsView, ToPartitionsPage } from '../../src/grid/partitionMessages';
import { tileServer, type TileServer } from '../../src/grid/tileServer';

/** What tests say to the host that stands in for the extension behind the page of partitions. */
export interface PartitionsHost {
  send(message: ToPartitionsPage): void;
  /** Sends the view below with some of it changed. */
  view(changed?: Partial<PartitionsView>): void;
  open(rows: number): void;
  readonly posted: FromPartitionsPage[];
  readonly violations: string[];
}

declare global {
  interface Window {
    partitions: PartitionsHost;
  }
}

const view: PartitionsView = {
  kind: 'view',
  title: 'centralbank_data.customer_transactions',
  facts: ['731 partitions', '88 GB in 12,400 files', '1 GetPartitions request', 'analytics'],
  filter: {
    text: '',
    suggestions: ["year = '2024'", "year >= '2024'", "year = '2024' AND month >= '12'"],
  },
  canLoadAll: true,
  measured: true,
  sort: 'keys',
  sorts: [
    { id: 'keys', label: 'by keys, oldest first' },
    { id: 'bytes', label: 'most bytes first' },
  ],
  findings: [
    {
      severity: 'problem',
      sentence: '3 days have no partition between 2023-01-01 and 2024-12-31.',
      items: ['2023-04-02', '2024-02-28 to 2024-02-29 (2)'],
      action: { kind: 'repair', label: 'Repair partitions' },
    },
    { severity: 'note', sentence: 'Counted from 12,400 objects by 13 LIST requests (<$0.001).' },
  ],
  bars: Array.from({ length: 60 }, (_, at) => ({
    from: `year=2024/month=01/day=${at}`,
    to: `year=2024/month=01/day=${at}`,
    partitions: 1,
    bytes: at === 40 ? 9_000_000 : 1_000_000 + 20_000 * at,
    files: 4,
    largestBytes: at === 40 ? 9_000_000 : 1_000_000 + 20_000 * at,
    mostFiles: 4,
  })),
};

let epoch = 0;
let server: TileServer | undefined;
let state: unknown;

const host: PartitionsHost = {
  posted: [],
  violations: [],
  send(message) {
    setTimeout(() => window.postMessage(structuredClone(message), window.origin), 1);
  },
  view(changed = {}) {
    host.send({ ...view, ...changed });
  },
  open(rows) {
    epoch += 1;
    const names = ['year', 'month', 'day', 'location', 'created', 'files', 'bytes', 'newest object', 'state'];
    const source: RowSource = {
      columns: names.map((name) => ({ name, type: name === 'bytes' ? 'numeric' : 'string' })),
      rowCount: rows,
      final: true,
      rows: ({ from, to, columnFrom, columnTo }) =>
        Array.from({ length: to - from }, (_, at) =>
          names.map((name) => `${name} ${from + at}`).slice(columnFrom, columnTo),
        ),
    };
    server = tileServer({ source, epoch, send: (tile) => host.send(tile) });
    host.send({
      kind: 'open',
      version: protocolVersion,
      resultId: 'partitions',
      epoch,
      header: { facts: [] },
      columns: source.columns,
      rowCount: rows,
      final: true,
    });
  },
};
window.partitions = host;

document.addEventListener('securitypolicyviolation', (event) => {
  host.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});

window.acquireVsCodeApi = () => ({
  postMessage(data: unknown) {
    const message = readFromPartitionsPage(structuredClone(data));
    if (message === undefined) throw new Error(`Not a message: ${JSON.stringify(data)}`);
    host.posted.push(message);
    if (message.kind === 'need') setTimeout(() => server?.need(message), 1);
    if (message.kind === 'ack') setTimeout(() => server?.ack(message), 1);
  },
  getState: () => state,
  setState(next: unknown) {
    state = structuredClone(next);
  },
});

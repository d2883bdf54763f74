import type { RowSource, RowTexts } from '../../src/base/rows';
import { readFromView } from '../../src/grid/fromView';
import { protocolVersion, type FromView, type ToView } from '../../src/grid/messages';
import { tileServer, type TileServer } from '../../src/grid/tileServer';

/** What tests say to the host that stands in for the extension. */
export interface PageHost {
  /** Opens a made-up result; see `cellText` for its cells. */
  open(request: { rows: number; columns: number; final?: boolean; resultId?: string }): void;
  grow(rows: number, final: 'more' | 'final'): void;
  send(message: ToView): void;
  readonly posted: FromView[];
  readonly violations: string[];
  /** Milliseconds that each message takes. */
  delay: number;
}

declare global {
  interface Window {
    lake: PageHost;
    acquireVsCodeApi(): unknown;
  }
}

/** The text of a cell: column 2 is NULL, empty or a text by turns, column 3 is long in row 7. */
export function cellText(row: number, column: number): string | null {
  if (column === 0) return String(row);
  if (column === 2) return [null, '', `note ${row}`][row % 3] ?? null;
  if (column === 3 && row === 7) return 'long '.repeat(2_000);
  if (column === 3) return (row * 1.25).toFixed(2);
  return `r${row}c${column}`;
}

const types = ['bigint', 'varchar', 'varchar', 'decimal(18,2)'];
let epoch = 0;
let server: TileServer | undefined;
let current: { rowCount: number; columns: number } = { rowCount: 0, columns: 0 };
let state: unknown;

const lake: PageHost = {
  posted: [],
  violations: [],
  delay: 5,
  send(message) {
    setTimeout(() => window.postMessage(structuredClone(message), window.origin), lake.delay);
  },
  open({ rows, columns, final = true, resultId = 'result' }) {
    epoch += 1;
    const source: RowSource & { rowCount: number } = {
      columns: Array.from({ length: columns }, (_, column) => ({
        name: `column ${column}`,
        type: types[column] ?? 'varchar',
      })),
      rowCount: rows,
      final,
      rows({ from, to, columnFrom, columnTo }) {
        const result: RowTexts[] = [];
        for (let row = from; row < to; row++) {
          result.push(
            Array.from({ length: columnTo - columnFrom }, (_, at) => cellText(row, columnFrom + at)),
          );
        }
        return result;
      },
    };
    current = source as RowSource & { rowCount: number; columns: never };
    server = tileServer({ source, epoch, send: lake.send });
    lake.send({
      kind: 'open',
      version: protocolVersion,
      resultId,
      epoch,
      columns: source.columns,
      rowCount: rows,
      final,
      header: {
        facts: [`${rows.toLocaleString('en')} rows`, '410 MB scanned', '$0.002', '3.4 s'],
        location: 's3://results/athena/0a1b2c3d.csv',
      },
    });
  },
  grow(rows, final) {
    current.rowCount = rows;
    lake.send({ kind: 'grow', epoch, rowCount: rows, final: final === 'final' });
  },
};
window.lake = lake;

document.addEventListener('securitypolicyviolation', (event) => {
  lake.violations.push(`${event.violatedDirective}: ${event.blockedURI}`);
});

window.acquireVsCodeApi = () => ({
  postMessage(data: unknown) {
    const message = readFromView(structuredClone(data));
    if (message === undefined) throw new Error(`Not a message: ${JSON.stringify(data)}`);
    setTimeout(() => take(message), lake.delay);
  },
  getState: () => state,
  setState(next: unknown) {
    state = structuredClone(next);
  },
});

function take(message: FromView): void {
  lake.posted.push(message);
  if (message.kind === 'need') server?.need(message);
  if (message.kind === 'ack') server?.ack(message);
  if (message.kind === 'cell') {
    lake.send({ ...message, text: cellText(message.row, message.column) });
  }
}

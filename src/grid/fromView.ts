import type { FromView, TileKey } from './messages';
import type { CellRange } from './selection';

type Fields = Readonly<Record<string, unknown>>;

/** A message of a view, or undefined when it is none of ours: a webview's messages are input like any other. */
export function readFromView(data: unknown): FromView | undefined {
  if (!isFields(data)) return undefined;
  const epoch = whole(data.epoch);
  switch (data.kind) {
    case 'exportCsv':
    case 'openFile':
    case 'copyLocation':
    case 'cancel':
    case 'revealError':
      return { kind: data.kind };
    case 'ready':
      return { kind: 'ready', version: whole(data.version) ?? 0 };
    case 'need': {
      const want = keys(data.want);
      return epoch === undefined || want === undefined ? undefined : { kind: 'need', epoch, want };
    }
    case 'ack': {
      const seq = whole(data.seq);
      return epoch === undefined || seq === undefined ? undefined : { kind: 'ack', epoch, seq };
    }
    case 'cell': {
      const row = whole(data.row);
      const column = whole(data.column);
      if (epoch === undefined || row === undefined || column === undefined) return undefined;
      return { kind: 'cell', epoch, row, column };
    }
    case 'copy': {
      const range = cellRange(data.range);
      if (epoch === undefined || range === undefined) return undefined;
      return { kind: 'copy', epoch, range, withHeader: data.withHeader === true };
    }
    default:
      return undefined;
  }
}

function keys(value: unknown): readonly TileKey[] | undefined {
  if (!Array.isArray(value)) return undefined;
  const result: TileKey[] = [];
  for (const item of value as readonly unknown[]) {
    if (!Array.isArray(item)) return undefined;
    const row = whole((item as readonly unknown[])[0]);
    const column = whole((item as readonly unknown[])[1]);
    if (row === undefined || column === undefined) return undefined;
    result.push([row, column]);
  }
  return result;
}

function cellRange(value: unknown): CellRange | undefined {
  if (!isFields(value)) return undefined;
  const top = whole(value.top);
  const left = whole(value.left);
  const bottom = whole(value.bottom);
  const right = whole(value.right);
  if (top === undefined || left === undefined || bottom === undefined || right === undefined)
    return undefined;
  return bottom < top || right < left ? undefined : { top, left, bottom, right };
}

function whole(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && Number(value) >= 0 ? Number(value) : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

import { readFromView } from './fromView';
import type { FromPartitionsPage } from './partitionMessages';

/** A longer filter than this is none that anybody typed. */
const longestFilter = 10_000;

/** A message of the page of partitions, or undefined when it is none of ours. */
export function readFromPartitionsPage(data: unknown): FromPartitionsPage | undefined {
  const ofGrid = readFromView(data);
  if (ofGrid !== undefined) return ofGrid;
  if (typeof data !== 'object' || data === null) return undefined;
  const { kind, text, by, action, epoch, row } = data as Readonly<Record<string, unknown>>;
  switch (kind) {
    case 'loadAll':
    case 'measure':
    case 'confirmMeasure':
    case 'dismissMeasure':
    case 'reload':
      return { kind };
    case 'filter':
      return typeof text === 'string' && text.length <= longestFilter ? { kind, text } : undefined;
    case 'sort':
      return typeof by === 'string' ? { kind, by } : undefined;
    case 'reveal':
      return isCount(epoch) && isCount(row) ? { kind, epoch, row } : undefined;
    case 'act':
      return typeof action === 'string' ? { kind, action } : undefined;
    default:
      return undefined;
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

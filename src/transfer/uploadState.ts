import type { JournalLine } from './transferJournal';
import type { UploadItem } from './uploadPlan';

/** An upload in parts that S3 still holds. */
export interface OpenUpload {
  readonly key: string;
  readonly upload: string;
  /** Bytes of each part but the last. */
  readonly partBytes: number;
  /** ETags of the parts that were sent, by number. */
  readonly parts: ReadonlyMap<number, string>;
}

/** Lines of an upload's journal. */
export type UploadLine =
  | { readonly kind: 'file'; readonly item: UploadItem }
  | { readonly kind: 'upload'; readonly key: string; readonly upload: string; readonly partBytes: number }
  | { readonly kind: 'part'; readonly upload: string; readonly number: number; readonly etag: string }
  /** Written, or its parts thrown away: no upload of this id is open any more. */
  | { readonly kind: 'closed'; readonly key: string; readonly upload: string }
  | { readonly kind: 'done'; readonly key: string }
  | { readonly kind: 'end' };

/** How far an upload is, as its journal tells. */
export interface UploadState {
  /** By key; the last word on each. */
  readonly items: ReadonlyMap<string, UploadItem>;
  readonly done: ReadonlySet<string>;
  /** By key. */
  readonly open: ReadonlyMap<string, OpenUpload>;
}

/** Reads the lines of an upload's journal. */
export function uploadState(lines: readonly JournalLine[]): UploadState {
  const items = new Map<string, UploadItem>();
  const done = new Set<string>();
  const open = new Map<string, OpenUpload & { readonly parts: Map<number, string> }>();
  const byId = new Map<string, Map<number, string>>();
  // A cast, since the lines come from JSON: the head has said that they are an upload's.
  for (const line of lines as readonly UploadLine[]) {
    switch (line.kind) {
      case 'file':
        items.set(line.item.key, line.item);
        break;
      case 'upload': {
        const parts = new Map<number, string>();
        byId.set(line.upload, parts);
        open.set(line.key, { key: line.key, upload: line.upload, partBytes: line.partBytes, parts });
        break;
      }
      case 'part':
        byId.get(line.upload)?.set(line.number, line.etag);
        break;
      case 'closed':
        if (open.get(line.key)?.upload === line.upload) open.delete(line.key);
        break;
      case 'done':
        done.add(line.key);
        break;
      case 'end':
    }
  }
  return { items, done, open };
}

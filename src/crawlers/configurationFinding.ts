import type { Span, TextEdit } from '../base/text';
import { textOf } from '../documents/data/access';
import type { DataDocument, DataNode, DataObject } from '../documents/data/node';

/** Something about a crawler's configuration, at its place in the text. */
export interface ConfigurationFinding extends Span {
  /** `error`: Glue refuses it. `warning`: it does harm. `information`: it costs or surprises. */
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly fixes: readonly { readonly title: string; readonly edits: readonly TextEdit[] }[];
}

/** What a check of one part is given. */
export interface Checking {
  readonly document: DataDocument;
  readonly root: DataObject;
  readonly report: (
    span: { readonly start: number; readonly end: number },
    found: Omit<ConfigurationFinding, 'start' | 'end' | 'fixes'> &
      Partial<Pick<ConfigurationFinding, 'fixes'>>,
  ) => void;
}

/** Where to point at what an object lacks: its opening bracket. */
export function head(node: DataNode): { readonly start: number; readonly end: number } {
  return { start: node.start, end: node.start + 1 };
}

/** Reports a text that is none of those that Glue knows. */
export function oneOf({ report }: Checking, node: DataNode | undefined, known: readonly string[]): void {
  const text = textOf(node);
  if (node === undefined || (text !== undefined && known.includes(text))) return;
  report(node, { severity: 'error', message: `Glue knows ${known.join(', ')} here.` });
}

import type { PyCall, PyExpression, PythonDocument } from '../../../documents/python/model';
import { argumentOf, wholeText } from '../../../documents/python/values';
import { chainOf, type Link } from './chains';

/** One `frame.write.….parquet(path)`. */
export interface Write {
  readonly frame: PyExpression;
  /** `write` itself. */
  readonly link: Link;
  /** The call that writes, and the calls before it. */
  readonly call: PyCall;
  readonly last: Link;
  readonly settings: readonly Link[];
  /** `parquet`, `csv`, `iceberg`; undefined where it does not say. */
  readonly format: string | undefined;
  readonly mode: { readonly text: string | undefined; readonly link: Link | undefined } | undefined;
  /** What it is partitioned by, as written. */
  readonly partitionBy: readonly PyExpression[];
  readonly path: PyExpression | undefined;
}

const writers = ['parquet', 'orc', 'csv', 'json', 'text', 'avro', 'save', 'saveAsTable', 'insertInto'];

/** All writes of Spark's frames in the file, in order. */
export function writesOf(document: PythonDocument): readonly Write[] {
  return document.calls
    .flatMap((call) => writeOf(document, call) ?? [])
    .toSorted((a, b) => a.call.start - b.call.start || a.call.end - b.call.end);
}

function writeOf(document: PythonDocument, call: PyCall): Write | undefined {
  if (call.callee.kind !== 'member' || !writers.includes(call.callee.name)) return undefined;
  const { links } = chainOf(call);
  const at = links.findLastIndex(({ name, call: called }) => name === 'write' && called === undefined);
  const link = links[at];
  const last = links.at(-1);
  if (link === undefined || last === undefined) return undefined;
  const settings = links.slice(at + 1, -1);
  return {
    frame: link.object,
    link,
    call,
    last,
    settings,
    format: formatOf(document, { last, call, settings }),
    mode: modeOf(document, { call, settings }),
    partitionBy: partitionsOf({ call, settings }),
    path: ['saveAsTable', 'insertInto'].includes(last.name) ? undefined : argumentOf(call, 'path', 0)?.value,
  };
}

function formatOf(
  document: PythonDocument,
  { last, call, settings }: Pick<Write, 'last' | 'call' | 'settings'>,
): string | undefined {
  if (!/^(?:save|saveAsTable|insertInto)$/.test(last.name)) return last.name;
  const set = settings.findLast(({ name }) => name === 'format')?.call;
  const value =
    argumentOf(call, 'format')?.value ??
    (set === undefined ? undefined : argumentOf(set, 'source', 0)?.value);
  // Spark's own default.
  return value === undefined ? 'parquet' : wholeText(document, value)?.toLowerCase();
}

function modeOf(
  document: PythonDocument,
  { call, settings }: Pick<Write, 'call' | 'settings'>,
): Write['mode'] {
  const named = argumentOf(call, 'mode');
  if (named !== undefined) return { text: wholeText(document, named.value)?.toLowerCase(), link: undefined };
  const link = settings.findLast(({ name }) => name === 'mode');
  if (link?.call === undefined) return undefined;
  return { text: wholeText(document, argumentOf(link.call, 'saveMode', 0)?.value)?.toLowerCase(), link };
}

function partitionsOf({ call, settings }: Pick<Write, 'call' | 'settings'>): readonly PyExpression[] {
  const named = argumentOf(call, 'partitionBy')?.value;
  const set = settings.findLast(({ name }) => name === 'partitionBy')?.call;
  const values = named === undefined ? (set?.arguments.map(({ value }) => value) ?? []) : [named];
  return values.flatMap((value) => (value.kind === 'list' ? value.items : [value]));
}

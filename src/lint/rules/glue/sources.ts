import type { PyCall, PyExpression, PythonDocument } from '../../../documents/python/model';
import { argumentOf, dictOf, entryOf, textOf, wholeText } from '../../../documents/python/values';
import { lineageOf, type Link } from './chains';

/** What a frame was read from. */
export interface Source {
  /** `read` is Spark's reader; `frame` Glue's DynamicFrame; `sql` and `table` are Spark's of these names. */
  readonly kind: 'read' | 'frame' | 'sql' | 'table';
  /** The call that reads: `parquet(…)`, `from_catalog(…)`. */
  readonly call: PyCall;
  readonly link: Link;
  /** `parquet`, `from_catalog`. */
  readonly method: string;
  /** The calls between `read` and it: `option`, `schema`, `format`. */
  readonly settings: readonly Link[];
}

/** A frame: its source, and what was done to it since. */
export interface Frame {
  readonly source: Source;
  readonly steps: readonly Link[];
}

const readers = ['parquet', 'orc', 'csv', 'json', 'text', 'load', 'table', 'jdbc', 'avro', 'xml'];
const frameReaders = ['from_catalog', 'from_options', 'from_rdd'];
const shortReaders = ['create_dynamic_frame_from_catalog', 'create_dynamic_frame_from_options'];

/** How a frame came to be; undefined where it does not lead back to a source that is read here. */
export function frameOf(document: PythonDocument, expression: PyExpression): Frame | undefined {
  const { links } = lineageOf(document, expression);
  for (const [at, link] of links.entries()) {
    const source = sourceAt(links, at);
    if (source !== undefined) return { source, steps: links.slice(links.indexOf(source.link) + 1) };
    // Whatever comes out of a call of something else is no frame that we know.
    if (link.call !== undefined && !isSession(link)) return undefined;
  }
  return undefined;
}

// `SparkSession.builder.appName("x").getOrCreate()`
function isSession({ name }: Link): boolean {
  return ['appName', 'config', 'enableHiveSupport', 'getOrCreate', 'master', 'newSession'].includes(name);
}

function sourceAt(links: readonly Link[], at: number): Source | undefined {
  const link = links[at];
  if (link === undefined) return undefined;
  const { name, call } = link;
  const next = links[at + 1];
  if (name === 'read' && call === undefined) {
    const end = links.findIndex(
      (one, place) => place > at && one.call !== undefined && readers.includes(one.name),
    );
    const last = links[end];
    if (last?.call === undefined) return undefined;
    const kind = last.name === 'table' ? 'table' : 'read';
    return { kind, call: last.call, link: last, method: last.name, settings: links.slice(at + 1, end) };
  }
  if (name === 'create_dynamic_frame' && call === undefined) {
    return next?.call !== undefined && frameReaders.includes(next.name)
      ? { kind: 'frame', call: next.call, link: next, method: next.name, settings: [] }
      : undefined;
  }
  if (call === undefined) return undefined;
  if (shortReaders.includes(name)) {
    return { kind: 'frame', call, link, method: name.replace('create_dynamic_frame_', ''), settings: [] };
  }
  const isKnown =
    (name === 'sql' || name === 'table') && /spark|session|sqlContext/i.test(nameOf(link.object));
  return isKnown ? { kind: name, call, link, method: name, settings: [] } : undefined;
}

function nameOf(object: PyExpression): string {
  return object.kind === 'name' || object.kind === 'member' ? object.name : '';
}

/** All places of the file where a frame is read, in order. */
export function sourcesOf(document: PythonDocument): readonly Source[] {
  const found = document.calls.flatMap((call): readonly Source[] => {
    const frame = frameOf(document, call);
    return frame?.source.call === call ? [frame.source] : [];
  });
  return found.toSorted((a, b) => a.call.end - b.call.end);
}

/** How the data of a source is written: `parquet`, `csv`; undefined where it does not say. */
export function formatOf(
  document: PythonDocument,
  { kind, call, method, settings }: Source,
): string | undefined {
  if (kind === 'frame') {
    return method === 'from_options'
      ? wholeText(document, argumentOf(call, 'format', 2)?.value)?.toLowerCase()
      : undefined;
  }
  if (kind !== 'read') return undefined;
  if (method !== 'load') return method;
  const set = settings.findLast(({ name }) => name === 'format')?.call;
  const value =
    argumentOf(call, 'format', 1) ?? (set === undefined ? undefined : argumentOf(set, 'source', 0));
  return wholeText(document, value?.value)?.toLowerCase();
}

/** The path of a source, or its paths. */
export function pathsOf(document: PythonDocument, { kind, call, method }: Source): readonly PyExpression[] {
  if (kind === 'frame') {
    if (method !== 'from_options') return [];
    const options = dictOf(document, argumentOf(call, 'connection_options', 1)?.value);
    const paths = entryOf(document, options, 'paths')?.value;
    return paths?.kind === 'list' ? paths.items : [];
  }
  if (kind !== 'read') return [];
  const path = (argumentOf(call, 'path', 0) ?? argumentOf(call, 'paths'))?.value;
  if (path === undefined) return [];
  return path.kind === 'list' ? path.items : [path];
}

/** The database and table that a source names in the catalog. */
export function tableOf(
  document: PythonDocument,
  { kind, call, method }: Source,
): readonly string[] | undefined {
  if (kind !== 'frame' || method !== 'from_catalog') return undefined;
  const database = wholeText(
    document,
    (argumentOf(call, 'database', 0) ?? argumentOf(call, 'name_space'))?.value,
  );
  const table = wholeText(document, argumentOf(call, 'table_name', 1)?.value);
  return database === undefined || table === undefined ? undefined : [database, table];
}

/** What a source is called: its table, or the last folder of its path that says something; undefined where unknown. */
export function sourceName(document: PythonDocument, source: Source): string | undefined {
  const table = tableOf(document, source)?.at(-1);
  if (table !== undefined) return table;
  const [path] = pathsOf(document, source);
  const text = path === undefined ? undefined : textOf(document, path)?.text;
  return text
    ?.split('/')
    .slice(3)
    .findLast((part) => /^[A-Za-z]\w*$/.test(part));
}

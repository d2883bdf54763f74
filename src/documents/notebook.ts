import type { Span } from '../base/text';
import type { Dialect } from '../sql/ast';
import { itemsOf, textOf, valueOf } from './data/access';
import { readJson } from './data/json';
import type { DataDocument, DataNode } from './data/node';
import { textContent } from './data/textContent';
import type { EmbeddedSql } from './embedded';
import { sqlInPython } from './embeddedPython';
import { cut, embeddedSql, joined, standingFor, type MappedText } from './mappedText';

/** What a Jupyter notebook holds for us. */
export interface NotebookContent {
  /** All Python cells as one text, lines for the shell and magics as comments; undefined without one. */
  readonly python: EmbeddedSql | undefined;
  /** SQL of `%%sql`, `%%athena` and `%%redshift` cells, and of calls in the Python. */
  readonly sql: readonly EmbeddedSql[];
}

/** What cannot stand in a JSON string as it is. */
const reserved = '"\\\n\r\t';

/** Reads a notebook (https://nbformat.readthedocs.io/en/latest/format_description.html); nothing for broken JSON. */
export function readNotebook(text: string): NotebookContent {
  const data = readJson(text);
  if (data.problems.length > 0 || !isPython(data.root)) return { python: undefined, sql: [] };
  const cells = itemsOf(valueOf(data.root, 'cells'))
    .filter((cell) => textOf(valueOf(cell, 'cell_type')) === 'code')
    .map((cell) => sourceOf(data, valueOf(cell, 'source')));
  const sql: EmbeddedSql[] = [];
  const python: MappedText[] = [];
  for (const cell of cells) {
    const magic = /^\s*%%(\w+)[^\n]*(?:\n|$)/.exec(cell.text);
    if (magic === null) python.push(withoutMagics(cell));
    else {
      const engine = engineOf(magic[1] ?? '', text);
      const content = cut(cell, magic[0].length, cell.text.length);
      if (engine !== undefined)
        sql.push({ ...embeddedSql(content, { ...engine, reserved, file: text }), ...engine });
    }
  }
  const all = joined(python);
  if (all.text.trim() === '') return { python: undefined, sql };
  const place = embeddedSql(all, { dialect: undefined, reserved, file: text });
  const inPython = sqlInPython(all.text).map((one) => inFile(one, { python: all, file: text }));
  return { python: place, sql: [...sql, ...inPython].toSorted((a, b) => startOf(a) - startOf(b)) };
}

function startOf({ parts }: EmbeddedSql): number {
  return parts[0]?.at.start ?? 0;
}

function isPython(root: DataNode | undefined): boolean {
  const kernel = textOf(valueOf(root, 'metadata', 'kernelspec', 'name')) ?? '';
  const language =
    textOf(valueOf(root, 'metadata', 'kernelspec', 'language')) ??
    textOf(valueOf(root, 'metadata', 'language_info', 'name')) ??
    'python';
  return /python/i.test(language) || /python|pyspark|glue/i.test(kernel);
}

// The lines of a cell are the items of a list, or all in one text.
function sourceOf(data: DataDocument, source: DataNode | undefined): MappedText {
  const texts = source?.kind === 'array' ? source.items : source === undefined ? [] : [source];
  return joined(texts.flatMap((node) => (node.kind === 'text' ? [textContent(data, node).mapped] : [])));
}

// Two cells are two statements, whatever the first one ends with.
function withoutMagics(cell: MappedText): MappedText {
  const pieces: MappedText[] = [];
  let from = 0;
  for (const { index, 0: lead } of cell.text.matchAll(/^[ \t]*(?=[%!?])/gm)) {
    const at = index + lead.length;
    pieces.push(cut(cell, from, at), standingFor('#', cell.at[at] ?? { start: 0, end: 0 }));
    from = at + 1;
  }
  pieces.push(cut(cell, from, cell.text.length));
  const end = cell.at.at(-1)?.end ?? 0;
  return joined([...pieces, standingFor('\n', { start: end, end })]);
}

interface Engine {
  readonly dialect: Dialect | undefined;
  readonly isSpark?: true;
}

/** Which engine a cell's magic sends it to; `%%sql` is Spark's in Glue and EMR, and anybody's elsewhere. */
function engineOf(magic: string, text: string): Engine | undefined {
  switch (magic.toLowerCase()) {
    case 'athena':
      return { dialect: 'athena' };
    case 'redshift':
      return { dialect: 'redshift' };
    case 'sql':
    case 'sparksql':
      break;
    default:
      return undefined;
  }
  if (/redshift\+\w+:\/\//.test(text)) return { dialect: 'redshift' };
  if (/awsathena\+\w+:\/\//.test(text)) return { dialect: 'athena' };
  if (/pyspark|awsglue|sparkmagic|glue_pyspark|%glue_version/i.test(text))
    return { dialect: 'athena', isSpark: true };
  return { dialect: undefined };
}

function inFile(
  sql: EmbeddedSql,
  { python, file }: { readonly python: MappedText; readonly file: string },
): EmbeddedSql {
  const at: Span[] = sql.parts.flatMap(({ length, at: place, exact }) =>
    exact
      ? python.at.slice(place.start, place.end)
      : Array.from({ length }, () => ({
          start: python.at[place.start]?.start ?? 0,
          end: python.at[Math.max(place.start, place.end - 1)]?.end ?? 0,
        })),
  );
  const moved = embeddedSql(
    { text: sql.text, at },
    { dialect: sql.dialect, reserved: sql.reserved + reserved, file },
  );
  return sql.isSpark === true ? { ...moved, isSpark: true } : moved;
}

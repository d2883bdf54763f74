import type { EmbeddedSql } from '../documents/embedded';
import type { DataProblem } from '../documents/data/node';
import { fileKind, nameKind, type FileKind } from '../documents/kind';
import type { DocumentLanguage, Language } from '../documents/language';
import { dataModels, ownPythonModels, type ReadModel } from '../documents/readers';
import type { Dialect } from '../sql/ast';
import { dialectOf } from '../sql/dialect';
import { readDocument, type SqlDocument } from '../sql/document';

/** A file that has been read and can be linted. */
export type LakeFile = SqlFile | OtherFile;

export interface SqlFile {
  readonly kind: 'sql';
  readonly path: string;
  readonly text: string;
  readonly document: SqlDocument;
}

/** A file that is not SQL: a state machine, Python, a notebook. */
export interface OtherFile {
  readonly kind: 'document';
  readonly path: string;
  readonly text: string;
  /** How it is written, for its comments. */
  readonly format: 'json' | 'yaml' | 'python' | 'notebook';
  readonly languages: readonly DocumentLanguage[];
  readonly models: readonly PlacedModel[];
  /** Where the text breaks the rules of JSON or YAML. */
  readonly problems: readonly DataProblem[];
  /** In the order of the file. */
  readonly embedded: readonly EmbeddedDocument[];
}

/** What the rules of a language are handed. */
export interface PlacedModel {
  readonly read: ReadModel;
  /** For a text that does not stand in the file as it is: the Python of a notebook. */
  readonly within?: EmbeddedSql;
}

/** SQL that stands in another file, read in the dialect of the engine that gets it. */
export interface EmbeddedDocument {
  readonly sql: EmbeddedSql;
  readonly document: SqlDocument;
}

/** A file to be opened. */
export interface OpenRequest {
  /** Its name and extension count. */
  readonly path: string;
  readonly text: string;
  /** Of a SQL file, settled (see fileDialect); of SQL in other files where the call does not tell. */
  readonly dialect?: Dialect | undefined;
}

/**
 * Reads a file as what it is; undefined when nothing in it is for us, or when the dialect of a SQL file is not known.
 * The parsers of Python and YAML are loaded with the first such file. `previous` is an earlier state of the same
 * file: SQL that has not changed is not read again. Never rejects because of the text.
 */
export async function openFile(request: OpenRequest, previous?: LakeFile): Promise<LakeFile | undefined> {
  const { path, text, dialect } = request;
  if (nameKind(path) === 'sql') {
    if (dialect === undefined) return undefined;
    const before = previous?.kind === 'sql' ? previous.document : undefined;
    return { kind: 'sql', path, text, document: readDocument(text, dialect, before) };
  }
  const kind = await fileKind(path, text);
  if (kind === undefined || kind.kind === 'sql') return undefined;
  const read = await readOther(text, kind);
  if (read === undefined) return undefined;
  const known = previous?.kind === 'document' ? previous.embedded : [];
  const embedded = read.sql.flatMap((sql, at): readonly EmbeddedDocument[] => {
    const settled = sql.dialect ?? dialect ?? dialectOf(sql.text);
    if (settled === undefined) return [];
    return [{ sql, document: readDocument(sql.text, settled, known[at]?.document) }];
  });
  if (read.models.length === 0 && embedded.length === 0 && read.problems.length === 0) return undefined;
  const languages = [...new Set(read.models.map(({ read: { language } }) => language))];
  const { format, models, problems } = read;
  return { kind: 'document', path, text, format, languages, models, problems, embedded };
}

/** What a file was checked as: SQL's dialect, or the languages of its documents and of the SQL in it. */
export function languagesOf(file: LakeFile): readonly Language[] {
  if (file.kind === 'sql') return [file.document.dialect];
  return [...new Set([...file.languages, ...file.embedded.map(({ document }) => document.dialect)])];
}

type Read = Pick<OtherFile, 'format' | 'models' | 'problems'> & { readonly sql: readonly EmbeddedSql[] };

async function readOther(
  text: string,
  kind: Exclude<FileKind, { readonly kind: 'sql' }>,
): Promise<Read | undefined> {
  switch (kind.kind) {
    case 'data':
      return readData(kind);
    case 'python': {
      const { sqlInPython } = await import('../documents/embeddedPython');
      const models = (await ownPythonModels(text)).map((read) => ({ read }));
      return { format: 'python', models, problems: [], sql: sqlInPython(text) };
    }
    case 'notebook': {
      const { readNotebook } = await import('../documents/notebook');
      const { python, sql } = readNotebook(text);
      const models: readonly PlacedModel[] =
        python === undefined
          ? []
          : (await ownPythonModels(python.text)).map((read) => ({ read, within: python }));
      return { format: 'notebook', models, problems: [], sql };
    }
  }
}

async function readData({ format, parts }: Extract<FileKind, { readonly kind: 'data' }>): Promise<Read> {
  const problems = parts.flatMap(({ data }) => data.problems);
  if (problems.length > 0) return { format, models: [], problems, sql: [] };
  const models: PlacedModel[] = [];
  const sql: EmbeddedSql[] = [];
  for (const { language, data } of parts) {
    models.push(...(await dataModels(language, data)).map((read) => ({ read })));
    if (language === 'asl') sql.push(...(await import('../documents/embeddedAsl')).sqlInStates(data));
  }
  return { format, models, problems, sql };
}

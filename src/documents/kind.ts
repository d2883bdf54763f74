import { dataParts, mayHoldData, type DataPart } from './dataKind';

/** How a file is written, by its name. */
export type NameKind = 'sql' | 'json' | 'yaml' | 'python' | 'notebook';

/** What a file is, by its name and its text. */
export type FileKind =
  | { readonly kind: 'sql' }
  /** JSON or YAML with documents of ours: the whole, or resources of a template. */
  | { readonly kind: 'data'; readonly format: 'json' | 'yaml'; readonly parts: readonly DataPart[] }
  | { readonly kind: 'python' }
  | { readonly kind: 'notebook' };

/** Longer texts than this are data, whatever they are called; in UTF-16 units. AWS takes 1 MB of a state machine, 8 KB of WLM. */
const longest = 3_000_000;

const extensions: Readonly<Record<string, NameKind>> = {
  sql: 'sql',
  hql: 'sql',
  ddl: 'sql',
  json: 'json',
  template: 'json',
  yaml: 'yaml',
  yml: 'yaml',
  py: 'python',
  ipynb: 'notebook',
};

// Of every repository and never ours; most of them are large.
const others =
  /(?:^|[\\/])(?:package(?:-lock)?|npm-shrinkwrap|composer|tsconfig[\w.-]*|jsconfig|angular|lerna|turbo|manifest|\.[\w.-]+|[\w.-]+\.(?:schema|lock|tfstate|map))\.json$|(?:^|[\\/])(?:pnpm-lock|docker-compose|mkdocs|\.[\w.-]+)\.ya?ml$/i;

/** How a file is written, by its name alone; undefined for files that are never looked into. */
export function nameKind(path: string): NameKind | undefined {
  if (others.test(path)) return undefined;
  const extension = /\.([A-Za-z]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(extensions, extension) ? extensions[extension] : undefined;
}

/** Whether a name says that the file holds a state machine. */
export function isAslName(path: string): boolean {
  return /\.asl(?:\.json|\.ya?ml)?$/i.test(path);
}

/** What a file is; undefined when it is not for us, or when that is not certain. */
export async function fileKind(path: string, text: string): Promise<FileKind | undefined> {
  const name = isAslName(path) && /\.asl$/i.test(path) ? 'json' : nameKind(path);
  if (name === undefined) return undefined;
  if (name === 'sql') return { kind: 'sql' };
  if (text.length > longest) return undefined;
  switch (name) {
    case 'python':
      return mayHoldPython(text) ? { kind: 'python' } : undefined;
    case 'notebook':
      return { kind: 'notebook' };
    case 'json':
    case 'yaml': {
      const named = isAslName(path);
      if (!named && !mayHoldData(text, name)) return undefined;
      const parts = await dataParts(text, { format: name, named: named ? 'asl' : undefined });
      return parts.length === 0 ? undefined : { kind: 'data', format: name, parts };
    }
  }
}

/** Whether a Python text may be for us: without any of these words it has neither a Glue job, nor a handler, nor SQL. */
export function mayHoldPython(text: string): boolean {
  return /\b(?:awsglue|pyspark|spark|boto3|botocore|awswrangler|psycopg2?|redshift_connector|pyathena|sqlalchemy|cursor|lambda_handler|handler|context|start_query_execution|execute_statement|batch_execute_statement|AthenaOperator|AWSAthenaOperator|RedshiftDataOperator|RedshiftSQLOperator)\b/.test(
    text,
  );
}

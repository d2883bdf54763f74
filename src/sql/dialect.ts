import type { Dialect } from './ast';
import { lex, type Token } from './lex';

/** More of a file than this says nothing new about its dialect. */
const enough = 200_000;

type Side = Dialect | 'other';

/** Words and sequences of words that only one engine has; `=` and brackets are tokens like others. */
const signs: readonly (readonly [side: Side, sequence: string])[] = [
  ['redshift', 'DISTKEY'],
  ['redshift', 'SORTKEY'],
  ['redshift', 'DISTSTYLE'],
  ['redshift', 'IAM_ROLE'],
  ['redshift', 'COMPUPDATE'],
  ['redshift', 'IGNOREHEADER'],
  ['redshift', 'ALLOWOVERWRITE'],
  ['redshift', 'INTERLEAVED SORTKEY'],
  ['redshift', 'WITH NO SCHEMA BINDING'],
  ['redshift', 'APPEND FROM'],
  ['redshift', 'CREATE DATASHARE'],
  ['redshift', 'VACUUM REINDEX'],
  ['redshift', 'VACUUM DELETE ONLY'],
  ['redshift', 'VACUUM SORT ONLY'],
  ['redshift', 'SVV_TABLE_INFO'],
  ['redshift', 'STL_QUERY'],
  ['redshift', 'STV_RECENTS'],
  ['redshift', 'PG_TABLE_DEF'],
  ['redshift', 'PG_LAST_COPY_ID'],
  ['redshift', 'ENCODE ZSTD'],
  ['redshift', 'ENCODE LZO'],
  ['redshift', 'ENCODE AZ64'],
  ['redshift', 'ENCODE BYTEDICT'],
  ['redshift', 'FROM DATA CATALOG'],
  ['redshift', 'APPROXIMATE COUNT'],
  ['redshift', 'GETDATE ( )'],
  ['redshift', 'JSON_EXTRACT_PATH_TEXT ('],
  ['redshift', 'STRTOL ('],
  ['redshift', 'SYSDATE'],
  ['athena', 'MSCK REPAIR'],
  ['athena', 'SERDEPROPERTIES'],
  ['athena', 'CROSS JOIN UNNEST'],
  ['athena', 'DATE_PARSE ('],
  ['athena', 'FROM_ISO8601_TIMESTAMP ('],
  ['athena', 'APPROX_DISTINCT ('],
  ['athena', 'APPROX_PERCENTILE ('],
  ['athena', 'MAX_BY ('],
  ['athena', 'MIN_BY ('],
  ['athena', 'ARRAY_AGG ( DISTINCT'],
  ['athena', 'MAP_AGG ('],
  ['athena', 'TRY_CAST ('],
  ['athena', 'JSON_EXTRACT_SCALAR ('],
  ['athena', 'REGEXP_LIKE ('],
  ['athena', 'PARTITIONED_BY = ARRAY'],
  ['athena', 'EXTERNAL_LOCATION ='],
  ['athena', 'BUCKETED_BY = ARRAY'],
  ['athena', 'OPTIMIZE REWRITE DATA'],
  ['athena', 'FOR TIMESTAMP AS OF'],
  ['athena', 'MATCH_RECOGNIZE ('],
  ['other', 'ENGINE ='],
  ['other', 'AUTO_INCREMENT'],
  ['other', 'UNSIGNED'],
  ['other', 'ON DUPLICATE KEY'],
  ['other', 'ON CONFLICT'],
  ['other', 'RETURNING'],
  ['other', 'BIGSERIAL'],
  ['other', 'SERIAL'],
  ['other', 'JSONB'],
  ['other', 'CREATE EXTENSION'],
  ['other', 'NVARCHAR ( MAX'],
  ['other', 'IDENTITY INSERT'],
  ['other', 'NOLOCK'],
  ['other', 'CROSS APPLY'],
  ['other', 'OUTER APPLY'],
  ['other', 'SAFE_CAST ('],
  ['other', 'SAFE_DIVIDE ('],
  ['other', 'PARSE_DATE ('],
  ['other', 'STRUCT ('],
  ['other', 'SELECT AS STRUCT'],
  ['other', 'FLATTEN ('],
  ['other', 'PARSE_JSON ('],
  ['other', 'COPY INTO'],
  ['other', 'CREATE STAGE'],
  ['other', 'FILE_FORMAT ='],
  ['other', 'USING DELTA'],
  ['other', 'USING PARQUET'],
  ['other', 'USING ICEBERG'],
  ['other', 'ZORDER BY'],
  ['other', 'LATERAL VIEW'],
  ['other', 'VARCHAR2'],
  ['other', 'NUMBER ('],
  ['other', 'CONNECT_BY_ROOT'],
  ['other', 'AUTOINCREMENT'],
  ['other', 'PRAGMA'],
];

const byFirst = new Map<string, (readonly [Side, readonly string[]])[]>();
for (const [side, sequence] of signs) {
  const words = sequence.split(' ');
  const first = words[0] ?? '';
  byFirst.set(first, [...(byFirst.get(first) ?? []), [side, words]]);
}

/**
 * The engine a SQL text is for, or undefined when nothing decides it or it speaks for both or another.
 * A comment `-- dialect: athena` before the first statement decides alone.
 */
export function dialectOf(text: string): Dialect | undefined {
  const said = /^\s*(?:--[^\n]*\n\s*)*?--\s*dialect\s*[:=]\s*(athena|trino|redshift)\b/i
    .exec(text.slice(0, 2000))?.[1]
    ?.toLowerCase();
  if (said !== undefined) return said === 'redshift' ? 'redshift' : 'athena';
  const { tokens } = lex(text.slice(0, enough), 'athena');
  const found = new Set<Side>();
  for (let i = 0; i < tokens.length; i++) {
    const side = sideAt(text, tokens, i);
    if (side === 'other') return undefined;
    if (side !== undefined) found.add(side);
  }
  if (found.size !== 1) return undefined;
  return found.has('athena') ? 'athena' : 'redshift';
}

function sideAt(text: string, tokens: readonly Token[], i: number): Side | undefined {
  const token = tokens[i];
  if (token === undefined) return undefined;
  const { upper } = token;
  // A word behind a point or in quotes is somebody's column, whatever it is called.
  if (tokens[i - 1]?.upper === '.' && token.kind === 'word') return undefined;
  for (const [side, words] of byFirst.get(upper) ?? []) {
    if (words.every((word, k) => tokens[i + k]?.upper === word) && !isPlainName(tokens, i, words))
      return side;
  }
  return shapeAt(text, tokens, i);
}

/** `select distkey from t`: one lone word that is a column or alias proves nothing. */
function isPlainName(tokens: readonly Token[], i: number, words: readonly string[]): boolean {
  if (words.length > 1) return false;
  const before = tokens[i - 1]?.upper;
  const after = tokens[i + 1]?.upper;
  return (
    before === 'SELECT' ||
    before === 'AS' ||
    before === 'BY' ||
    ((before === ',' || before === '(') && (after === ',' || after === ')' || after === 'FROM'))
  );
}

/** Signs that are more than a sequence of words. */
function shapeAt(text: string, tokens: readonly Token[], i: number): Side | undefined {
  const token = tokens[i];
  const next = tokens[i + 1];
  if (token === undefined) return undefined;
  const raw = text.slice(token.start, token.end);
  switch (token.upper) {
    case 'TBLPROPERTIES':
      return next?.upper === '(' ? hiveOnly(tokens, i) : undefined;
    case 'STORED':
      return next?.upper === 'AS' ? hiveOnly(tokens, i) : undefined;
    case 'ROW':
      return next?.upper === 'FORMAT' ? hiveOnly(tokens, i) : undefined;
    case 'GO':
      return isAlone(text, token) ? 'other' : undefined;
    case '@':
      return next?.kind === 'word' && next.start === token.end ? 'other' : undefined;
    case '[':
      return next?.kind === 'word' &&
        tokens[i + 2]?.upper === ']' &&
        /^[\w.]/.test(text.charAt(tokens[i + 2]?.end ?? 0))
        ? 'other'
        : undefined;
    case '::':
      return 'redshift';
    case '<=>':
    case '{-':
      return token.upper === '<=>' ? 'other' : undefined;
    case 'UNLOAD':
      if (next?.upper !== '(') return undefined;
      return tokens[i + 2]?.kind === 'string'
        ? 'redshift'
        : tokens[i + 2]?.upper === 'SELECT' || tokens[i + 2]?.upper === 'WITH'
          ? 'athena'
          : undefined;
    case 'WITH':
      return next?.upper === '(' && tokens[i + 2]?.upper === 'FORMAT' && tokens[i + 3]?.upper === '='
        ? 'athena'
        : undefined;
    default:
  }
  if (token.kind === 'quoted') {
    if (raw.startsWith('`')) return isDdl(tokens, i) ? undefined : 'other';
    return /\$(?:partitions|files|history|snapshots|manifests|refs)"$/i.test(raw) ? 'athena' : undefined;
  }
  return undefined;
}

/** Redshift's external tables take Hive's clauses too: a sign of Athena only when the statement is none of Redshift's. */
function hiveOnly(tokens: readonly Token[], i: number): Side | undefined {
  let properties: Side | undefined = 'athena';
  for (let k = i - 1; k >= 0 && tokens[k]?.upper !== ';'; k--) {
    const upper = tokens[k]?.upper;
    // `USING` names a Spark provider.
    if (upper === 'USING') return 'other';
    if (
      upper === 'TABLE' &&
      tokens[k + 1]?.kind === 'word' &&
      tokens[k + 2]?.upper === '.' &&
      /^(?:SPECTRUM)/.test(tokens[k + 1]?.upper ?? '')
    )
      properties = undefined;
  }
  return properties;
}

function isDdl(tokens: readonly Token[], i: number): boolean {
  for (let k = i; k >= 0; k--) {
    const upper = tokens[k]?.upper;
    if (upper === ';') break;
    if (
      upper === 'CREATE' ||
      upper === 'ALTER' ||
      upper === 'DROP' ||
      upper === 'MSCK' ||
      upper === 'DESCRIBE' ||
      upper === 'SHOW'
    )
      return true;
  }
  return false;
}

function isAlone(text: string, token: Token): boolean {
  const from = text.lastIndexOf('\n', token.start) + 1;
  const to = text.indexOf('\n', token.end);
  return (
    text
      .slice(from, to < 0 ? undefined : to)
      .trim()
      .toUpperCase() === 'GO'
  );
}

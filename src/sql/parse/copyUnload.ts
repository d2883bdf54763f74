import type { CopyStatement, Literal, Option, Query, UnloadStatement } from '../ast';
import { tokensInside } from './embedded';
import { plainString, stringLiteral } from './literals';
import { readName, readQualified } from './names';
import { optionTable, readOption, readProperties } from './options';
import {
  close,
  complain,
  eat,
  endOf,
  expect,
  expected,
  is,
  missing,
  next,
  parenthesised,
  peek,
  repair,
  shown,
  textOf,
  type Reader,
} from './reader';

const shared = `
IAM_ROLE DEFAULT
IAM_ROLE=value
CREDENTIALS AS=value
CREDENTIALS=value
WITH CREDENTIALS AS=value
WITH CREDENTIALS=value
ACCESS_KEY_ID AS=value
ACCESS_KEY_ID=value
SECRET_ACCESS_KEY AS=value
SECRET_ACCESS_KEY=value
SESSION_TOKEN AS=value
SESSION_TOKEN=value
TOKEN AS=value
TOKEN=value
MASTER_SYMMETRIC_KEY AS=value
MASTER_SYMMETRIC_KEY=value
KMS_KEY_ID AS=value
KMS_KEY_ID=value
ENCRYPTED AUTO
ENCRYPTED
REGION AS=value
REGION=value
DELIMITER AS=value
DELIMITER=value
NULL AS=value
NULL=value
BZIP2
GZIP
LZOP
ZSTD
ESCAPE
CSV
PARQUET
JSON
`;

const copyOptions = optionTable(`${shared}
FORMAT AS CSV
FORMAT AS DELIMITER=value
FORMAT AS JSON AS=value
FORMAT JSON AS=value
FORMAT JSON=value?
FORMAT AVRO AS=value
FORMAT AVRO=value?
FORMAT AS JSON=value?
FORMAT AS AVRO=value?
FORMAT AS SHAPEFILE
FORMAT SHAPEFILE
FORMAT CSV
FORMAT AS=value
FORMAT=value
AVRO AS=value
AVRO=value?
JSON AS=value
JSON=value?
ORC
SHAPEFILE SIMPLIFY AUTO=value?
SHAPEFILE SIMPLIFY=value
SHAPEFILE
SIMPLIFY AUTO=value?
SIMPLIFY=value
FIXEDWIDTH AS=value
FIXEDWIDTH=value
QUOTE AS=value
QUOTE=value
MANIFEST
SSH
READRATIO=value
ACCEPTANYDATE
ACCEPTINVCHARS AS=value
ACCEPTINVCHARS=value?
BLANKSASNULL
DATEFORMAT AS=value
DATEFORMAT=value
TIMEFORMAT AS=value
TIMEFORMAT=value
EMPTYASNULL
ENCODING AS=value
ENCODING=value
EXPLICIT_IDS
FILLRECORD
IGNOREBLANKLINES
IGNOREHEADER AS=value
IGNOREHEADER=value
IGNOREALLERRORS
MAXERROR AS=value
MAXERROR=value
REMOVEQUOTES
ROUNDEC
TRIMBLANKS
TRUNCATECOLUMNS
COMPROWS=value
COMPUPDATE=value
STATUPDATE=value
COMPUPDATE PRESET
NOLOAD VERBOSE
NOLOAD
VERBOSE
JOB CREATE=value
AUTO ON
AUTO OFF
SERIALIZETOJSON
`);

const unloadOptions = optionTable(`${shared}
FORMAT AS=value
FORMAT=value
PARTITION BY=items
INCLUDE
MANIFEST VERBOSE
MANIFEST
HEADER
FIXEDWIDTH AS=value
FIXEDWIDTH=value
ADDQUOTES
ALLOWOVERWRITE
CLEANPATH
PARALLEL=value
MAXFILESIZE AS=value
MAXFILESIZE=value
ROWGROUPSIZE AS=value
ROWGROUPSIZE=value
EXTENSION=value
`);

const bareSwitches = new Set(['COMPUPDATE', 'STATUPDATE', 'PARALLEL']);

function readOptions(r: Reader, kind: 'COPY' | 'UNLOAD'): Option[] {
  const table = kind === 'COPY' ? copyOptions : unloadOptions;
  const options: Option[] = [];
  while (peek(r).kind !== 'end') {
    if (is(r, ',')) {
      next(r);
      continue;
    }
    // COMPUPDATE and STATUPDATE may stand without ON or OFF.
    const bare = bareSwitches.has(peek(r).upper) && !/^(?:ON|OFF|TRUE|FALSE|PRESET)$/.test(peek(r, 1).upper);
    if (bare && peek(r, 1).kind !== 'string') {
      const token = next(r);
      options.push({
        kind: 'Option',
        key: token.upper,
        keySpan: { start: token.start, end: token.end },
        start: token.start,
        end: token.end,
      });
      continue;
    }
    const option = readOption(r, table);
    if (option !== undefined) {
      options.push(withUnit(r, option));
      continue;
    }
    if (peek(r).kind === 'template' || peek(r).kind === 'parameter') next(r);
    else if (!repair(r, [...table.keys()], { certain: true })) {
      complain(r, `Unexpected ${shown(r, peek(r))}: no option of ${kind} begins like this`);
      next(r);
    }
  }
  return options;
}

/** MAXFILESIZE 100 MB, and PARTITION BY (…) INCLUDE. */
function withUnit(r: Reader, option: Option): Option {
  const unit = peek(r).upper;
  if (
    (option.key.startsWith('MAXFILESIZE') || option.key.startsWith('ROWGROUPSIZE')) &&
    (unit === 'MB' || unit === 'GB')
  ) {
    next(r);
    const start = option.valueSpan?.start ?? option.start;
    return {
      ...option,
      value: `${option.value ?? ''} ${unit}`,
      valueSpan: { start, end: endOf(r) },
      end: endOf(r),
    };
  }
  return option;
}

/** COPY table [(columns)] FROM '…' with its options. */
export function readCopy(r: Reader): CopyStatement {
  const start = next(r).start;
  const target = readQualified(r, 'a table name');
  const columns = is(r, '(') ? parenthesised(r, () => readName(r, 'a column name')) : [];
  repair(r, ['FROM'], { certain: true });
  expect(r, 'FROM');
  const token = peek(r);
  let from: CopyStatement['from'];
  if (token.kind === 'string') from = stringLiteral(r, next(r));
  else if (token.kind === 'template')
    from = { kind: 'Template', start: token.start, end: next(r).end, text: textOf(r, token) };
  else if (token.kind === 'parameter')
    from = { kind: 'Parameter', start: token.start, end: next(r).end, text: textOf(r, token) };
  else expected(r, 'a location in quotes');
  const options = readOptions(r, 'COPY');
  return {
    kind: 'CopyStatement',
    start,
    target,
    columns,
    ...(from === undefined ? {} : { from }),
    options,
    end: endOf(r),
  };
}

/** Text that only the program that sends the statement knows. */
function isOpaque(kind: ReturnType<typeof peek>['kind']): boolean {
  return kind === 'template' || kind === 'parameter';
}

/** UNLOAD of both engines. */
export function readUnload(r: Reader): UnloadStatement {
  const start = next(r).start;
  let query: Query | undefined;
  let querySpan: UnloadStatement['querySpan'];
  if (expect(r, '(')) {
    const token = peek(r);
    if (token.kind === 'string') {
      next(r);
      if (peek(r).kind === 'string') {
        // 'a' and 'b' with a line break between are one string; its query is not followed through the seam.
        while (peek(r).kind === 'string') next(r);
        querySpan = { start: token.start, end: endOf(r) };
      } else {
        querySpan = { start: token.start, end: token.end };
        query = readInside(r, token);
      }
    } else if (isOpaque(token.kind) && peek(r, 1).upper === ')') next(r);
    else query = r.grammar.query(r);
    close(r);
  }
  let to: Literal | undefined;
  if (expect(r, 'TO')) {
    if (peek(r).kind === 'string') to = plainString(r, next(r));
    else if (peek(r).kind === 'template' || peek(r).kind === 'parameter') next(r);
    else expected(r, 'a location in quotes');
  }
  const options = r.dialect === 'athena' && is(r, 'WITH') ? readWith(r) : readOptions(r, 'UNLOAD');
  return {
    kind: 'UnloadStatement',
    start,
    ...(query === undefined ? {} : { query }),
    ...(querySpan === undefined ? {} : { querySpan }),
    ...(to === undefined ? {} : { to }),
    options,
    end: endOf(r),
  };
}

function readWith(r: Reader): Option[] {
  next(r);
  return readProperties(r);
}

/** The query in a string, in outer offsets; its problems are raised with ours. */
function readInside(r: Reader, token: ReturnType<typeof peek>): Query {
  const found = tokensInside(r, token);
  const tokens = [...found, { kind: 'end' as const, start: token.end - 1, end: token.end - 1, upper: '' }];
  const inside: Reader = { ...r, tokens, at: 0, problemAt: -1, aliases: [], brackets: undefined };
  if (found.length === 0) {
    complain(r, 'The query of UNLOAD is empty');
    const body = missing(r);
    return {
      kind: 'Query',
      start: token.start + 1,
      end: token.start + 1,
      recursive: false,
      ctes: [],
      body: { ...body, start: token.start + 1, end: token.start + 1 },
      orderBy: [],
    };
  }
  const query = r.grammar.query(inside);
  while (eat(inside, ';'));
  if (peek(inside).kind !== 'end')
    complain(inside, `Unexpected ${shown(inside, peek(inside))} in the query of UNLOAD`);
  return query;
}

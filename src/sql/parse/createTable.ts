import type { ColumnDefinition, CreateTable, CreateTableAs, Identifier, Option, QualifiedName } from '../ast';
import { needType, readColumn, readConstraint, readPartitionColumns } from './columns';
import { readLambdaFunctions } from './lambdaFunctions';
import { readName, readQualified } from './names';
import { optionTable, readItems, readOption, readProperties } from './options';
import { startsQuery } from './primary';
import {
  complain,
  eat,
  endOf,
  expect,
  expected,
  is,
  next,
  parenthesised,
  peek,
  repair,
  shown,
  spanFrom,
  startOf,
  type Reader,
} from './reader';
import type { Span } from '../../base/text';

const attributes = optionTable(`
COMMENT=value
LOCATION=value
ROW FORMAT SERDE=value
ROW FORMAT DELIMITED
FIELDS TERMINATED BY=value
ESCAPED BY=value
COLLECTION ITEMS TERMINATED BY=value
MAP KEYS TERMINATED BY=value
LINES TERMINATED BY=value
NULL DEFINED AS=value
STORED AS INPUTFORMAT=value
OUTPUTFORMAT=value
STORED AS=value
STORED BY=value
INPUTFORMAT=value
SKEWED BY=items
CLUSTERED BY=items
SORTED BY=items
DISTSTYLE=value
DISTKEY=items
SORTKEY AUTO
SORTKEY=items
ENCODE AUTO
BACKUP=value
TABLE PROPERTIES=items
`);

interface Header {
  readonly start: number;
  readonly name: QualifiedName;
  readonly external: boolean;
  readonly temporary: boolean;
  readonly ifNotExists: boolean;
}

interface Body {
  columns: ColumnDefinition[];
  columnsSpan?: Span;
  constraints: Option[];
  partitionedBy: ColumnDefinition[];
  partitionedBySpan?: Span;
  options: Option[];
  properties: Option[];
  serdeProperties: Option[];
  withProperties?: { readonly entries: Option[]; readonly span: Span };
  like?: QualifiedName;
}

/** CREATE [EXTERNAL|TEMPORARY] TABLE, with columns, LIKE or AS query; the reader stands behind TABLE. */
export function readCreateTable(
  r: Reader,
  given: { readonly start: number; readonly external: boolean; readonly temporary: boolean },
): CreateTable | CreateTableAs {
  const ifNotExists = eat(r, 'IF', 'NOT', 'EXISTS');
  const name = readQualified(r, 'a table name');
  const header: Header = { ...given, name, ifNotExists };
  const body: Body = {
    columns: [],
    constraints: [],
    partitionedBy: [],
    options: [],
    properties: [],
    serdeProperties: [],
  };
  if (eat(r, 'LIKE')) body.like = readQualified(r, 'a table name');
  else if (is(r, '(')) readElements(r, body);
  readAttributes(r, body);
  if (eat(r, 'AS')) return createTableAs(r, header, body);
  if (startsQuery(r) && !is(r, '(') && !is(r, 'WITH')) {
    expected(r, 'AS before the query');
    return createTableAs(r, header, body);
  }
  if (
    body.columnsSpan === undefined &&
    body.like === undefined &&
    body.options.length + body.properties.length === 0
  )
    expected(r, 'a list of columns or AS');
  for (const column of body.columns) needType(r, column);
  if (body.withProperties !== undefined && r.problems.length === 0 && r.silentFrom === Infinity)
    r.problems.push({
      ...body.withProperties.span,
      message: 'WITH (…) needs AS and a query behind it; a SerDe takes WITH SERDEPROPERTIES (…)',
    });
  return {
    kind: 'CreateTable',
    ...header,
    columns: body.columns,
    ...(body.columnsSpan === undefined ? {} : { columnsSpan: body.columnsSpan }),
    constraints: body.constraints,
    partitionedBy: body.partitionedBy,
    ...(body.partitionedBySpan === undefined ? {} : { partitionedBySpan: body.partitionedBySpan }),
    options: body.options,
    properties: body.properties,
    serdeProperties: body.serdeProperties,
    ...(body.like === undefined ? {} : { like: body.like }),
    end: endOf(r),
  };
}

function createTableAs(r: Reader, header: Header, body: Body): CreateTableAs {
  // The user guide has these only before SELECT; AWS's own text analytics example has them here.
  if (r.dialect === 'athena' && is(r, 'USING')) readLambdaFunctions(r);
  const query = r.grammar.query(r);
  if (is(r, 'WITH', 'NO', 'DATA')) r.at += 3;
  else if (is(r, 'WITH', 'DATA')) r.at += 2;
  const withs = body.withProperties;
  return {
    kind: 'CreateTableAs',
    ...header,
    columns: body.columns,
    properties: withs?.entries ?? body.properties,
    ...(withs === undefined ? {} : { propertiesSpan: withs.span }),
    options: body.options,
    partitionedBy: body.partitionedBy,
    query,
    end: endOf(r),
  };
}

function readElements(r: Reader, body: Body): void {
  const start = startOf(r);
  parenthesised(r, () => {
    if (is(r, 'LIKE')) {
      readLike(r, body);
      return;
    }
    const constraint = readConstraint(r);
    if (constraint !== undefined) body.constraints.push(...constraint);
    else body.columns.push(readColumn(r));
  });
  body.columnsSpan = spanFrom(r, start);
}

/** `LIKE table [INCLUDING|EXCLUDING DEFAULTS]` inside the column list. */
function readLike(r: Reader, body: Body): void {
  next(r);
  body.like = readQualified(r, 'a table name');
  while (is(r, 'INCLUDING') || is(r, 'EXCLUDING')) {
    const start = startOf(r);
    const key = `${next(r).upper} ${next(r).upper}`;
    body.options.push({ kind: 'Option', key, keySpan: spanFrom(r, start), ...spanFrom(r, start) });
  }
}

/** All clauses behind the column list, in any order: DDL tools write them in many. */
function readAttributes(r: Reader, body: Body): void {
  for (;;) {
    if (is(r, 'AS') || peek(r).kind === 'end') return;
    const before = r.at;
    if (!readAttribute(r, body)) {
      if (startsQuery(r)) return;
      if (
        repair(
          r,
          [
            'STORED',
            'LOCATION',
            'TBLPROPERTIES',
            'PARTITIONED',
            'CLUSTERED',
            'DISTSTYLE',
            'DISTKEY',
            'SORTKEY',
            'COMPOUND',
            'INTERLEAVED',
            'COMMENT',
            'ENCODE',
            'BACKUP',
          ],
          { certain: true },
        )
      )
        continue;
      complain(r, `Unexpected ${shown(r, peek(r))} in CREATE TABLE`);
      if (r.at === before) next(r);
    }
  }
}

function readAttribute(r: Reader, body: Body): boolean {
  const start = startOf(r);
  if (is(r, 'PARTITIONED', 'BY') || is(r, 'PARTITION', 'BY')) {
    r.at += 2;
    if (is(r, 'SPEC')) next(r);
    body.partitionedBy = readPartitionColumns(r);
    body.partitionedBySpan = spanFrom(r, start);
    return true;
  }
  if (is(r, 'TBLPROPERTIES') || is(r, 'TABLE', 'PROPERTIES')) {
    r.at += is(r, 'TABLE') ? 2 : 1;
    body.properties.push(...readProperties(r));
    return true;
  }
  if (is(r, 'WITH', 'SERDEPROPERTIES') || is(r, 'SERDEPROPERTIES')) {
    if (eat(r, 'WITH')) next(r);
    else next(r);
    body.serdeProperties.push(...readProperties(r));
    return true;
  }
  if (is(r, 'WITH', '(')) {
    next(r);
    const from = startOf(r);
    const entries = readProperties(r);
    body.withProperties = { entries, span: spanFrom(r, from) };
    return true;
  }
  if (is(r, 'COMPOUND', 'SORTKEY') || is(r, 'INTERLEAVED', 'SORTKEY')) {
    body.options.push(readSortKey(r));
    return true;
  }
  if (is(r, 'CLUSTERED', 'BY')) {
    body.options.push(...readClustering(r));
    return true;
  }
  const option = readOption(r, attributes);
  if (option === undefined) return false;
  checkValue(r, option.key);
  body.options.push(option);
  return true;
}

/** A clause's value that is the next clause's word instead: the value is missing. */
function checkValue(r: Reader, key: string): void {
  const value = r.tokens[r.at - 1];
  const quoted = key === 'LOCATION' || key.endsWith('SERDE') || key.endsWith('PUTFORMAT');
  const wrong = quoted ? value?.kind === 'word' : key === 'STORED AS' && value?.upper === 'AS';
  if (!wrong) return;
  r.at--;
  expected(r, quoted ? 'a string in quotes' : 'a format');
  r.at++;
}

/** COMPOUND|INTERLEAVED SORTKEY (…): the style is the value, the columns are the items. */
function readSortKey(r: Reader): Option {
  const style = next(r);
  const word = next(r);
  const items = readItems(r);
  return {
    kind: 'Option',
    key: 'SORTKEY',
    keySpan: { start: word.start, end: word.end },
    value: style.upper,
    valueSpan: { start: style.start, end: style.end },
    items,
    start: style.start,
    end: endOf(r),
  };
}

/** CLUSTERED BY (…) [SORTED BY (…)] INTO n BUCKETS. */
function readClustering(r: Reader): Option[] {
  const clustered = readOption(r, attributes);
  const sorted = is(r, 'SORTED', 'BY') ? readOption(r, attributes) : undefined;
  const start = startOf(r);
  const found = [clustered, sorted].filter((option) => option !== undefined);
  if (!expect(r, 'INTO')) return found;
  const token = peek(r);
  if (token.kind === 'number' || token.kind === 'template' || token.kind === 'parameter') next(r);
  else expected(r, 'a number of buckets');
  const value = r.text.slice(token.start, endOf(r));
  expect(r, 'BUCKETS');
  return [
    ...found,
    {
      kind: 'Option',
      key: 'BUCKETS',
      keySpan: spanFrom(r, start),
      value,
      valueSpan: { start: token.start, end: token.end },
      ...spanFrom(r, start),
    },
  ];
}

/** Names in parentheses, as before AS in views. */
export function readNames(r: Reader): Identifier[] {
  return parenthesised(r, () => {
    const name = readName(r, 'a column name');
    if (is(r, 'COMMENT')) r.at += 2;
    return name;
  });
}

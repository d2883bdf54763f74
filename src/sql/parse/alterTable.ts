import type { AlterAction, AlterTable, ColumnDefinition, Option, PartitionSpec } from '../ast';
import { readConstraint, readTyped } from './columns';
import { readName, readQualified } from './names';
import { readItems, readProperties, readValue } from './options';
import { readPartitionSpec } from './partitionSpec';
import {
  commaList,
  complain,
  eat,
  eatOne,
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
  textOf,
  type Reader,
} from './reader';
import { readType } from './types';

type Parts = {
  readonly action: string;
  readonly guarded?: boolean;
  readonly partitions?: readonly PartitionSpec[];
  readonly columns?: readonly ColumnDefinition[];
  readonly options?: readonly Option[];
};

const verbs = ['ADD', 'DROP', 'RENAME', 'REPLACE', 'CHANGE', 'ALTER', 'SET', 'APPEND', 'OWNER', 'PARTITION'];

/** ALTER TABLE of both engines; the reader stands behind TABLE. */
export function readAlterTable(r: Reader, start: number): AlterTable {
  eat(r, 'IF', 'EXISTS');
  const name = readQualified(r, 'a table name');
  repair(r, verbs, { certain: true });
  const actions: AlterAction[] = [];
  if (peek(r).kind === 'end') expected(r, 'an action such as ADD COLUMN');
  else {
    actions.push(readAction(r));
    while (r.dialect === 'redshift' && eat(r, ',')) actions.push(readAction(r));
  }
  return { kind: 'AlterTable', start, name, actions, end: endOf(r) };
}

function readAction(r: Reader): AlterAction {
  const start = startOf(r);
  const parts = actionParts(r);
  return {
    kind: 'AlterAction',
    start,
    action: parts.action,
    guarded: parts.guarded ?? false,
    partitions: parts.partitions ?? [],
    columns: parts.columns ?? [],
    options: parts.options ?? [],
    end: endOf(r),
  };
}

function actionParts(r: Reader): Parts {
  const spec = is(r, 'PARTITION', '(') ? [readPartitionSpec(r)] : [];
  const parts = oneAction(r);
  return spec.length === 0
    ? parts
    : {
        ...parts,
        action: parts.action === 'RENAME TO' ? 'RENAME PARTITION' : parts.action,
        partitions: [...spec, ...(parts.partitions ?? [])],
      };
}

function oneAction(r: Reader): Parts {
  if (eat(r, 'ADD')) return readAdd(r);
  if (eat(r, 'DROP')) return readDrop(r);
  if (eat(r, 'RENAME')) return readRename(r);
  if (eat(r, 'REPLACE', 'COLUMNS'))
    return { action: 'REPLACE COLUMNS', columns: parenthesised(r, () => readTyped(r)) };
  if (is(r, 'CHANGE')) return readChange(r);
  if (eat(r, 'ALTER')) return readAlter(r);
  if (eat(r, 'SET')) return readSet(r);
  if (is(r, 'UNSET', 'TBLPROPERTIES') && r.dialect === 'athena') return readUnset(r);
  if (eat(r, 'APPEND')) return readAppend(r);
  if (is(r, 'OWNER', 'TO')) return { action: 'OWNER TO', options: [keyed(r, 2)] };
  if (is(r, 'ROW', 'LEVEL', 'SECURITY') || is(r, 'MASKING')) {
    const option = keyed(r, is(r, 'ROW') ? 3 : 1);
    while (peek(r).kind !== 'end' && !is(r, ',')) next(r);
    return { action: 'OTHER', options: [option] };
  }
  return other(r);
}

/** UNSET TBLPROPERTIES [IF EXISTS] ('key', …): the keys are the items. */
function readUnset(r: Reader): Parts {
  const start = startOf(r);
  r.at += 2;
  const keySpan = spanFrom(r, start);
  const guarded = eat(r, 'IF', 'EXISTS');
  const items = readItems(r);
  const option: Option = {
    kind: 'Option',
    key: 'UNSET TBLPROPERTIES',
    keySpan,
    items,
    ...spanFrom(r, start),
  };
  return { action: 'OTHER', guarded, options: [option] };
}

function other(r: Reader): Parts {
  complain(r, `Unexpected ${shown(r, peek(r))}: no action of ALTER TABLE begins like this`);
  while (peek(r).kind !== 'end') next(r);
  return { action: 'OTHER' };
}

/** The next `words` words as a key, and one value behind them. */
function keyed(r: Reader, words: number): Option {
  const start = startOf(r);
  const key: string[] = [];
  for (let i = 0; i < words; i++) key.push(next(r).upper);
  const keySpan = spanFrom(r, start);
  const value = readValue(r);
  return { kind: 'Option', key: key.join(' '), keySpan, ...value, ...spanFrom(r, start) };
}

/** The next `words` words as a key with no value. */
function flag(r: Reader, words: number): Option {
  const start = startOf(r);
  const key: string[] = [];
  for (let i = 0; i < words; i++) key.push(next(r).upper);
  return { kind: 'Option', key: key.join(' '), keySpan: spanFrom(r, start), ...spanFrom(r, start) };
}

function readAdd(r: Reader): Parts {
  const guarded = eat(r, 'IF', 'NOT', 'EXISTS');
  if (is(r, 'PARTITION', 'FIELD')) {
    r.at += 2;
    return { action: 'OTHER', columns: [transformColumn(r)] };
  }
  if (is(r, 'PARTITION')) {
    const partitions: PartitionSpec[] = [];
    do partitions.push(readPartitionSpec(r));
    while (eat(r, ',') || is(r, 'PARTITION'));
    return { action: 'ADD PARTITION', guarded, partitions };
  }
  if (eat(r, 'COLUMNS')) return { action: 'ADD COLUMNS', columns: parenthesised(r, () => readTyped(r)) };
  const constraint = readConstraint(r);
  if (constraint !== undefined) return { action: 'ADD CONSTRAINT', options: constraint };
  eat(r, 'COLUMN');
  const again = eat(r, 'IF', 'NOT', 'EXISTS');
  return { action: 'ADD COLUMN', guarded: guarded || again, columns: [readTyped(r)] };
}

function transformColumn(r: Reader): ColumnDefinition {
  const start = startOf(r);
  const expression = r.grammar.expression(r, 5);
  const name = {
    kind: 'Identifier',
    start,
    end: endOf(r),
    name: r.text.slice(start, endOf(r)),
    quoted: false,
  } as const;
  return {
    kind: 'ColumnDefinition',
    start,
    name,
    options: [],
    ...(expression.kind === 'Call' ? { transform: expression } : {}),
    end: endOf(r),
  };
}

function nameOnly(r: Reader): ColumnDefinition {
  const start = startOf(r);
  if (is(r, 'IF')) expected(r, 'a column name');
  const name = readName(r, 'a column name');
  return { kind: 'ColumnDefinition', start, name, options: [], end: endOf(r) };
}

function readDrop(r: Reader): Parts {
  let guarded = eat(r, 'IF', 'EXISTS');
  if (is(r, 'PARTITION', 'FIELD')) {
    r.at += 2;
    return { action: 'OTHER', columns: [transformColumn(r)] };
  }
  if (is(r, 'PARTITION')) {
    const partitions: PartitionSpec[] = [];
    do partitions.push(readPartitionSpec(r));
    while (eat(r, ',') || is(r, 'PARTITION'));
    eat(r, 'PURGE');
    return { action: 'DROP PARTITION', guarded, partitions };
  }
  if (is(r, 'CONSTRAINT') || is(r, 'PRIMARY', 'KEY')) {
    const option = is(r, 'CONSTRAINT') ? keyed(r, 1) : flag(r, 2);
    eatOne(r, 'CASCADE', 'RESTRICT');
    return { action: 'DROP CONSTRAINT', options: [option] };
  }
  eat(r, 'COLUMN');
  guarded = eat(r, 'IF', 'EXISTS') || guarded;
  const columns = [nameOnly(r)];
  eatOne(r, 'CASCADE', 'RESTRICT');
  return { action: 'DROP COLUMN', guarded, columns };
}

function readRename(r: Reader): Parts {
  if (is(r, 'TO', 'PARTITION') || is(r, 'TO', 'PARTITION', '(')) {
    next(r);
    return { action: 'RENAME PARTITION', partitions: [readPartitionSpec(r)] };
  }
  if (is(r, 'TO')) {
    const start = next(r).start;
    const keySpan = spanFrom(r, start);
    const name = readQualified(r, 'the new name');
    const value = name.parts.map((part) => part.name).join('.');
    return {
      action: 'RENAME TO',
      options: [
        {
          kind: 'Option',
          key: 'TO',
          keySpan,
          value,
          valueSpan: { start: name.start, end: name.end },
          ...spanFrom(r, start),
        },
      ],
    };
  }
  eat(r, 'COLUMN');
  const columns = [nameOnly(r)];
  expect(r, 'TO');
  columns.push(nameOnly(r));
  return { action: 'RENAME COLUMN', columns };
}

/** Hive CHANGE [COLUMN] old new type [COMMENT] [FIRST|AFTER name]. */
function readChange(r: Reader): Parts {
  next(r);
  eat(r, 'COLUMN');
  const columns = [nameOnly(r), readTyped(r)];
  eatOne(r, 'CASCADE', 'RESTRICT');
  return { action: 'CHANGE COLUMN', columns };
}

function readAlter(r: Reader): Parts {
  if (is(r, 'DISTKEY') || is(r, 'DISTSTYLE')) {
    const options: Option[] = [];
    const action = is(r, 'DISTKEY') ? 'ALTER DISTKEY' : 'ALTER DISTSTYLE';
    while (is(r, 'DISTSTYLE') || is(r, 'DISTKEY')) options.push(keyed(r, 1));
    return { action, options };
  }
  if (is(r, 'SORTKEY') || is(r, 'COMPOUND') || is(r, 'INTERLEAVED'))
    return { action: 'ALTER SORTKEY', options: [sortKey(r)] };
  if (is(r, 'ENCODE')) return { action: 'OTHER', options: [keyed(r, 1)] };
  eat(r, 'COLUMN');
  const start = startOf(r);
  const name = readName(r, 'a column name');
  if (eat(r, 'TYPE') || eat(r, 'SET', 'DATA', 'TYPE')) {
    const type = readType(r);
    return {
      action: 'ALTER COLUMN',
      columns: [{ kind: 'ColumnDefinition', start, name, type, options: [], end: endOf(r) }],
    };
  }
  const options: Option[] = [];
  if (is(r, 'ENCODE')) options.push(keyed(r, 1));
  else if (is(r, 'SET', 'NOT', 'NULL') || is(r, 'DROP', 'NOT', 'NULL')) r.at += 3;
  else if (is(r, 'SET', 'DEFAULT')) {
    r.at += 2;
    r.grammar.expression(r, 0);
  } else if (is(r, 'DROP', 'DEFAULT')) r.at += 2;
  else expected(r, 'TYPE or ENCODE');
  return {
    action: 'ALTER COLUMN',
    columns: [{ kind: 'ColumnDefinition', start, name, options, end: endOf(r) }],
  };
}

function sortKey(r: Reader): Option {
  const start = startOf(r);
  const style = is(r, 'SORTKEY') ? undefined : next(r);
  const word = peek(r);
  expect(r, 'SORTKEY');
  const keySpan = { start: word.start, end: Math.max(word.start, endOf(r)) };
  if (is(r, 'AUTO') || is(r, 'NONE')) {
    const token = next(r);
    return {
      kind: 'Option',
      key: 'SORTKEY',
      keySpan,
      value: token.upper,
      valueSpan: { start: token.start, end: token.end },
      ...spanFrom(r, start),
    };
  }
  const items = readItems(r);
  return {
    kind: 'Option',
    key: 'SORTKEY',
    keySpan,
    ...(style === undefined ? {} : { value: style.upper }),
    items,
    ...spanFrom(r, start),
  };
}

function readSet(r: Reader): Parts {
  if (is(r, 'LOCATION')) return { action: 'SET LOCATION', options: [keyed(r, 1)] };
  if (eat(r, 'TBLPROPERTIES') || eat(r, 'TABLE', 'PROPERTIES'))
    return { action: 'SET TBLPROPERTIES', options: readProperties(r) };
  if (eat(r, 'PROPERTIES')) {
    const options = commaList(r, () => keyed(r, 1));
    return { action: 'SET TBLPROPERTIES', options };
  }
  if (is(r, 'FILE', 'FORMAT')) return { action: 'OTHER', options: [keyed(r, 2)] };
  if (eat(r, 'SERDEPROPERTIES')) return { action: 'OTHER', options: readProperties(r) };
  if (is(r, 'FILEFORMAT') || is(r, 'SERDE') || is(r, 'SCHEMA')) {
    const option = keyed(r, 1);
    if (eat(r, 'WITH', 'SERDEPROPERTIES')) readProperties(r);
    return { action: 'OTHER', options: [option] };
  }
  return other(r);
}

/** Redshift APPEND FROM source [IGNOREEXTRA|FILLTARGET]. */
function readAppend(r: Reader): Parts {
  const start = startOf(r);
  expect(r, 'FROM');
  const keySpan = spanFrom(r, start);
  const name = readQualified(r, 'a table name');
  const value = name.parts.map((part) => part.name).join('.');
  const options: Option[] = [
    {
      kind: 'Option',
      key: 'FROM',
      keySpan,
      value,
      valueSpan: { start: name.start, end: name.end },
      ...spanFrom(r, start),
    },
  ];
  while (is(r, 'IGNOREEXTRA') || is(r, 'FILLTARGET')) {
    const token = next(r);
    options.push({
      kind: 'Option',
      key: textOf(r, token).toUpperCase(),
      keySpan: { start: token.start, end: token.end },
      start: token.start,
      end: token.end,
    });
  }
  return { action: 'APPEND FROM', options };
}

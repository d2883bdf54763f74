import type {
  DeleteStatement,
  Expression,
  Identifier,
  InsertStatement,
  MergeStatement,
  QualifiedName,
  TableRef,
  UpdateStatement,
} from '../ast';
import { readAssignments } from './expressions';
import { readAliases, readTable, readTables } from './from';
import { readName, readQualified } from './names';
import { readPartitionSpec } from './partitionSpec';
import { startsQuery } from './primary';
import {
  close,
  commaList,
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
  startOf,
  type Reader,
} from './reader';

/** INSERT INTO, and what is accepted of INSERT OVERWRITE. */
export function readInsert(r: Reader): InsertStatement {
  const start = next(r).start;
  const overwrite = eat(r, 'OVERWRITE');
  if (!overwrite) expect(r, 'INTO');
  eat(r, 'TABLE');
  const target = readQualified(r, 'a table name');
  const partition = is(r, 'PARTITION', '(') ? readPartitionSpec(r) : undefined;
  const columns = is(r, '(') && !startsQuery(r) ? parenthesised(r, () => readName(r, 'a column name')) : [];
  const base = {
    kind: 'InsertStatement',
    start,
    target,
    overwrite,
    columns,
    ...(partition === undefined ? {} : { partition }),
  } as const;
  if (r.dialect === 'redshift' && is(r, 'DEFAULT', 'VALUES')) {
    r.at += 2;
    return { ...base, end: endOf(r) };
  }
  const query = r.grammar.query(r);
  return { ...base, query, end: endOf(r) };
}

function readTarget(r: Reader): TableRef {
  const start = startOf(r);
  const name = readQualified(r, 'a table name');
  const bare = is(r, 'SET') || is(r, 'USING');
  const aliases = bare ? { columnAliases: [] } : readAliases(r);
  return { kind: 'TableRef', start, name, ...aliases, end: endOf(r) };
}

/** The table of UPDATE and DELETE: Trino's grammar has no alias there. */
function readChanged(r: Reader, follower: string): TableRef {
  const start = startOf(r);
  if (r.dialect === 'redshift') return readTarget(r);
  const name = readQualified(r, 'a table name');
  const ref: TableRef = { kind: 'TableRef', start, name, columnAliases: [], end: endOf(r) };
  if (is(r, follower) || peek(r).kind === 'end' || peek(r).kind === 'template') return ref;
  if (repair(r, [follower], { certain: true })) return ref;
  const before = r.problems.length;
  const { alias, columnAliases } = readAliases(r);
  if (alias === undefined || r.problems.length > before) return ref;
  r.at--;
  complain(r, 'UPDATE and DELETE take no alias in Athena');
  r.at++;
  return { ...ref, alias, columnAliases, end: endOf(r) };
}

/** UPDATE, with Redshift's FROM and leading WITH. */
export function readUpdate(r: Reader): UpdateStatement {
  const start = next(r).start;
  const target = readChanged(r, 'SET');
  repair(r, ['SET'], { certain: true });
  expect(r, 'SET');
  const assignments = readAssignments(r);
  const from = r.dialect === 'redshift' && eat(r, 'FROM') ? readTables(r) : [];
  repair(r, ['WHERE', 'FROM']);
  const where = eat(r, 'WHERE') ? r.grammar.expression(r, 0) : undefined;
  return {
    kind: 'UpdateStatement',
    start,
    target,
    assignments,
    from,
    ...(where === undefined ? {} : { where }),
    end: endOf(r),
  };
}

/** DELETE, with Redshift's USING; FROM may be left out there. */
export function readDelete(r: Reader): DeleteStatement {
  const start = next(r).start;
  if (r.dialect === 'athena') expect(r, 'FROM');
  else eat(r, 'FROM');
  const target = readChanged(r, 'WHERE');
  const using = r.dialect === 'redshift' && eat(r, 'USING') ? readTables(r) : [];
  repair(r, ['WHERE']);
  const where = eat(r, 'WHERE') ? r.grammar.expression(r, 0) : undefined;
  return {
    kind: 'DeleteStatement',
    start,
    target,
    using,
    ...(where === undefined ? {} : { where }),
    end: endOf(r),
  };
}

type MergeClause = MergeStatement['clauses'][number];

/** MERGE INTO of both engines, and Redshift's REMOVE DUPLICATES. */
export function readMerge(r: Reader): MergeStatement {
  const start = next(r).start;
  expect(r, 'INTO');
  const target = readTarget(r);
  expect(r, 'USING');
  const source = readTable(r);
  expect(r, 'ON');
  const on = r.grammar.expression(r, 0);
  const removeDuplicates = r.dialect === 'redshift' && eat(r, 'REMOVE', 'DUPLICATES');
  const clauses: MergeClause[] = [];
  if (!removeDuplicates && !is(r, 'WHEN')) expected(r, 'WHEN');
  while (is(r, 'WHEN')) clauses.push(readWhen(r));
  return { kind: 'MergeStatement', start, target, source, on, clauses, removeDuplicates, end: endOf(r) };
}

function readWhen(r: Reader): MergeClause {
  const start = next(r).start;
  const matched = !eat(r, 'NOT');
  expect(r, 'MATCHED');
  const condition = eat(r, 'AND') ? r.grammar.expression(r, 0) : undefined;
  expect(r, 'THEN');
  let action: MergeClause['action'] = 'UPDATE';
  let assignments: { column: QualifiedName; value: Expression }[] = [];
  let columns: readonly Identifier[] = [];
  let values: readonly Expression[] = [];
  if (eat(r, 'DELETE')) action = 'DELETE';
  else if (eat(r, 'INSERT')) {
    action = 'INSERT';
    if (is(r, '(')) columns = parenthesised(r, () => readColumn(r));
    expect(r, 'VALUES');
    if (expect(r, '(')) {
      values = commaList(r, () =>
        eat(r, 'DEFAULT')
          ? { kind: 'Error', start: endOf(r) - 7, end: endOf(r) }
          : r.grammar.expression(r, 0),
      );
      close(r);
    }
  } else if (eat(r, 'UPDATE')) {
    expect(r, 'SET');
    assignments = readAssignments(r);
  } else {
    expected(r, 'UPDATE, DELETE or INSERT');
    while (peek(r).kind !== 'end' && !is(r, 'WHEN')) next(r);
  }
  return {
    start,
    matched,
    ...(condition === undefined ? {} : { condition }),
    action,
    assignments,
    columns,
    values,
    end: endOf(r),
  };
}

function readColumn(r: Reader): Identifier {
  const name = readQualified(r, 'a column name');
  return (
    name.parts.at(-1) ?? { kind: 'Identifier', start: name.start, end: name.end, name: '', quoted: false }
  );
}

import type { Query, QueryBody, Select, StatementBody } from '../../../sql/ast';

/** The query whose rows a statement gives or stores; `undefined` for statements without one. */
export function mainQuery(body: StatementBody): Query | undefined {
  switch (body.kind) {
    case 'SelectStatement':
    case 'InsertStatement':
    case 'CreateTableAs':
    case 'CreateView':
    case 'UnloadStatement':
      return body.query;
    case 'WrapperStatement':
      return body.verb === 'EXPLAIN' ? undefined : mainQuery(body.statement);
    case 'UpdateStatement':
    case 'DeleteStatement':
    case 'MergeStatement':
    case 'CreateTable':
    case 'CopyStatement':
    case 'AlterTable':
    case 'UtilityStatement':
    case 'Error':
    default:
      return undefined;
  }
}

/** The SELECTs that make a query's rows: one, or the branches of a UNION. */
export function outerSelects(query: Query): readonly Select[] {
  const selects: Select[] = [];
  const open: QueryBody[] = [query.body];
  for (let body = open.pop(); body !== undefined; body = open.pop()) {
    if (body.kind === 'Select') selects.push(body);
    else if (body.kind === 'Query') open.push(body.body);
    else if (body.kind === 'SetOperation') open.push(body.right, body.left);
  }
  return selects;
}

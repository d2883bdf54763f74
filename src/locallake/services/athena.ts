import type { LakeEngine } from '../engine/lakeEngine';
import { AwsError, type Fields, type Operation, type Service } from '../service';
import type { CatalogStore } from '../store/catalogStore';
import type { Journal } from '../store/journal';
import type { ObjectStore } from '../store/objects';
import type { SharedCatalogs } from '../store/sharedCatalogs';
import { fields, number, text, texts } from '../wire/input';
import { onlyMembers } from '../wire/members';
import { type AthenaQueries, queryExecution, type QueryRecord } from './athenaQueries';
import { metadataOperations } from './athenaMetadata';
import { WorkGroups } from './workGroups';
import { pageOf, required } from './paging';
import { refusedAtStart, statementTypeOf } from './athenaStart';

const invalid = 'InvalidRequestException';

/** All that Athena needs. */
export interface AthenaParts {
  readonly engine: LakeEngine;
  readonly queries: AthenaQueries;
  readonly catalog: CatalogStore;
  readonly shared?: SharedCatalogs;
  readonly store: ObjectStore;
  readonly journal: Journal;
}

/** Athena: queries, work groups and the catalog as it shows it. */
export function athenaService(parts: AthenaParts): Service {
  const workGroups = new WorkGroups(parts.journal);
  return {
    name: 'athena',
    target: 'AmazonAthena',
    invalid,
    operations: {
      ...queryOperations(parts, workGroups),
      ...workGroups.operations(),
      ...metadataOperations(parts),
    },
  };
}

function queryOperations({ queries, store }: AthenaParts, workGroups: WorkGroups): Record<string, Operation> {
  const existing = (input: Fields): QueryRecord => {
    const id = required(input, 'QueryExecutionId', invalid);
    const record = queries.find(id);
    if (record === undefined)
      throw new AwsError(invalid, `QueryExecution ${id} was not found`, {
        fields: { AthenaErrorCode: 'INVALID_INPUT' },
      });
    return record;
  };
  return {
    StartQueryExecution: {
      members: [
        'QueryString',
        'ClientRequestToken',
        'QueryExecutionContext',
        'ResultConfiguration',
        'WorkGroup',
        'ExecutionParameters',
        'ResultReuseConfiguration',
      ],
      run: async (input) => {
        const sql = required(input, 'QueryString', invalid);
        const place = fields(input, 'ResultConfiguration');
        const context = fields(input, 'QueryExecutionContext');
        onlyMembers(place, ['OutputLocation'], { path: 'ResultConfiguration', invalid });
        onlyMembers(context, ['Database', 'Catalog'], { path: 'QueryExecutionContext', invalid });
        const catalog = (text(context, 'Catalog') ?? 'AwsDataCatalog').toLowerCase();
        if (catalog !== 'awsdatacatalog')
          throw new AwsError(invalid, `Data catalog ${catalog} was not found`);
        const name = text(input, 'WorkGroup') ?? 'primary';
        const group = workGroups.configuration(name);
        const output = workGroups.outputFor(name, text(place, 'OutputLocation'));
        const bucket = /^s3:\/\/([^/]+)/.exec(output)?.[1] ?? '';
        if (!store.hasBucket(bucket))
          throw new AwsError(invalid, `Unable to verify/create output bucket ${bucket}`);
        const parameters = texts(input, 'ExecutionParameters');
        await refusedAtStart(sql, parameters);
        const token = text(input, 'ClientRequestToken');
        const cutoff = number(group, 'BytesScannedCutoffPerQuery');
        const id = queries.start({
          sql,
          database: (text(context, 'Database') ?? 'default').toLowerCase(),
          catalog,
          workGroup: name,
          statementType: statementTypeOf(sql),
          output,
          ...(token === undefined ? {} : { token }),
          ...(cutoff === undefined ? {} : { cutoff }),
          ...(parameters.length === 0 ? {} : { parameters }),
          ...reuseOf(input),
        });
        return { QueryExecutionId: id };
      },
    },
    GetQueryExecution: {
      members: ['QueryExecutionId'],
      run: (input) => ({ QueryExecution: queryExecution(existing(input)) }),
    },
    BatchGetQueryExecution: {
      members: ['QueryExecutionIds'],
      run: (input) => {
        const ids = texts(input, 'QueryExecutionIds');
        if (ids.length === 0 || ids.length > 50)
          throw new AwsError(invalid, 'QueryExecutionIds must have 1 to 50 members.');
        return {
          QueryExecutions: ids.flatMap((id) => {
            const record = queries.find(id);
            return record === undefined ? [] : [queryExecution(record)];
          }),
          UnprocessedQueryExecutionIds: ids
            .filter((id) => queries.find(id) === undefined)
            .map((id) => ({
              QueryExecutionId: id,
              ErrorCode: 'INVALID_INPUT',
              ErrorMessage: `QueryExecution ${id} was not found`,
            })),
        };
      },
    },
    StopQueryExecution: {
      members: ['QueryExecutionId'],
      run: (input) => {
        queries.stop(existing(input).id);
        return {};
      },
    },
    ListQueryExecutions: {
      members: ['NextToken', 'MaxResults', 'WorkGroup'],
      run: (input) => {
        const group = text(input, 'WorkGroup') ?? 'primary';
        const all = queries.all().filter(({ workGroup }) => workGroup === group);
        const { items, next } = pageOf(all, input, { default: 50, most: 50, invalid });
        return { QueryExecutionIds: items.map(({ id }) => id), ...next };
      },
    },
    GetQueryResults: {
      members: ['QueryExecutionId', 'NextToken', 'MaxResults', 'QueryResultType'],
      run: (input) => queryResults(queries, existing(input), input),
    },
    GetQueryRuntimeStatistics: {
      members: ['QueryExecutionId'],
      run: (input) => {
        const record = existing(input);
        const { Statistics } = queryExecution(record);
        const times = Statistics as Fields;
        return {
          QueryRuntimeStatistics: {
            Timeline: Object.fromEntries(Object.entries(times).filter(([name]) => name.endsWith('InMillis'))),
            Rows: {
              InputRows: record.rowCount ?? 0,
              InputBytes: record.scanned,
              OutputBytes: 0,
              OutputRows: record.rowCount ?? 0,
            },
          },
        };
      },
    },
  };
}

// Athena takes a result again that is up to an hour old, or as old as is said, up to seven days.
function reuseOf(input: Fields): { readonly reuse?: number } {
  const reuse = fields(input, 'ResultReuseConfiguration');
  onlyMembers(reuse, ['ResultReuseByAgeConfiguration'], { path: 'ResultReuseConfiguration', invalid });
  const byAge = fields(reuse, 'ResultReuseByAgeConfiguration');
  onlyMembers(byAge, ['Enabled', 'MaxAgeInMinutes'], { path: 'ResultReuseByAgeConfiguration', invalid });
  const minutes = number(byAge, 'MaxAgeInMinutes') ?? 60;
  if (minutes < 0 || minutes > 10_080)
    throw new AwsError(invalid, `MaxAgeInMinutes must be between 0 and 10080, and is ${minutes}.`);
  return byAge['Enabled'] === true ? { reuse: minutes * 60_000 } : {};
}

function queryResults(queries: AthenaQueries, record: QueryRecord, input: Fields): Fields {
  const kind = text(input, 'QueryResultType') ?? 'DATA_ROWS';
  if (kind !== 'DATA_ROWS')
    throw new AwsError(invalid, `The local lake does not implement the QueryResultType ${kind}.`);
  if (record.state === 'FAILED' || record.state === 'CANCELLED') {
    throw new AwsError(invalid, `Query did not finish successfully. Final query state: ${record.state}`, {
      fields: { AthenaErrorCode: 'INVALID_QUERY_EXECUTION_STATE' },
    });
  }
  if (record.state !== 'SUCCEEDED') {
    throw new AwsError(invalid, `Query has not yet finished. Current state: ${record.state}`, {
      fields: { AthenaErrorCode: 'INVALID_QUERY_EXECUTION_STATE' },
    });
  }
  const columns = record.columns ?? [];
  const rows = columns.length === 0 ? [] : queries.rows(record);
  // The names are the first row of the first page, of queries alone.
  const all =
    record.statementType === 'DML' && columns.length > 0 ? [columns.map(({ name }) => name), ...rows] : rows;
  const { items, next } = pageOf(all, input, { default: 1000, most: 1000, invalid });
  return {
    UpdateCount: record.written ?? 0,
    ResultSet: {
      Rows: items.map((row) => ({
        Data: row.map((value) => (value === null ? {} : { VarCharValue: value })),
      })),
      ResultSetMetadata: {
        ColumnInfo: columns.map(({ name, type, precision, scale }) => ({
          CatalogName: 'hive',
          SchemaName: '',
          TableName: '',
          Name: name,
          Label: name,
          Type: type,
          Precision: precision,
          Scale: scale,
          Nullable: 'UNKNOWN',
          CaseSensitive: type === 'varchar' || type === 'json',
        })),
      },
    },
    ...next,
  };
}

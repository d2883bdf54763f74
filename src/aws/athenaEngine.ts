import type { ColumnInfo, QueryExecution, Row } from '@aws-sdk/client-athena';
import type { QueryEngine, QueryState, QueryStatus, ResultColumn, WorkGroup } from '../query/queryEngine';
import type { CallAws } from './call';
import type { Clients } from './clients';

/** Statement types remembered, so that the first page of a result needs no call to know about its header. */
const rememberedTypes = 200;

/** Athena behind the QueryEngine port. */
export function athenaEngine(clients: Clients, callAws: CallAws): QueryEngine {
  const types = new Map<string, NonNullable<QueryStatus['statementType']>>();

  const status: QueryEngine['status'] = async (connection, { id }, signal) => {
    const answer = await callAws(
      { action: 'athena:GetQueryExecution', target: `query ${id}`, connection },
      async (options) => {
        const { GetQueryExecutionCommand } = await import('@aws-sdk/client-athena');
        const client = await clients.athena(connection);
        return client.send(new GetQueryExecutionCommand({ QueryExecutionId: id }), options);
      },
      signal,
    );
    const known = statusFrom(id, answer.QueryExecution ?? {});
    if (known.statementType !== undefined) {
      types.delete(id);
      types.set(id, known.statementType);
      if (types.size > rememberedTypes) types.delete([...types.keys()][0] ?? '');
    }
    return known;
  };

  return {
    status,

    async start(connection, request, signal) {
      const answer = await callAws(
        { action: 'athena:StartQueryExecution', target: `work group ${request.workGroup}`, connection },
        async (options) => {
          const { StartQueryExecutionCommand } = await import('@aws-sdk/client-athena');
          const client = await clients.athena(connection);
          return client.send(
            new StartQueryExecutionCommand({
              QueryString: request.sql,
              WorkGroup: request.workGroup,
              ClientRequestToken: request.token,
              QueryExecutionContext: { Database: request.database, Catalog: request.catalog },
              ResultConfiguration:
                request.outputLocation === undefined ? undefined : { OutputLocation: request.outputLocation },
              ExecutionParameters:
                request.parameters === undefined || request.parameters.length === 0
                  ? undefined
                  : [...request.parameters],
            }),
            options,
          );
        },
        signal,
      );
      return answer.QueryExecutionId ?? '';
    },

    async stop(connection, { id }, signal) {
      await callAws(
        { action: 'athena:StopQueryExecution', target: `query ${id}`, connection },
        async (options) => {
          const { StopQueryExecutionCommand } = await import('@aws-sdk/client-athena');
          const client = await clients.athena(connection);
          return client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }), options);
        },
        signal,
      );
    },

    async results(connection, { id, next, limit = 1000 }, signal) {
      const first = next === undefined;
      const page = await callAws(
        { action: 'athena:GetQueryResults', target: `query ${id}`, connection },
        async (options) => {
          const { GetQueryResultsCommand } = await import('@aws-sdk/client-athena');
          const client = await clients.athena(connection);
          // The header row counts as one.
          const rows = Math.min(Math.max(limit + (first ? 1 : 0), 1), 1000);
          const request = { QueryExecutionId: id, NextToken: next, MaxResults: rows };
          return client.send(new GetQueryResultsCommand(request), options);
        },
        signal,
      );
      const columns = (page.ResultSet?.ResultSetMetadata?.ColumnInfo ?? []).map(columnFrom);
      const rows = (page.ResultSet?.Rows ?? []).map((row) => valuesOf(row, columns.length));
      // Only a SELECT has a header; SHOW and DESCRIBE begin with data, which may look like one.
      if (first && isHeader(rows[0], columns)) {
        const type = types.get(id) ?? (await status(connection, { id }, signal)).statementType;
        if (type === undefined || type === 'dml') rows.shift();
      }
      return { columns, items: rows, ...(page.NextToken ? { next: page.NextToken } : {}) };
    },

    async workGroups(connection, { next }, signal) {
      const page = await callAws(
        { action: 'athena:ListWorkGroups', target: 'the account', connection },
        async (options) => {
          const { ListWorkGroupsCommand } = await import('@aws-sdk/client-athena');
          const client = await clients.athena(connection);
          return client.send(new ListWorkGroupsCommand({ NextToken: next, MaxResults: 50 }), options);
        },
        signal,
      );
      return {
        items: (page.WorkGroups ?? []).map(({ Name = '', State }) => ({ name: Name, ...stateFrom(State) })),
        ...(page.NextToken ? { next: page.NextToken } : {}),
      };
    },

    async workGroup(connection, { name }, signal) {
      const answer = await callAws(
        { action: 'athena:GetWorkGroup', target: `work group ${name}`, connection },
        async (options) => {
          const { GetWorkGroupCommand } = await import('@aws-sdk/client-athena');
          const client = await clients.athena(connection);
          return client.send(new GetWorkGroupCommand({ WorkGroup: name }), options);
        },
        signal,
      );
      const settings = answer.WorkGroup?.Configuration;
      const location = settings?.ResultConfiguration?.OutputLocation;
      const cutoff = settings?.BytesScannedCutoffPerQuery;
      return {
        name: answer.WorkGroup?.Name ?? name,
        ...stateFrom(answer.WorkGroup?.State),
        ...(location ? { outputLocation: location } : {}),
        // Athena's own default is to enforce.
        enforced: settings?.EnforceWorkGroupConfiguration ?? true,
        ...(cutoff === undefined ? {} : { bytesCutoff: cutoff }),
      };
    },
  };
}

const states: Readonly<Record<string, QueryState>> = {
  QUEUED: 'queued',
  RUNNING: 'running',
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  CANCELLED: 'cancelled',
};

function statusFrom(id: string, raw: QueryExecution): QueryStatus {
  const statistics = raw.Statistics ?? {};
  const reason = raw.Status?.StateChangeReason ?? raw.Status?.AthenaError?.ErrorMessage;
  const type = raw.StatementType?.toLowerCase();
  const location = raw.ResultConfiguration?.OutputLocation;
  const reused = statistics.ResultReuseInformation?.ReusedPreviousResult;
  return {
    id,
    state: states[raw.Status?.State ?? ''] ?? 'queued',
    ...(statistics.DataScannedInBytes === undefined ? {} : { bytesScanned: statistics.DataScannedInBytes }),
    ...(statistics.EngineExecutionTimeInMillis === undefined
      ? {}
      : { engineMs: statistics.EngineExecutionTimeInMillis }),
    ...(statistics.TotalExecutionTimeInMillis === undefined
      ? {}
      : { totalMs: statistics.TotalExecutionTimeInMillis }),
    ...(reason ? { reason } : {}),
    ...(location ? { resultLocation: location } : {}),
    ...(type === 'dml' || type === 'ddl' || type === 'utility' ? { statementType: type } : {}),
    ...(reused === undefined ? {} : { reusedResult: reused }),
    ...(raw.Status?.SubmissionDateTime === undefined ? {} : { submittedAt: raw.Status.SubmissionDateTime }),
  };
}

function stateFrom(raw: string | undefined): Pick<WorkGroup, 'state'> {
  if (raw === 'ENABLED') return { state: 'enabled' };
  return raw === 'DISABLED' ? { state: 'disabled' } : {};
}

function columnFrom(raw: ColumnInfo): ResultColumn {
  const type = (raw.Type ?? 'varchar').toLowerCase();
  const sized = type === 'decimal' && raw.Precision !== undefined;
  return {
    name: raw.Label ?? raw.Name ?? '',
    type: sized ? `decimal(${raw.Precision},${raw.Scale ?? 0})` : type,
  };
}

/** A missing value is NULL; rows of SHOW and DESCRIBE may be shorter than their columns. */
function valuesOf(row: Row, width: number): (string | null)[] {
  const data = row.Data ?? [];
  return Array.from({ length: Math.max(width, data.length) }, (_, at) => data[at]?.VarCharValue ?? null);
}

function isHeader(row: readonly (string | null)[] | undefined, columns: readonly ResultColumn[]): boolean {
  return row !== undefined && row.length > 0 && row.every((value, at) => value === columns[at]?.name);
}

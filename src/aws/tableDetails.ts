import type { TableName } from '../catalog/catalog';
import type { TableDetails } from '../catalog/tableDetails';
import type { Connection } from '../connection/connection';
import type { CallAws } from './call';
import type { Clients } from './clients';
import { glueComments } from './glueComments';
import { glueStatistics } from './glueStatistics';
import { glueVersions } from './glueVersions';
import { lakeFormation } from './lakeFormation';

/** A table as Glue knows it: by the Glue catalog that a data catalog stands for. A Problem for one that Glue has not. */
export type InGlue = (connection: Connection, table: TableName, signal: AbortSignal) => Promise<TableName>;

/** What Glue and Lake Formation keep of a table beside its definition. */
export function tableDetails(clients: Clients, callAws: CallAws, inGlue: InGlue): TableDetails {
  const { versions } = glueVersions(clients, callAws);
  const { statistics } = glueStatistics(clients, callAws);
  const { grants } = lakeFormation(clients, callAws);
  const { changeComment } = glueComments(clients, callAws);
  return {
    async versions(connection, request, signal) {
      const { catalog } = request.table;
      const table = await inGlue(connection, request.table, signal);
      const page = await versions(connection, { ...request, table }, signal);
      if (catalog === undefined) return page;
      return { ...page, items: page.items.map((one) => ({ ...one, table: { ...one.table, catalog } })) };
    },
    statistics: async (connection, request, signal) =>
      statistics(connection, { ...request, table: await inGlue(connection, request.table, signal) }, signal),
    grants: async (connection, request, signal) =>
      grants(connection, { ...request, table: await inGlue(connection, request.table, signal) }, signal),
    changeComment: async (connection, change, signal) =>
      changeComment(connection, { ...change, table: await inGlue(connection, change.table, signal) }, signal),
  };
}

import { AwsError, type Fields, type Operation } from '../service';
import { type CatalogStore, columnsOf, partitionId, type TableName } from '../store/catalogStore';
import { fields, objects, text, texts } from '../wire/input';
import { onlyMembers } from '../wire/members';
import { tableId } from './gluePartitionIndexes';
import { required } from './paging';

const invalid = 'InvalidInputException';
const most = { read: 100, written: 25 };

/** Glue's operations on the statistics of columns, of a table and of a partition. */
export function statisticsOperations(catalog: CatalogStore): Record<string, Operation> {
  return { ...operationsFor(catalog, 'Table'), ...operationsFor(catalog, 'Partition') };
}

function operationsFor(catalog: CatalogStore, of: 'Table' | 'Partition'): Record<string, Operation> {
  const members = ['DatabaseName', 'TableName', ...(of === 'Partition' ? ['PartitionValues'] : [])];
  const found = (input: Fields): { readonly owner: string; readonly columns: readonly string[] } => {
    const name: TableName = {
      database: required(input, 'DatabaseName', invalid),
      table: required(input, 'TableName', invalid),
    };
    const { definition, partitions } = catalog.table(name);
    const values = partitionId(texts(input, 'PartitionValues'));
    if (of === 'Partition' && !partitions.has(values))
      throw new AwsError('EntityNotFoundException', 'Cannot find partition.');
    const columns = [
      ...columnsOf(fields(definition, 'StorageDescriptor'), 'Columns'),
      ...columnsOf(definition, 'PartitionKeys'),
    ].map((column) => column.name);
    return { owner: of === 'Table' ? tableId(name) : `${tableId(name)}\n${values}`, columns };
  };
  return {
    [`GetColumnStatisticsFor${of}`]: {
      members: [...members, 'ColumnNames'],
      run: (input) => {
        const { owner } = found(input);
        const wanted = texts(input, 'ColumnNames').map((name) => name.toLowerCase());
        if (wanted.length > most.read) throw new AwsError(invalid, `At most ${most.read} ColumnNames.`);
        const known = catalog.extras.statistics(owner);
        return {
          ColumnStatisticsList: wanted.flatMap((name) => known[name] ?? []),
          Errors: wanted
            .filter((name) => known[name] === undefined)
            .map((name) => ({
              ColumnName: name,
              Error: {
                ErrorCode: 'EntityNotFoundException',
                ErrorMessage: `No statistics of column ${name}.`,
              },
            })),
        };
      },
    },
    [`UpdateColumnStatisticsFor${of}`]: {
      members: [...members, 'ColumnStatisticsList'],
      run: (input) => {
        const { owner, columns } = found(input);
        const given = objects(input, 'ColumnStatisticsList');
        if (given.length > most.written)
          throw new AwsError(invalid, `At most ${most.written} items in ColumnStatisticsList.`);
        const taken: Record<string, Fields> = { ...catalog.extras.statistics(owner) };
        const errors: Fields[] = [];
        for (const each of given) {
          onlyMembers(each, ['ColumnName', 'ColumnType', 'AnalyzedTime', 'StatisticsData'], {
            path: 'ColumnStatisticsList',
            invalid,
          });
          const name = (text(each, 'ColumnName') ?? '').toLowerCase();
          if (columns.includes(name)) taken[name] = { ...each, ColumnName: name };
          else {
            const Error = { ErrorCode: invalid, ErrorMessage: `Column ${name} is not in the table.` };
            errors.push({ ColumnStatistics: each, Error });
          }
        }
        catalog.extras.putStatistics(owner, taken);
        return { Errors: errors };
      },
    },
    [`DeleteColumnStatisticsFor${of}`]: {
      members: [...members, 'ColumnName'],
      run: (input) => {
        const { owner } = found(input);
        const name = required(input, 'ColumnName', invalid).toLowerCase();
        const { [name]: gone, ...rest } = catalog.extras.statistics(owner);
        if (gone === undefined)
          throw new AwsError('EntityNotFoundException', `No statistics of column ${name}.`);
        catalog.extras.putStatistics(owner, rest);
        return {};
      },
    },
  };
}

import { AwsError, type Fields, type Operation } from '../service';
import { type CatalogStore, columnsOf, type TableName } from '../store/catalogStore';
import { fields, number, text, texts } from '../wire/input';
import { onlyMembers } from '../wire/members';
import { pageOf, required } from './paging';

const invalid = 'InvalidInputException';
// https://docs.aws.amazon.com/glue/latest/dg/partition-indexes.html
const mostIndexes = 3;
// How long an index is being made: hours on AWS for a large table, here long enough to be seen.
const making = 1_000;

/** Under what a table keeps its extras. */
export function tableId({ database, table }: TableName): string {
  return `${database.toLowerCase()}\n${table.toLowerCase()}`;
}

/** Glue's operations on the partition indexes of a table. An index changes no answer: filters are as fast without. */
export function indexOperations(catalog: CatalogStore): Record<string, Operation> {
  const nameOf = (input: Fields): TableName => ({
    database: required(input, 'DatabaseName', invalid),
    table: required(input, 'TableName', invalid),
  });
  return {
    CreatePartitionIndex: {
      members: ['DatabaseName', 'TableName', 'PartitionIndex'],
      run: (input) => {
        const name = nameOf(input);
        const { definition } = catalog.table(name);
        const there = catalog.extras.indexes(tableId(name));
        const [made] = checkedIndexes(definition, [fields(input, 'PartitionIndex')]);
        if (made === undefined) return {};
        if (there.some(({ IndexName }) => IndexName === made['IndexName']))
          throw new AwsError('AlreadyExistsException', 'Partition index already exists.');
        if (there.some(({ Keys }) => String(Keys) === String(made['Keys'])))
          throw new AwsError('AlreadyExistsException', 'An index on these keys already exists.');
        if (there.length >= mostIndexes) throw tooMany();
        catalog.extras.putIndexes(tableId(name), [...there, made]);
        return {};
      },
    },
    GetPartitionIndexes: {
      members: ['DatabaseName', 'TableName', 'NextToken'],
      run: (input) => {
        const name = nameOf(input);
        const { definition } = catalog.table(name);
        const types = new Map(
          columnsOf(definition, 'PartitionKeys').map((key) => [key.name, key.type] as const),
        );
        const all = catalog.extras.indexes(tableId(name)).map((index) => ({
          IndexName: text(index, 'IndexName') ?? '',
          Keys: texts(index, 'Keys').map((key) => ({ Name: key, Type: types.get(key) ?? 'string' })),
          IndexStatus: Date.now() - (number(index, 'made') ?? 0) < making ? 'CREATING' : 'ACTIVE',
        }));
        const { items, next } = pageOf(all, input, { default: 100, most: 100 });
        return { PartitionIndexDescriptorList: items, ...next };
      },
    },
    DeletePartitionIndex: {
      members: ['DatabaseName', 'TableName', 'IndexName'],
      run: (input) => {
        const name = nameOf(input);
        catalog.table(name);
        const wanted = required(input, 'IndexName', invalid);
        const there = catalog.extras.indexes(tableId(name));
        const kept = there.filter(({ IndexName }) => IndexName !== wanted);
        if (kept.length === there.length)
          throw new AwsError('EntityNotFoundException', `Partition index ${wanted} not found.`);
        catalog.extras.putIndexes(tableId(name), kept);
        return {};
      },
    },
  };
}

/** Indexes as they are kept; what does not fit the partition keys of the table is refused. */
export function checkedIndexes(definition: Fields, wanted: readonly Fields[]): readonly Fields[] {
  if (wanted.length > mostIndexes) throw tooMany();
  const keys = columnsOf(definition, 'PartitionKeys').map(({ name }) => name);
  return wanted.map((index) => {
    onlyMembers(index, ['Keys', 'IndexName'], { path: 'PartitionIndex', invalid });
    const names = texts(index, 'Keys').map((key) => key.toLowerCase());
    if (names.length === 0) throw new AwsError(invalid, 'A partition index needs at least one key.');
    const other = names.find((key) => !keys.includes(key));
    if (other !== undefined)
      throw new AwsError(invalid, `Index key ${other} is not a partition key of the table.`);
    return { IndexName: required(index, 'IndexName', invalid), Keys: names, made: Date.now() };
  });
}

function tooMany(): AwsError {
  return new AwsError(
    'ResourceNumberLimitExceededException',
    `A table can have at most ${mostIndexes} partition indexes.`,
  );
}

import { AwsError, type Fields, type Operation } from '../service';
import { MadePartitions } from '../faults/syntheticPartitions';
import { OrderedPartitions } from '../store/orderedPartitions';
import { type CatalogStore, columnsOf, partitionId, type TableName } from '../store/catalogStore';
import { fields, number, objects, text, texts } from '../wire/input';
import { partitionFilter } from './partitionExpression';
import { onlyMembers } from '../wire/members';
import { required } from './paging';

const invalid = 'InvalidInputException';
// Of one page.
const mostPartitions = 1000;

/** Glue's operations on the partitions of a table. */
export function partitionOperations(catalog: CatalogStore): Record<string, Operation> {
  return {
    GetPartition: {
      members: ['DatabaseName', 'TableName', 'PartitionValues', 'AuditContext'],
      run: (input) => {
        const found = catalog
          .table(nameOf(input))
          .partitions.get(partitionId(texts(input, 'PartitionValues')));
        if (found === undefined) throw new AwsError('EntityNotFoundException', 'Cannot find partition.');
        return { Partition: found };
      },
    },
    GetPartitions: {
      members: [
        'DatabaseName',
        'TableName',
        'Expression',
        'NextToken',
        'Segment',
        'MaxResults',
        'ExcludeColumnSchema',
      ],
      run: (input) => getPartitions(catalog, input),
    },
    BatchGetPartition: {
      members: ['DatabaseName', 'TableName', 'PartitionsToGet', 'AuditContext'],
      run: (input) => {
        const { partitions } = catalog.table(nameOf(input));
        const wanted = limited(objects(input, 'PartitionsToGet'), 'PartitionsToGet', 1000);
        const found = wanted.flatMap((each) => partitions.get(partitionId(texts(each, 'Values'))) ?? []);
        return { Partitions: found, UnprocessedKeys: [] };
      },
    },
    CreatePartition: {
      members: ['DatabaseName', 'TableName', 'PartitionInput'],
      run: (input) => {
        catalog.createPartition(
          nameOf(input),
          checkedPartition(fields(input, 'PartitionInput'), 'PartitionInput'),
        );
        return {};
      },
    },
    BatchCreatePartition: {
      members: ['DatabaseName', 'TableName', 'PartitionInputList'],
      run: (input) => {
        const inputs = limited(objects(input, 'PartitionInputList'), 'PartitionInputList', 100);
        for (const each of inputs) checkedPartition(each, 'PartitionInputList');
        catalog.table(nameOf(input));
        return {
          Errors: eachOrError(inputs, (each) => catalog.createPartition(nameOf(input), each)).map(
            ([each, detail]) => ({
              PartitionValues: texts(each, 'Values'),
              ErrorDetail: detail,
            }),
          ),
        };
      },
    },
    UpdatePartition: {
      members: ['DatabaseName', 'TableName', 'PartitionValueList', 'PartitionInput'],
      run: (input) => {
        catalog.updatePartition(
          nameOf(input),
          texts(input, 'PartitionValueList'),
          checkedPartition(fields(input, 'PartitionInput'), 'PartitionInput'),
        );
        return {};
      },
    },
    BatchUpdatePartition: {
      members: ['DatabaseName', 'TableName', 'Entries'],
      run: (input) => {
        const entries = limited(objects(input, 'Entries'), 'Entries', 100);
        for (const each of entries) {
          onlyMembers(each, ['PartitionValueList', 'PartitionInput'], { path: 'Entries', invalid });
          checkedPartition(fields(each, 'PartitionInput'), 'Entries.PartitionInput');
        }
        catalog.table(nameOf(input));
        const update = (each: Fields): void =>
          catalog.updatePartition(
            nameOf(input),
            texts(each, 'PartitionValueList'),
            fields(each, 'PartitionInput'),
          );
        return {
          Errors: eachOrError(entries, update).map(([each, detail]) => ({
            PartitionValueList: texts(each, 'PartitionValueList'),
            ErrorDetail: detail,
          })),
        };
      },
    },
    DeletePartition: {
      members: ['DatabaseName', 'TableName', 'PartitionValues'],
      run: (input) => {
        catalog.deletePartition(nameOf(input), texts(input, 'PartitionValues'));
        return {};
      },
    },
    BatchDeletePartition: {
      members: ['DatabaseName', 'TableName', 'PartitionsToDelete'],
      run: (input) => {
        const wanted = limited(objects(input, 'PartitionsToDelete'), 'PartitionsToDelete', 25);
        catalog.table(nameOf(input));
        return {
          Errors: eachOrError(wanted, (each) =>
            catalog.deletePartition(nameOf(input), texts(each, 'Values')),
          ).map(([each, detail]) => ({ PartitionValues: texts(each, 'Values'), ErrorDetail: detail })),
        };
      },
    },
  };
}

function nameOf(input: Fields): TableName {
  return { database: required(input, 'DatabaseName', invalid), table: required(input, 'TableName', invalid) };
}

function getPartitions(catalog: CatalogStore, input: Fields): Fields {
  const { definition, partitions } = catalog.table(nameOf(input));
  const expression = text(input, 'Expression') ?? '';
  const keys = columnsOf(definition, 'PartitionKeys');
  const keep = expression.trim() === '' ? () => true : partitionFilter(expression, keys);
  const segment = fields(input, 'Segment');
  onlyMembers(segment, ['SegmentNumber', 'TotalSegments'], { path: 'Segment', invalid });
  const total = number(segment, 'TotalSegments') ?? 1;
  const mine = number(segment, 'SegmentNumber') ?? 0;
  if (total < 1 || total > 10 || mine < 0 || mine >= total) {
    throw new AwsError(invalid, 'Segment must have 1 to 10 TotalSegments and a SegmentNumber below that.');
  }
  const asked = number(input, 'MaxResults') ?? mostPartitions;
  if (asked < 1 || asked > mostPartitions)
    throw new AwsError(invalid, `MaxResults must be between 1 and ${mostPartitions}, and is ${asked}.`);
  const chosen: Fields[] = [];
  let next: number | undefined;
  const token = startOf(input);
  const from = token + ((mine - (token % total) + total) % total);
  for (const { index, values, partition } of partitionsFrom(partitions, { from, step: total })) {
    if (!keep(values)) continue;
    if (chosen.length === asked) {
      next = index;
      break;
    }
    chosen.push(partition());
  }
  const bare = input['ExcludeColumnSchema'] === true;
  return {
    Partitions: bare ? chosen.map(withoutColumns) : chosen,
    ...(next === undefined ? {} : { NextToken: Buffer.from(`at:${next}`).toString('base64') }),
  };
}

interface Visited {
  /** Its place among all partitions of the table. */
  readonly index: number;
  readonly values: readonly string[];
  partition(): Fields;
}

/** The partitions of a table from a place on, in their order; made-up ones are made only when they are taken. */
function* partitionsFrom(partitions: ReadonlyMap<string, Fields>, start: Steps): Generator<Visited> {
  if (partitions instanceof MadePartitions) {
    for (let index = start.from; index < partitions.size; index += start.step)
      yield { index, values: partitions.valuesAt(index), partition: () => partitions.at(index) };
    return;
  }
  if (!(partitions instanceof OrderedPartitions)) return;
  for (let index = start.from; index < partitions.places; index += start.step) {
    const partition = partitions.at(index);
    if (partition !== undefined)
      yield { index, values: texts(partition, 'Values'), partition: () => partition };
  }
}

/** A segment has every so many-th place: it is walked without looking at the others. */
interface Steps {
  readonly from: number;
  readonly step: number;
}

// A token tells the place of the first partition that the page before did not give.
function startOf(input: Fields): number {
  const token = text(input, 'NextToken');
  if (token === undefined) return 0;
  const start = Number(Buffer.from(token, 'base64').toString().replace(/^at:/, ''));
  if (!Number.isInteger(start) || start < 0)
    throw new AwsError(invalid, 'The NextToken is not one that this operation gave.');
  return start;
}

/** Refuses by name what the engine does not read of the place of a table or partition. */
export function checkedDescriptor(holder: Fields, path: string): void {
  onlyMembers(fields(holder, 'StorageDescriptor'), descriptorMembers, {
    path: `${path}.StorageDescriptor`,
    invalid,
  });
}

const descriptorMembers = [
  'Columns',
  'Location',
  'InputFormat',
  'OutputFormat',
  'Compressed',
  'NumberOfBuckets',
  'SerdeInfo',
  'BucketColumns',
  'SortColumns',
  'Parameters',
  'SkewedInfo',
  'StoredAsSubDirectories',
];

function checkedPartition(partition: Fields, path: string): Fields {
  onlyMembers(
    partition,
    ['Values', 'LastAccessTime', 'StorageDescriptor', 'Parameters', 'LastAnalyzedTime'],
    { path, invalid },
  );
  checkedDescriptor(partition, path);
  return partition;
}

function withoutColumns(partition: Fields): Fields {
  const { Columns: _, ...descriptor } = fields(partition, 'StorageDescriptor');
  return { ...partition, StorageDescriptor: descriptor };
}

function limited(items: readonly Fields[], name: string, most: number): readonly Fields[] {
  if (items.length <= most) return items;
  throw new AwsError(
    'ValidationException',
    `1 validation error detected: Value at '${name}' failed to satisfy constraint: Member must have length less than or equal to ${most}`,
  );
}

function eachOrError(
  items: readonly Fields[],
  run: (item: Fields) => void,
): readonly (readonly [Fields, { ErrorCode: string; ErrorMessage: string }])[] {
  return items.flatMap((item) => {
    try {
      run(item);
      return [];
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return [[item, { ErrorCode: error.code, ErrorMessage: error.message }] as const];
    }
  });
}

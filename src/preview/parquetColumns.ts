import type { FileMetaData, SchemaElement } from 'hyparquet/src/types.js';
import { profileOf } from './parquetStatistics';
import type { PreviewColumn } from './preview';

/** The columns of a Parquet file, leaves by their path, with what all its row groups say of them together. */
export function columnsOf({ schema, row_groups: groups }: FileMetaData): readonly PreviewColumn[] {
  return leavesOf(schema).map(({ path, element }, at) => {
    const facts = groups.flatMap(({ columns }) => columns[at]?.meta_data ?? []);
    return {
      name: path.join('.'),
      type: typeName(element),
      bytes: facts.reduce((sum, chunk) => sum + Number(chunk.total_compressed_size), 0),
      encodings: [...new Set(facts.flatMap(({ encodings }) => encodings))],
      ...(facts[0] === undefined
        ? {}
        : { compression: [...new Set(facts.map(({ codec }) => codec))].join(', ') }),
      // Of an encrypted column the footer may say nothing.
      ...(facts.length < groups.length ? {} : profileOf(facts, element)),
    };
  });
}

interface Leaf {
  readonly path: readonly string[];
  readonly element: SchemaElement;
}

function leavesOf(schema: readonly SchemaElement[]): readonly Leaf[] {
  const leaves: Leaf[] = [];
  let at = 0;
  const visit = (path: readonly string[]): void => {
    const element = schema[at++];
    if (element === undefined) return;
    const children = element.num_children ?? 0;
    if (children === 0) leaves.push({ path, element });
    for (let child = 0; child < children; child++) visit([...path, schema[at]?.name ?? '']);
  };
  visit([]);
  return leaves;
}

/** `decimal(18,2)`, `timestamp`, `string`: by the logical type, else the physical one in lower case. */
function typeName(element: SchemaElement): string {
  const { logical_type: logical, converted_type: converted, type = 'group' } = element;
  if (logical?.type === 'DECIMAL') return `decimal(${logical.precision},${logical.scale})`;
  if (converted === 'DECIMAL') return `decimal(${element.precision ?? 0},${element.scale ?? 0})`;
  if (logical?.type === 'TIMESTAMP')
    return `timestamp(${logical.unit.toLowerCase()}${logical.isAdjustedToUTC ? ', UTC' : ''})`;
  if (logical?.type === 'INTEGER') return `${logical.isSigned ? '' : 'u'}int${logical.bitWidth}`;
  if (logical !== undefined) return logical.type.toLowerCase();
  if (converted === 'UTF8') return 'string';
  if (converted !== undefined) return converted.toLowerCase();
  return type.toLowerCase();
}

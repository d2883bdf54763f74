import type { Column, Table } from '../catalog';
import { glueInput } from './glueInput';

/**
 * The table as a CloudFormation template in YAML with one `AWS::Glue::Table`. A view is not written: Athena keeps
 * its own encoding of it in Glue, which only its CREATE VIEW makes.
 */
export function cloudFormationTable(table: Table): string {
  if (table.kind === 'view') {
    const name = `${table.database}.${table.name}`.replaceAll(/\s+/g, ' ');
    return `# ${name} is a view: make it with its CREATE VIEW in Athena.\n`;
  }
  const input = glueInput(table);
  const iceberg = table.kind === 'iceberg';
  const storage: Node = {
    Location: table.location,
    InputFormat: iceberg ? undefined : input.inputFormat,
    OutputFormat: iceberg ? undefined : input.outputFormat,
    Columns: table.columns.map(columnNode),
    SerdeInfo:
      iceberg || input.serde === undefined
        ? undefined
        : { SerializationLibrary: input.serde, Parameters: pairs(input.serdeParameters) },
  };
  const lines = yaml({
    Type: 'AWS::Glue::Table',
    Properties: {
      CatalogId: { ref: 'AWS::AccountId' },
      DatabaseName: table.database,
      OpenTableFormatInput: iceberg
        ? { IcebergInput: { MetadataOperation: 'CREATE', Version: '2' } }
        : undefined,
      TableInput: {
        Name: table.name,
        Description: table.description,
        Owner: table.owner,
        TableType: 'EXTERNAL_TABLE',
        Parameters: pairs(input.parameters),
        PartitionKeys: iceberg ? undefined : table.partitionKeys.map(columnNode),
        StorageDescriptor: storage,
      },
    },
  });
  return [
    'AWSTemplateFormatVersion: "2010-09-09"',
    'Resources:',
    `  ${logicalId(table)}:`,
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n');
}

type Node = { readonly [key: string]: Value };
type Value = string | undefined | Node | readonly Node[];

function columnNode({ name, type, comment }: Column): Node {
  return { Name: name, Type: type, Comment: comment };
}

function pairs(list: readonly (readonly [string, string])[]): Node | undefined {
  // Keys of a document may be anything, so that no prototype's may be mistaken for one.
  return list.length === 0 ? undefined : Object.fromEntries(list);
}

function yaml(node: Node): readonly string[] {
  return Object.entries(node).flatMap(([key, value]) => {
    const name = /^[A-Za-z][A-Za-z0-9]*$/.test(key) && !ambiguous.test(key) ? key : yamlText(key);
    if (value === undefined) return [];
    if (typeof value === 'string') return [`${name}: ${yamlText(value)}`];
    if (isList(value)) {
      if (value.length === 0) return [];
      return [`${name}:`, ...value.flatMap(yaml0).map((line) => `  ${line}`)];
    }
    if (typeof value['ref'] === 'string' && Object.keys(value).length === 1) {
      return [`${name}: !Ref ${value['ref']}`];
    }
    return [`${name}:`, ...yaml(value).map((line) => `  ${line}`)];
  });
}
const ambiguous = /^(y|n|yes|no|on|off|true|false|null)$/i;

function yaml0(node: Node): readonly string[] {
  return yaml(node).map((line, index) => `${index === 0 ? '- ' : '  '}${line}`);
}

function isList(value: Node | readonly Node[]): value is readonly Node[] {
  return Array.isArray(value);
}

/** A string in double quotes, which YAML reads as JSON does; what YAML takes for a line break is escaped too. */
export function yamlText(text: string): string {
  return JSON.stringify(text).replaceAll(
    /[\u007f-\u009f\u2028\u2029\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function logicalId({ database, name }: Table): string {
  const words = `${database} ${name}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return `${words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('')}Table`;
}

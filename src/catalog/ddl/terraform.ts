import type { Column, Table } from '../catalog';
import { glueInput } from './glueInput';

/**
 * The table as a resource `aws_glue_catalog_table` of Terraform's AWS provider. A view is not written: Athena keeps
 * its own encoding of it in Glue, which only its CREATE VIEW makes.
 */
export function terraformTable(table: Table): string {
  if (table.kind === 'view') {
    return `# ${oneLine(table.database)}.${oneLine(table.name)} is a view: make it with its CREATE VIEW in Athena.\n`;
  }
  const input = glueInput(table);
  const iceberg = table.kind === 'iceberg';
  return block(`resource "aws_glue_catalog_table" "${label(table)}"`, [
    ...assigned([
      ['name', table.name],
      ['database_name', table.database],
      ['description', table.description],
      ['owner', table.owner],
      ['table_type', 'EXTERNAL_TABLE'],
    ]),
    ...map('parameters', input.parameters),
    ...(iceberg
      ? ['', ...block('open_table_format_input', icebergInput).trimEnd().split('\n')]
      : table.partitionKeys.flatMap((key) => ['', ...column('partition_keys', key)])),
    '',
    ...nested('storage_descriptor', [
      ...assigned([
        ['location', table.location],
        ['input_format', iceberg ? undefined : input.inputFormat],
        ['output_format', iceberg ? undefined : input.outputFormat],
      ]),
      ...(iceberg || input.serde === undefined
        ? []
        : [
            '',
            ...nested('ser_de_info', [
              ...assigned([['serialization_library', input.serde]]),
              ...map('parameters', input.serdeParameters),
            ]),
          ]),
      ...table.columns.flatMap((one) => ['', ...column('columns', one)]),
    ]),
  ]);
}

const icebergInput: readonly string[] = [
  'iceberg_input {',
  '  metadata_operation = "CREATE"',
  '  version            = "2"',
  '}',
];

function column(kind: string, { name, type, comment }: Column): readonly string[] {
  return nested(
    kind,
    assigned([
      ['name', name],
      ['type', type],
      ['comment', comment],
    ]),
  );
}

function nested(head: string, lines: readonly string[]): readonly string[] {
  return block(head, lines).trimEnd().split('\n');
}

function block(head: string, lines: readonly string[]): string {
  const trimmed = lines[0] === '' ? lines.slice(1) : lines;
  return `${head} {\n${trimmed.map((line) => (line === '' ? '' : `  ${line}`)).join('\n')}\n}\n`;
}

function assigned(pairs: readonly (readonly [string, string | undefined])[]): readonly string[] {
  const known = pairs.flatMap(([key, value]) => (value === undefined ? [] : [[key, value] as const]));
  const width = Math.max(0, ...known.map(([key]) => key.length));
  return known.map(([key, value]) => `${key.padEnd(width)} = ${hclText(value)}`);
}

function map(name: string, pairs: readonly (readonly [string, string])[]): readonly string[] {
  if (pairs.length === 0) return [];
  const width = Math.max(...pairs.map(([key]) => hclText(key).length));
  const lines = pairs.map(([key, value]) => `  ${hclText(key).padEnd(width)} = ${hclText(value)}`);
  return ['', `${name} = {`, ...lines, '}'];
}

/** A quoted string of HCL: `${` and `%{` would begin a template, so they are doubled. */
export function hclText(text: string): string {
  const escaped = text
    .replaceAll('\\', '\\\\')
    .replaceAll('"', '\\"')
    .replaceAll('\n', '\\n')
    .replaceAll('\r', '\\r')
    .replaceAll('\t', '\\t')
    .replaceAll('${', () => '$${')
    .replaceAll('%{', '%%{')
    // oxlint-disable-next-line no-control-regex -- they are what is looked for
    .replaceAll(/[\u0000-\u001f\u007f]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `"${escaped}"`;
}

function label({ database, name }: Table): string {
  const plain = `${database}_${name}`.replaceAll(/[^A-Za-z0-9_-]/g, '_');
  return /^[A-Za-z_]/.test(plain) ? plain : `_${plain}`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ');
}

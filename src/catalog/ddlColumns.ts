import type { ColumnDefinition, Option, QualifiedName } from '../sql/ast';
import type { Column, Table, TableName } from './catalog';

/** A table's name as a statement writes it, lower case; `database` is empty where it names none. */
export function refName(name: QualifiedName): TableName {
  return {
    database: name.parts.at(-2)?.name.toLowerCase() ?? '',
    name: name.parts.at(-1)?.name.toLowerCase() ?? '',
  };
}

/** A column of a table definition; undefined for an Iceberg transform, which names none of its own. */
export function columnFrom(definition: ColumnDefinition): Column | undefined {
  if (definition.transform !== undefined) return undefined;
  const comment = optionOf(definition.options, 'COMMENT')?.value;
  return {
    name: definition.name.name.toLowerCase(),
    type: definition.type?.text ?? '',
    ...(comment === undefined ? {} : { comment }),
    ...(definition.options.some(({ key }) => neverNull.test(key)) ? { notNull: true as const } : {}),
  };
}

const neverNull = /^(NOT NULL|PRIMARY KEY|IDENTITY|GENERATED.*)$/;

/** The option of that key; keys are upper case words. */
export function optionOf(options: readonly Option[], key: string): Option | undefined {
  return options.find((option) => option.key.toUpperCase() === key);
}

/** Properties as Glue keeps them, by key. */
export function propertiesFrom(properties: readonly Option[]): Readonly<Record<string, string>> {
  return Object.fromEntries(properties.map(({ key, value = '' }) => [key, value]));
}

/** The file format that a word of `STORED AS`, a SerDe or an input format class stands for. */
export function formatNamed(name: string | undefined): Table['format'] | undefined {
  if (name === undefined) return undefined;
  const lower = name.toLowerCase();
  if (lower.includes('parquet')) return 'parquet';
  if (/\borc|orcserde|orcfile|orcinput/.test(lower)) return 'orc';
  if (lower.includes('avro')) return 'avro';
  if (lower.includes('json')) return 'json';
  if (/opencsv|\bcsv/.test(lower)) return 'csv';
  if (/text(file|input)?|lazysimple|regex/.test(lower)) return 'text';
  return 'other';
}

import { Problem } from '../base/problem';
import type { Table, TableName } from '../catalog/catalog';
import { mostIndexes, type PartitionIndex } from '../catalog/partitionIndexes';
import { canIndex } from './indexAdvice';

const words: Readonly<Record<PartitionIndex['state'], string>> = {
  creating: 'being made',
  active: 'in use',
  deleting: 'being deleted',
  failed: 'failed',
  other: 'in a state unknown here',
};

/** An index in words: `by_date (year, month): in use`. */
export function indexText({ name, keys, state, errors }: PartitionIndex): string {
  const why = errors.length === 0 ? '' : ` (${errors.join('; ')})`;
  return `${name} (${keys.join(', ')}): ${words[state]}${why}`;
}

/** The partition indexes of a table and what they are for, as Markdown. */
export function indexPage(table: Table, indexes: readonly PartitionIndex[]): string {
  const name = `${table.database}.${table.name}`;
  const left = mostIndexes - indexes.length;
  const barred = table.partitionKeys.filter((key) => !canIndex(key));
  return [
    `# Partition indexes of ${escaped(name)}`,
    '',
    indexes.length === 0
      ? 'There is none: Glue reads all partitions of the table to answer a filter.'
      : '| index | keys | state |\n| --- | --- | --- |',
    ...indexes.map(({ name: own, keys, state, errors }) => {
      const why = errors.length === 0 ? '' : `: ${errors.join('; ')}`;
      return `| ${escaped(own)} | ${escaped(keys.join(', '))} | ${words[state]}${escaped(why)} |`;
    }),
    '',
    left > 0
      ? `Glue takes ${mostIndexes} for a table: ${left} more can be made.`
      : `Glue takes ${mostIndexes} for a table, so one has to be deleted before another can be made.`,
    '',
    'A filter profits from an index when it compares the first key of the index by =, <, <=, >, >= or BETWEEN and joins comparisons by AND; Athena uses it with `partition_filtering.enabled` = `true` among the table’s properties.',
    ...(barred.length === 0
      ? []
      : [
          '',
          `Not for an index: ${escaped(barred.map(({ name: key, type }) => `${key} (${type})`).join(', '))}.`,
        ]),
    '',
  ].join('\n');
}

/** @throws a Problem that names the indexes of a table that has as many as Glue takes */
export function requireRoom({ database, name }: TableName, indexes: readonly PartitionIndex[]): void {
  if (indexes.length < mostIndexes) return;
  const names = indexes.map((index) => index.name).join(', ');
  throw new Problem(
    `${database}.${name} has ${mostIndexes} partition indexes, which is all that Glue takes: delete one of ${names} first.`,
    'invalid',
  );
}

/** A name for an index on some keys that no other index has: `by_year_month`. */
export function indexName(keys: readonly string[], indexes: readonly PartitionIndex[]): string {
  const taken = new Set(indexes.map(({ name }) => name.toLowerCase()));
  const base = `by_${keys.join('_')}`.toLowerCase().replaceAll(/\W/g, '_').slice(0, 240);
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? base : `${base}_${number}`;
    if (!taken.has(name)) return name;
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[\\`*_[\]<>#|]/g, String.raw`\$&`);
}

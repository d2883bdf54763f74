import type { Span } from '../../../base/text';
import type { ColumnDefinition, CreateTable, Option } from '../../../sql/ast';
import { defineRule, type RuleContext } from '../../rule';
import { property } from './ctasProperties';
import { fromNow, isProjected, naturalUnit, readFormatted, unitOf, type Properties } from './projection';

/** Partition projection that cannot work. */
export const athenaProjectionConfig = defineRule({
  code: 'ATH316',
  id: 'athena-projection-config',
  dialects: ['athena'],
  severity: 'error',
  title: 'Say all that partition projection needs',
  why: 'Each key needs a type, and each type its own properties: values for enum, a range for integer, a range in its format for date. Queries of the table fail otherwise.',
  sources: [
    'https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html',
    'https://docs.aws.amazon.com/athena/latest/ug/partition-projection-setting-up.html',
  ],
  bad: "CREATE EXTERNAL TABLE meter_readings (reading double) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/meters/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.dt.type' = 'date', 'projection.dt.range' = '2023/01/01,NOW')",
  good: "CREATE EXTERNAL TABLE meter_readings (reading double) PARTITIONED BY (dt string) STORED AS PARQUET LOCATION 's3://lake/meters/' TBLPROPERTIES ('projection.enabled' = 'true', 'projection.dt.type' = 'date', 'projection.dt.format' = 'yyyy/MM/dd', 'projection.dt.range' = '2023/01/01,NOW')",
  on: {
    CreateTable(statement, context) {
      const properties: Properties = new Map(
        statement.properties.map(({ key, value }) => [key.toLowerCase(), value ?? '']),
      );
      if (!isProjected(properties)) return;
      for (const key of statement.partitionedBy) {
        if (key.transform === undefined) checkKey({ key, statement, properties }, context);
      }
      checkTemplate(statement, context);
    },
  },
});

interface Facts {
  readonly key: ColumnDefinition;
  readonly statement: CreateTable;
  readonly properties: Properties;
}

function checkKey(facts: Facts, context: RuleContext): void {
  const name = facts.key.name.name.toLowerCase();
  const option = (what: string): Option | undefined =>
    property(facts.statement.properties, `projection.${name}.${what}`);
  const value = (what: string): string | undefined => option(what)?.value?.trim();
  const type = value('type')?.toLowerCase();
  const at = option('type')?.valueSpan ?? facts.key;
  const missing = (what: string, example: string): void =>
    report(
      {
        at: facts.key,
        message: `needs 'projection.${name}.${what}'`,
        add: `'projection.${name}.${what}' = '${example}'`,
      },
      facts,
      context,
    );
  switch (type) {
    case undefined:
      return missing('type', facts.key.type?.base === 'int' ? 'integer' : 'date');
    case 'injected':
      if (facts.key.type !== undefined && !['string', 'varchar', 'char'].includes(facts.key.type.base))
        report({ at: facts.key.type, message: 'must be a string to be injected' }, facts, context);
      return;
    case 'enum':
      if (value('values') === undefined) missing('values', 'a,b');
      return;
    case 'integer': {
      const range = value('range');
      if (range === undefined) return missing('range', '0,23');
      const match = /^(-?\d+)\s*,\s*(-?\d+)$/.exec(range);
      const wrong =
        match === null
          ? 'has a range that is not two whole numbers'
          : 'has a range that ends before it begins';
      if (match === null || Number(match[1]) > Number(match[2]))
        report({ at: option('range')?.valueSpan ?? at, message: wrong }, facts, context);
      return;
    }
    case 'date':
      return checkDate({ option, value, missing, at }, facts, context);
    default:
      return isFilledIn(type)
        ? undefined
        : report(
            { at, message: `has no projection type ${type}: write enum, integer, date or injected` },
            facts,
            context,
          );
  }
}

interface DateFacts {
  readonly option: (what: string) => Option | undefined;
  readonly value: (what: string) => string | undefined;
  readonly missing: (what: string, example: string) => void;
  readonly at: Span;
}

function checkDate({ option, value, missing, at }: DateFacts, facts: Facts, context: RuleContext): void {
  const range = value('range');
  const format = value('format');
  if (format === undefined) return missing('format', formatLike(range));
  if (range === undefined) return missing('range', 'NOW-3YEARS,NOW');
  if (isFilledIn(range) || isFilledIn(format)) return;
  const ends = range.split(',').map((end) => end.trim());
  const span = option('range')?.valueSpan ?? at;
  const [from, to] = ends.map((end) => (/^now/i.test(end) ? fromNow(end) : readFormatted(end, format)));
  const wrong = ends.find((end) =>
    /^now/i.test(end) ? fromNow(end) === undefined : readFormatted(end, format) === false,
  );
  if (ends.length !== 2)
    return report({ at: span, message: 'has a range that is not two dates' }, facts, context);
  if (wrong !== undefined)
    return report(
      { at: span, message: `has ${wrong} in its range, which is not of the format ${format}` },
      facts,
      context,
    );
  const absolute = ends.every((end) => !/^now/i.test(end));
  const relative = ends.every((end) => /^now/i.test(end));
  if ((absolute || relative) && typeof from === 'number' && typeof to === 'number' && from > to)
    return report({ at: span, message: 'has a range that ends before it begins' }, facts, context);
  // Down to the day the unit follows from the format.
  const known = readFormatted('', format) !== undefined;
  if (known && naturalUnit(format) === undefined && unitOf(value('interval.unit')) === undefined)
    missing('interval.unit', 'HOURS');
}

function formatLike(range: string | undefined): string {
  const first = (range ?? '').split(',')[0]?.trim() ?? '';
  return (
    ['yyyy-MM-dd', 'yyyy/MM/dd', 'yyyyMMdd', 'yyyy-MM', 'yyyy/MM', 'yyyy'].find(
      (format) => typeof readFormatted(first, format) === 'number',
    ) ?? 'yyyy-MM-dd'
  );
}

function checkTemplate(statement: CreateTable, context: RuleContext): void {
  const template = property(statement.properties, 'storage.location.template');
  const text = template?.value;
  if (template === undefined || text === undefined || /\{\{/.test(text)) return;
  for (const { name, transform } of statement.partitionedBy) {
    if (transform !== undefined || text.toLowerCase().includes(`\${${name.name.toLowerCase()}}`)) continue;
    context.report(
      template.valueSpan ?? template,
      `The template lacks \${${name.name}}, so every value of ${name.name} reads the same folder.`,
    );
  }
}

function isFilledIn(text: string): boolean {
  return /[{$]/.test(text);
}

interface Fault {
  readonly at: Span;
  readonly message: string;
  /** A property that would mend it. */
  readonly add?: string;
}

function report({ at, message, add }: Fault, { key, statement }: Facts, context: RuleContext): void {
  const last = statement.properties.at(-1);
  context.report(at, `The projected key ${key.name.name} ${message}.`, {
    fixes:
      add === undefined || last === undefined
        ? []
        : [
            {
              title: `Add ${add}`,
              edits: [{ start: last.end, end: last.end, text: `, ${add}` }],
              scaffold: true,
            },
          ],
  });
}

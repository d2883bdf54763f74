import type { Column, Table } from '../catalog/catalog';
import {
  fromNow,
  isProjected,
  naturalUnit,
  propertiesOf,
  readFormatted,
  unitOf,
  type Properties,
} from '../lint/rules/athena/projection';

/** Something wrong with a table's partition projection. */
export interface ProjectionFault {
  /** The property it is about. */
  readonly property: string;
  readonly message: string;
}

/**
 * What is wrong with the partition projection of a table of the catalog; nothing where it has none. Athena's own
 * rules: User Guide, "Supported types for partition projection" and "Set up partition projection".
 */
export function checkProjection(table: Table): readonly ProjectionFault[] {
  const properties = propertiesOf(table.parameters);
  if (!isProjected(properties)) return [];
  if (table.partitionKeys.length === 0) {
    return [{ property: 'projection.enabled', message: 'The table has no partition keys to project.' }];
  }
  return [
    ...table.partitionKeys.flatMap((key) => checkKey(key, properties)),
    ...strangers(table, properties),
    ...checkTemplate(table, properties),
  ];
}

function checkKey(key: Column, properties: Properties): readonly ProjectionFault[] {
  const name = key.name.toLowerCase();
  const of = (what: string): string | undefined => properties.get(`projection.${name}.${what}`)?.trim();
  const fault = (what: string, message: string): readonly ProjectionFault[] => [
    { property: `projection.${name}.${what}`, message: `The key ${key.name} ${message}.` },
  ];
  switch (of('type')?.toLowerCase()) {
    case undefined:
      return fault('type', 'has no projection type: give it enum, integer, date or injected');
    case 'injected':
      return /^(string|(var)?char\b.*)$/i.test(key.type)
        ? []
        : fault('type', 'must be a string to be injected');
    case 'enum': {
      const values = (of('values') ?? '').split(',').map((value) => value.trim());
      if (values.every((value) => value === '')) return fault('values', 'needs its values');
      const twice = values.find((value, index) => values.indexOf(value) !== index);
      return twice === undefined ? [] : fault('values', `has the value ${twice} twice`);
    }
    case 'integer':
      return checkInteger(of, fault);
    case 'date':
      return checkDate(of, fault);
    default:
      return fault(
        'type',
        `has no projection type ${of('type') ?? ''}: write enum, integer, date or injected`,
      );
  }
}

type Of = (what: string) => string | undefined;
type Fault = (what: string, message: string) => readonly ProjectionFault[];

function checkInteger(of: Of, fault: Fault): readonly ProjectionFault[] {
  const range = of('range');
  if (range === undefined) return fault('range', 'needs a range such as 0,23');
  const match = /^(-?\d+)\s*,\s*(-?\d+)$/.exec(range);
  if (match === null) return fault('range', `has the range ${range}, which is not two whole numbers`);
  return [
    ...(Number(match[1]) > Number(match[2]) ? fault('range', 'has a range that ends before it begins') : []),
    ...checkCount(of, fault, 'interval'),
    ...checkCount(of, fault, 'digits'),
  ];
}

function checkDate(of: Of, fault: Fault): readonly ProjectionFault[] {
  const [range, format] = [of('range'), of('format')];
  if (format === undefined) return fault('format', 'needs the format of its dates');
  if (range === undefined) return fault('range', 'needs a range such as NOW-3YEARS,NOW');
  const ends = range.split(',').map((end) => end.trim());
  if (ends.length !== 2) return fault('range', `has the range ${range}, which is not two dates`);
  const read = ends.map((end) => (/^now/i.test(end) ? fromNow(end) : readFormatted(end, format)));
  const wrong = ends.find((end, index) =>
    /^now/i.test(end) ? read[index] === undefined : read[index] === false,
  );
  if (wrong !== undefined)
    return fault('range', `has ${wrong} in its range, which is not of the format ${format}`);
  const [from, to] = read;
  const alike = ends.every((end) => /^now/i.test(end)) || ends.every((end) => !/^now/i.test(end));
  const unit = of('interval.unit');
  return [
    ...(alike && typeof from === 'number' && typeof to === 'number' && from > to
      ? fault('range', 'has a range that ends before it begins')
      : []),
    ...checkCount(of, fault, 'interval'),
    ...(unit !== undefined && unitOf(unit) === undefined
      ? fault(
          'interval.unit',
          `has no interval unit ${unit}: write YEARS, MONTHS, WEEKS, DAYS, HOURS, MINUTES or SECONDS`,
        )
      : []),
    // A format that only our reader does not know is not judged.
    ...(unit === undefined && readFormatted('', format) !== undefined && naturalUnit(format) === undefined
      ? fault('interval.unit', 'counts finer than days and so needs an interval unit')
      : []),
  ];
}

function checkCount(of: Of, fault: Fault, what: 'interval' | 'digits'): readonly ProjectionFault[] {
  const value = of(what);
  return value === undefined || /^[1-9]\d*$/.test(value)
    ? []
    : fault(what, `has ${value} for its ${what}, which is no count`);
}

function strangers({ partitionKeys }: Table, properties: Properties): readonly ProjectionFault[] {
  const known = new Set(partitionKeys.map(({ name }) => name.toLowerCase()));
  return [...properties.keys()].flatMap((property) => {
    const name = /^projection\.(.+)\.type$/.exec(property)?.[1];
    if (name === undefined || known.has(name)) return [];
    return [{ property, message: `${name} is projected, but it is no partition key of the table.` }];
  });
}

function checkTemplate({ partitionKeys }: Table, properties: Properties): readonly ProjectionFault[] {
  const property = 'storage.location.template';
  const template = properties.get(property);
  if (template === undefined) return [];
  const named = [...template.matchAll(/\$\{([^}]*)\}/g)].map((match) => (match[1] ?? '').toLowerCase());
  const keys = partitionKeys.map(({ name }) => name.toLowerCase());
  return [
    ...keys
      .filter((key) => !named.includes(key))
      .map((key) => ({
        property,
        message: `The template lacks \${${key}}, so every value of ${key} reads the same folder.`,
      })),
    ...named
      .filter((name) => !keys.includes(name))
      .map((name) => ({ property, message: `The template names \${${name}}, which is no partition key.` })),
  ];
}

import { isRecord, records, textOf } from './exactJson';

/** A type of an Iceberg schema in one line: `long`, `struct<a:int,b:list<string>>`, `map<string,double>`. */
export function icebergTypeText(type: unknown): string {
  if (typeof type === 'string') return type.replaceAll(' ', '');
  if (!isRecord(type)) return 'unknown';
  switch (type['type']) {
    case 'struct': {
      const fields = records(type['fields']).map(
        (field) => `${textOf(field['name']) ?? ''}:${icebergTypeText(field['type'])}`,
      );
      return `struct<${fields.join(',')}>`;
    }
    case 'list':
      return `list<${icebergTypeText(type['element'])}>`;
    case 'map':
      return `map<${icebergTypeText(type['key'])},${icebergTypeText(type['value'])}>`;
    default:
      return textOf(type['type']) ?? 'unknown';
  }
}

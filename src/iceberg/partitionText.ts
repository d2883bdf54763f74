import type { JsonRecord } from './exactJson';
import type { IcebergMetadata, PartitionSpec } from './metadata';

/**
 * A partition as Iceberg names its folders: `happened_on_month=2024-03/kind=a`. Transforms of time count from 1970
 * (Iceberg table specification, "Partition Transforms").
 */
export function partitionText(
  values: JsonRecord,
  spec: PartitionSpec | undefined,
  metadata: IcebergMetadata,
): string {
  return Object.entries(values)
    .map(([name, value]) => {
      const field = spec?.fields.find((one) => one.name === name);
      const source = metadata.schemas
        .flatMap(({ fields }) => fields)
        .find(({ id }) => id === field?.sourceId);
      return `${name}=${shown(value, field?.transform ?? 'identity', source?.type ?? '')}`;
    })
    .join('/');
}

function shown(value: unknown, transform: string, type: string): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof Uint8Array) return bytesShown(value, type);
  if (typeof value !== 'bigint') return typeof value === 'string' ? value : JSON.stringify(value);
  const count = Number(value);
  switch (transform) {
    case 'year':
      return String(1970 + count);
    case 'month':
      return iso(Date.UTC(1970, count)).slice(0, 7);
    case 'day':
      return iso(count * 86_400_000).slice(0, 10);
    case 'hour':
      return iso(count * 3_600_000)
        .slice(0, 13)
        .replace('T', '-');
    default:
      return transform === 'identity' ? identity(value, type) : String(value);
  }
}

function identity(value: bigint, type: string): string {
  if (type === 'date') return iso(Number(value) * 86_400_000).slice(0, 10);
  if (/^timestamp(tz)?$/.test(type)) return iso(Number(value / 1000n)).replace(/Z$/, '');
  return String(value);
}

// Decimals are two's complement, the highest byte first.
function bytesShown(value: Uint8Array, type: string): string {
  const scale = /^decimal\(\d+,(\d+)\)$/.exec(type)?.[1];
  const hex = Buffer.from(value).toString('hex');
  if (scale === undefined || hex === '') return hex;
  const number = BigInt.asIntN(value.length * 8, BigInt(`0x${hex}`));
  const digits = String(number < 0n ? -number : number).padStart(Number(scale) + 1, '0');
  const point = digits.length - Number(scale);
  const text = scale === '0' ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return number < 0n ? `-${text}` : text;
}

function iso(ms: number): string {
  const date = new Date(ms);
  return Number.isNaN(date.getTime()) ? String(ms) : date.toISOString();
}

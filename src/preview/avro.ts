import { emptyPreview, type Preview, type PreviewColumn, type RangedObject } from './preview';

/** The schema of an Avro file as JSON text, and its codec; undefined where its head cannot be read. */
export async function avroSchema(
  object: RangedObject,
): Promise<{ readonly schema: string; readonly codec: string } | undefined> {
  const properties = await headOf(object);
  const schema = properties?.get('avro.schema');
  return schema === undefined ? undefined : { schema, codec: properties?.get('avro.codec') ?? 'null' };
}

async function headOf(object: RangedObject): Promise<ReadonlyMap<string, string> | undefined> {
  return avroProperties(await object.read(0, Math.min(object.bytes, 256 * 1024)));
}

/** The head of an Avro file: its schema, its codec and who wrote it (Avro 1.11 specification, object container files). */
export async function previewAvro(object: RangedObject): Promise<Preview> {
  const properties = await headOf(object);
  const schema = properties?.get('avro.schema');
  if (properties === undefined || schema === undefined) {
    return {
      ...emptyPreview,
      format: 'Avro',
      notes: ['Its head cannot be read, so its schema is not known.'],
    };
  }
  return {
    ...emptyPreview,
    format: 'Avro',
    compression: properties.get('avro.codec') ?? 'null',
    columns: avroColumns(schema),
    facts: [...properties].filter(([name]) => !name.startsWith('avro.')),
    notes: ['Of an Avro file the schema is shown, not the rows.'],
  };
}

function avroProperties(head: Uint8Array): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  const decoder = new TextDecoder();
  let at = 4;
  const long = (): number => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = head[at++];
      if (byte === undefined) throw new RangeError('cut off');
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) break;
      scale *= 128;
    }
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  };
  const text = (): string => {
    const length = long();
    if (length < 0 || at + length > head.length) throw new RangeError('cut off');
    at += length;
    return decoder.decode(head.subarray(at - length, at));
  };
  try {
    for (let count = long(); count !== 0; count = long()) {
      if (count < 0) long(); // a block that tells its size in bytes
      for (let pair = 0; pair < Math.abs(count); pair++) found.set(text(), text());
    }
    return found;
  } catch {
    return undefined;
  }
}

function avroColumns(schema: string): readonly PreviewColumn[] {
  try {
    const parsed: unknown = JSON.parse(schema);
    if (!isRecord(parsed) || !Array.isArray(parsed['fields'])) return [];
    return parsed['fields'].filter(isRecord).map((field) => ({
      name: word(field['name']),
      type: avroType(field['type']),
    }));
  } catch {
    return [];
  }
}

function avroType(type: unknown): string {
  if (typeof type === 'string') return type;
  if (Array.isArray(type)) return type.map(avroType).join(' or ');
  if (!isRecord(type)) return 'unknown';
  const { logicalType, type: base } = type;
  if (logicalType === 'decimal') return `decimal(${word(type['precision'])},${word(type['scale'], '0')})`;
  if (typeof logicalType === 'string') return logicalType;
  if (base === 'array') return `array of ${avroType(type['items'])}`;
  if (base === 'map') return `map of ${avroType(type['values'])}`;
  if (base === 'enum' || base === 'record' || base === 'fixed') return `${base} ${word(type['name'])}`.trim();
  return avroType(base);
}

function word(value: unknown, otherwise = ''): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : otherwise;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

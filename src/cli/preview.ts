import type { TableName } from '../catalog/catalog';
import { tableSample } from '../trees/sampleObject';
import { formatS3Uri, parseS3Uri, type S3Place } from '../zones/s3Uri';
import { previewPage } from '../preview/page';
import { previewObject } from '../preview/previewObject';
import { wrongUse } from './arguments';
import { optionText, type Command } from './command';
import { openLake } from './lake';

/** `lake-workbench preview s3://BUCKET/KEY` or `DATABASE.TABLE`. */
export const command: Command = {
  name: 'preview',
  summary: 'show what an object of S3 or a table holds, without a query',
  usage: 's3://BUCKET/KEY | DATABASE.TABLE',
  help: `
Shows schema, row groups, column sizes, encodings, statistics and the first rows of a Parquet file, the first rows of
CSV, JSON and NDJSON (plain, gzip, zstd or bzip2), the schema of Avro and ORC files, the beginning of other texts.
Reads ranges only: never more than a few megabytes, however large the object is. Of a table a file of its newest
partition is shown; of an Iceberg table one that its metadata names.

--format json prints { "version": 1, "uri", "bytes", "fetched", "requests", "format", "compression", "rows",
"columns": [{ "name", "type", "bytes", "compression", "encodings", "nulls", "values", "distinct", "min", "max",
"minIsBound", "maxIsBound" }], "rowGroups": [{ "rows", "bytes" }], "sample": [[TEXT or null]], "sampleColumns": [NAME],
"text", "facts": [[NAME, VALUE]], "notes": ["…"] }; what is not known is left out. A bound is text that the writer has
cut: no value of the column, but none is beyond it. sampleColumns stands where the cells are not those of columns.`,
  options: {},
  async run(context) {
    const { options, signal, stdout } = context;
    const target = targetOf(context.arguments);
    const { connection, ports } = await openLake(context);
    const {
      bucket,
      object: { key, bytes, etag },
    } =
      'table' in target
        ? await tableSample(ports, { connection, name: target.table }, signal)
        : { bucket: target.bucket, object: await ports.store.head(connection, target, signal) };
    // What is read in several requests has to be one and the same object.
    const same = etag === undefined ? {} : { etag };
    const preview = await previewObject({
      key,
      bytes,
      read: (start, end) =>
        ports.store.read(connection, { bucket, key, ...same, range: { start, end } }, signal),
    });
    const name = formatS3Uri({ bucket, key });
    if (optionText(options, 'format') === 'json') {
      stdout.write(`${JSON.stringify({ version: 1, uri: name, ...preview }, undefined, 2)}\n`);
    } else stdout.write(previewPage(preview, name));
    return 0;
  },
};

type Target = S3Place | { readonly table: TableName };

function targetOf([text, ...others]: readonly string[]): Target {
  const place = text === undefined ? undefined : parseS3Uri(text);
  const [, database, name] = /^([^./:]+)\.([^./:]+)$/.exec(text ?? '') ?? [];
  if (others.length === 0) {
    if (place !== undefined && place.key !== '') return place;
    if (database !== undefined && name !== undefined)
      return { table: { database: database.toLowerCase(), name: name.toLowerCase() } };
  }
  throw wrongUse(
    'preview takes one object or one table: write lake-workbench preview s3://bucket/key or database.table.',
  );
}

import { formatS3Uri, parseS3Uri } from '../zones/s3Uri';
import { previewPage } from '../preview/page';
import { previewObject } from '../preview/previewObject';
import { wrongUse } from './arguments';
import { optionText, type Command } from './command';
import { openLake } from './lake';

/** `lake-workbench preview s3://BUCKET/KEY`. */
export const command: Command = {
  name: 'preview',
  summary: 'show what an object of S3 holds',
  usage: 's3://BUCKET/KEY',
  help: `
Shows schema, row groups, column sizes, encodings, statistics and the first rows of a Parquet file, the first rows of
CSV, JSON and NDJSON (plain, gzip, zstd or bzip2), the schema of Avro and ORC files, the beginning of other texts.
Reads ranges only: never more than a few megabytes, however large the object is.

--format json prints { "version": 1, "uri", "bytes", "fetched", "requests", "format", "compression", "rows",
"columns": [{ "name", "type", "bytes", "compression", "encodings", "nulls", "distinct", "min", "max" }],
"rowGroups": [{ "rows", "bytes" }], "sample": [[TEXT or null]], "text", "facts": [[NAME, VALUE]], "notes": ["…"] };
what is not known is left out.`,
  options: {},
  async run(context) {
    const { options, signal, stdout } = context;
    const [uri, ...others] = context.arguments;
    const place = uri === undefined ? undefined : parseS3Uri(uri);
    if (place === undefined || place.key === '' || others.length > 0) {
      throw wrongUse('preview takes one object: write lake-workbench preview s3://bucket/key.');
    }
    const { connection, ports } = await openLake(context);
    const target = { bucket: place.bucket, key: place.key };
    const { bytes } = await ports.store.head(connection, target, signal);
    const preview = await previewObject({
      key: place.key,
      bytes,
      read: (start, end) => ports.store.read(connection, { ...target, range: { start, end } }, signal),
    });
    const name = formatS3Uri(place);
    if (optionText(options, 'format') === 'json') {
      stdout.write(`${JSON.stringify({ version: 1, uri: name, ...preview }, undefined, 2)}\n`);
    } else stdout.write(previewPage(preview, name));
    return 0;
  },
};

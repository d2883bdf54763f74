import type { TableName } from '../catalog/catalog';
import { ddlForms } from '../catalog/ddl/index';
import { ddlLetter } from '../inference/ddlLetter';
import { inferTable } from '../inference/inferTable';
import { prefixOf } from '../inference/prefixOf';
import { nameFrom, proposedName } from '../inference/tableName';
import { wrongUse } from './arguments';
import { optionText, type Command, type CommandContext, type ExitCode } from './command';
import { openLake } from './lake';
import { progressOf } from './progress';

/** `lake-workbench ddl s3://BUCKET/PREFIX/` and `ddl DATABASE.TABLE`. */
export const command: Command = {
  name: 'ddl',
  summary: 'write the definition of a table, or one for the files below a prefix',
  usage: 's3://BUCKET/PREFIX/ | DATABASE.TABLE',
  help: `
For a prefix: reads a sample of its files (at most 41 listings, 8 files and 8 MB) and prints the CREATE TABLE that
Athena needs to read them: format, columns and types, partition keys, SerDe and its properties; comments say what was
looked at and what to check. Nothing is created.

For a table of the catalog: prints its definition in one of six forms, without running a query.

--format json prints { "version": 1, "table": "db.t", "sql" }, and for a prefix also "uri", "layout"
("none"|"hive"|"projected"), "columns": [{ "name", "type" }], "partitionKeys", "notes": ["…"], "doubts": ["…"].`,
  options: {
    name: {
      type: 'string',
      value: 'DATABASE.TABLE',
      description: 'for a prefix: the name of the table (default: its last folder, in database default)',
    },
    form: {
      type: 'string',
      value: 'FORM',
      choices: ddlForms.map(({ id }) => id),
      description: 'for a table: how its definition is written (default athena)',
    },
  },
  async run(context) {
    const [given, ...others] = context.arguments;
    if (given === undefined || others.length > 0) {
      throw wrongUse(
        'ddl takes one place or table: write lake-workbench ddl s3://bucket/prefix/ or ddl DATABASE.TABLE.',
      );
    }
    return /^s3[an]?:/i.test(given) ? ofPrefix(given, context) : ofTable(given, context);
  },
};

async function ofPrefix(uri: string, context: CommandContext): Promise<ExitCode> {
  const { options, signal, stdout } = context;
  if (optionText(options, 'form') !== undefined) {
    throw wrongUse(
      '--form is for tables of the catalog: what is inferred from a prefix is written for Athena.',
    );
  }
  const { bucket, prefix } = prefixOf(uri);
  const given = optionText(options, 'name');
  const name = nameFrom(given ?? proposedName(bucket, prefix), 'default');
  if (name === undefined) {
    throw wrongUse(`${given ?? ''} is no name of a table: write --name DATABASE.TABLE.`);
  }
  const { connection, ports } = await openLake(context);
  const progress = progressOf(context);
  try {
    const inferred = await inferTable(
      ports.store,
      { connection, uri, name, onProgress: (message) => progress.show(message) },
      signal,
    );
    progress.clear();
    const sql = ddlLetter(inferred);
    if (optionText(options, 'format') !== 'json') stdout.write(sql);
    else {
      const { table, layout, notes, doubts } = inferred;
      const { columns, partitionKeys, location } = table;
      stdout.write(
        json({ table: told(name), uri: location, layout, columns, partitionKeys, notes, doubts, sql }),
      );
    }
  } finally {
    progress.clear();
  }
  return 0;
}

async function ofTable(text: string, context: CommandContext): Promise<ExitCode> {
  const { options, signal, stdout } = context;
  if (optionText(options, 'name') !== undefined) {
    throw wrongUse('--name is for a prefix: a table of the catalog has its name.');
  }
  const match = /^([^.]+)\.([^.]+)$/.exec(text);
  const [, database, table] = match ?? [];
  if (database === undefined || table === undefined) {
    throw wrongUse(
      `${text} is neither a place in S3 nor a table: write s3://bucket/prefix/ or DATABASE.TABLE.`,
    );
  }
  const name = { database: database.toLowerCase(), name: table.toLowerCase() };
  const wanted = optionText(options, 'form') ?? 'athena';
  const form = ddlForms.find(({ id }) => id === wanted);
  if (form === undefined) throw wrongUse(`--form takes ${ddlForms.map(({ id }) => id).join(', ')}.`);
  const { connection, ports } = await openLake(context);
  const sql = form.write(await ports.catalog.table(connection, name, signal));
  stdout.write(
    optionText(options, 'format') === 'json' ? json({ table: told(name), form: form.id, sql }) : sql,
  );
  return 0;
}

function told({ database, name }: TableName): string {
  return `${database}.${name}`;
}

function json(value: object): string {
  return `${JSON.stringify({ version: 1, ...value }, undefined, 2)}\n`;
}

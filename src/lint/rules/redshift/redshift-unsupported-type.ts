import type { ColumnDefinition, TypeName } from '../../../sql/ast';
import { defineRule } from '../../rule';
import type { RuleContext } from '../../rule';

/** PostgreSQL types that Redshift has no columns of, and what to take; intervals are left out, as newer releases have them. */
const columnTypes: Readonly<Record<string, string | undefined>> = {
  serial: 'BIGINT IDENTITY(1,1)',
  bigserial: 'BIGINT IDENTITY(1,1)',
  smallserial: 'BIGINT IDENTITY(1,1)',
  serial4: 'BIGINT IDENTITY(1,1)',
  serial8: 'BIGINT IDENTITY(1,1)',
  uuid: 'VARCHAR(36)',
  json: 'SUPER',
  jsonb: 'SUPER',
  hstore: 'SUPER',
  xml: 'VARCHAR(65535)',
  bytea: 'VARBYTE',
  money: 'DECIMAL(19,2)',
  inet: 'VARCHAR(45)',
  cidr: 'VARCHAR(45)',
  macaddr: 'VARCHAR(17)',
  tsvector: undefined,
  tsquery: undefined,
  txid_snapshot: undefined,
};
// The leader node has the other ones for its own catalog, so only these fail wherever they are cast to.
const unknownEverywhere = /^(uuid|jsonb?|hstore|xml|tsvector|tsquery)$/;

/** A type of PostgreSQL that Redshift does not have. */
export const redshiftUnsupportedType = defineRule({
  code: 'RS115',
  id: 'redshift-unsupported-type',
  dialects: ['redshift'],
  severity: 'error',
  title: 'A PostgreSQL type that Redshift does not have',
  why: 'The statement fails. Redshift has IDENTITY in place of SERIAL, SUPER for JSON and arrays, VARBYTE for BYTEA, DECIMAL for MONEY and VARCHAR(36) for UUID.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/c_unsupported-postgresql-datatypes.html'],
  bad: 'CREATE TABLE mobile_logins (\n  login_id BIGSERIAL,\n  device JSONB\n) DISTSTYLE EVEN SORTKEY(login_id)',
  good: 'CREATE TABLE mobile_logins (\n  login_id BIGINT IDENTITY(1,1),\n  device SUPER\n) DISTSTYLE EVEN SORTKEY(login_id)',
  on: {
    CreateTable(table, context) {
      if (table.external) return;
      for (const column of table.columns) check(column, context);
    },
    AlterTable(alter, context) {
      for (const column of alter.actions.flatMap(({ columns }) => columns)) check(column, context);
    },
    Cast({ type }, { report }) {
      if (!unknownEverywhere.test(type.text)) return;
      report(type, `Redshift has no type ${type.text.toUpperCase()}.`, { fixes: replaced(type) });
    },
  },
});

function check({ type, options }: ColumnDefinition, { report }: RuleContext): void {
  if (type === undefined) return;
  const isArray = type.text.endsWith('[]');
  if (!isArray && !Object.hasOwn(columnTypes, type.base)) return;
  if (!isArray && type.base !== type.text && type.arguments.length === 0) return;
  const serialTwice = /serial/.test(type.base) && options.some(({ key }) => key.endsWith('IDENTITY'));
  report(
    type,
    isArray
      ? 'Redshift has no array columns: SUPER holds arrays.'
      : `Redshift has no type ${type.text.toUpperCase()}${columnTypes[type.base] === undefined ? '' : `: use ${columnTypes[type.base] ?? ''}`}.`,
    {
      fixes: serialTwice
        ? []
        : isArray
          ? [
              {
                title: 'Change the type to SUPER',
                edits: [{ start: type.start, end: type.end, text: 'SUPER' }],
              },
            ]
          : replaced(type),
    },
  );
}

function replaced({ base, start, end }: TypeName) {
  const text = columnTypes[base];
  return text === undefined ? [] : [{ title: `Change the type to ${text}`, edits: [{ start, end, text }] }];
}

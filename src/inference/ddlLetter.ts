import { athenaDdl } from '../catalog/ddl/athena';
import type { InferredTable } from './inferTable';
import { comment } from './sqlComment';

/** Bytes of a statement that Athena takes (Athena User Guide, "Service quotas"). */
const mostBytes = 262_144;

/**
 * An inferred table as an SQL document for Athena: what was looked at and what to check as comments, then the
 * statement, which nobody has run.
 */
export function ddlLetter({ table, layout, notes, doubts }: InferredTable): string {
  const after =
    layout === 'hive'
      ? [
          'After it ran, its partitions must be added: Lake: Repair Partitions lists them faster than MSCK REPAIR TABLE.',
        ]
      : [];
  const sql = athenaDdl(table);
  const long =
    Buffer.byteLength(sql) > mostBytes
      ? [
          'The statement is longer than the 262,144 bytes that Athena takes: leave out columns that nobody reads.',
        ]
      : [];
  return [
    '-- dialect: athena',
    ...notes.map(comment),
    ...[...long, ...doubts].map((doubt) => comment(`Check: ${doubt}`)),
    ...after.map(comment),
    '',
    sql,
  ].join('\n');
}

import { formatBytes, formatCount } from '../base/format';
import { qualifiedName } from '../catalog/ddl/clauses';
import { alterStatements, type Drift } from '../catalog/drift';
import type { DriftReport } from './checkDrift';
import { comment } from './sqlComment';

/** Places of one difference that are named. */
const mostPlaces = 5;

/**
 * A drift report as an SQL document for Athena: what was compared and what it cost, each difference with what a query
 * does with it, and the statements that mend it, which nobody has run.
 */
export function driftLetter(report: DriftReport): string {
  const { table, drifts, unread, notes } = report;
  const needed = drifts.filter(({ kind }) => kind !== 'not-in-files');
  const statements = alterStatements(needed);
  const again = needed.flatMap(({ mend }) => (mend.kind === 'recreate' ? [mend] : []));
  return [
    '-- dialect: athena',
    comment(looked(report)),
    ...(drifts.length === 0 ? [comment(`${qualifiedName(table)} agrees with all that was looked at.`)] : []),
    ...unread.map((why) => comment(`Not looked at: ${why}`)),
    ...notes.map((note) => comment(`Note: ${note}`)),
    ...drifts.flatMap(described),
    ...(again.length === 0
      ? []
      : [
          '',
          comment(
            'No ALTER can do this: the table is made again over the same files. Look at all of it first.',
          ),
          ...new Set(again.map(({ why }) => comment(why))),
          ...new Set(again.flatMap((mend) => mend.statements)),
        ]),
    ...(statements.length === 0
      ? []
      : [
          '',
          comment('These mend it, one after the other; they change definitions only, never files.'),
          ...statements,
        ]),
    '',
  ].join('\n');
}

function looked({ table, partitions, files, cost }: DriftReport): string {
  const some =
    partitions.read === 0
      ? ''
      : ` with ${partitions.all ? 'all ' : ''}${formatCount(partitions.read)} ${partitions.all ? 'of its partitions' : 'of its many partitions'}`;
  const footers = `${some === '' ? ' with' : ' and'} ${formatCount(files)} ${files === 1 ? 'file' : 'files'}`;
  return `${qualifiedName(table)} compared${some}${footers}: ${formatBytes(cost.bytes)} read in ${count(cost.get, 'request')}, ${count(cost.list, 'listing')}, ${count(cost.glue, 'request')} to Glue.`;
}

function described({ kind, message, effect, where, mend }: Drift): readonly string[] {
  const named = where.slice(0, mostPlaces);
  const more =
    where.length > named.length ? [comment(`    and ${formatCount(where.length - named.length)} more`)] : [];
  return [
    '',
    comment(message),
    comment(`  ${effect}`),
    ...(where.length > 1 ? [...named.map((place) => comment(`    ${place}`)), ...more] : []),
    ...(mend.kind === 'alter' ? [] : [comment(`  ${mend.why}`)]),
    // Whether a column is still wanted only people know: not among what is run.
    ...(kind === 'not-in-files' && mend.kind !== 'none'
      ? mend.statements.flatMap((sql) => sql.split('\n').map((line) => `--   ${line}`))
      : []),
  ];
}

function count(number: number, what: string): string {
  return `${formatCount(number)} ${what}${number === 1 ? '' : 's'}`;
}

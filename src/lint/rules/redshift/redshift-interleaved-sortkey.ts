import type { CreateTable, CreateTableAs } from '../../../sql/ast';
import { defineRule } from '../../rule';
import type { RuleContext } from '../../rule';
import { interleaved, tableName, toCompound } from './tableLayout';

/** An interleaved sort key where a compound one would most likely do. */
export const redshiftInterleavedSortkey = defineRule({
  code: 'RS108',
  id: 'redshift-interleaved-sortkey',
  dialects: ['redshift'],
  severity: 'information',
  title: 'An interleaved sort key seldom pays',
  why: 'It weighs each of its columns alike, which helps queries that filter now by one, now by another; loads and VACUUM take longer for it, and VACUUM REINDEX is needed. AWS and the Advisor prefer a compound key for most tables. Not reported where the statements in sight filter several columns and change no row.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/advisor-recommendations.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/t_Sorting_data.html',
  ],
  bad: 'CREATE TABLE shelf_stock (\n  shop_id INT DISTKEY,\n  article_id INT,\n  shelf INT\n) INTERLEAVED SORTKEY(shop_id, article_id, shelf)',
  good: 'CREATE TABLE shelf_stock (\n  shop_id INT DISTKEY,\n  article_id INT,\n  shelf INT\n) COMPOUND SORTKEY(shop_id, article_id, shelf)',
  on: { CreateTable: check, CreateTableAs: check },
});

function check(table: CreateTable | CreateTableAs, { file, report }: RuleContext): void {
  for (const { option } of interleaved(table)) {
    const { ranged, changed } = file.use(table.name.parts.at(-1)?.name ?? '');
    if (ranged.size > 1 && changed === 0) continue;
    report(
      option,
      `${tableName(table)} has an interleaved sort key: loads and VACUUM are slower, and a compound one serves most queries as well.`,
      { fixes: toCompound(option) },
    );
  }
}

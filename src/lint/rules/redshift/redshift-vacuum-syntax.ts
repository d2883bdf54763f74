import { defineRule } from '../../rule';
import { nameParts } from './tableLayout';
import { readVacuum } from './vacuum';

/** A VACUUM whose parts do not go together. */
export const redshiftVacuumSyntax = defineRule({
  code: 'RS304',
  id: 'redshift-vacuum-syntax',
  dialects: ['redshift'],
  severity: 'error',
  title: 'A VACUUM that Redshift refuses',
  why: 'TO n PERCENT, BOOST, REINDEX and RECLUSTER need the name of a table; REINDEX and RECLUSTER take no TO; a threshold lies between 0 and 100; and a table with DISTSTYLE ALL cannot be reclustered.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_VACUUM_command.html'],
  bad: 'VACUUM REINDEX shelf_stock TO 90 PERCENT',
  good: 'VACUUM REINDEX shelf_stock',
  on: {
    UtilityStatement(utility, { catalog, report, statement: { text, templated } }) {
      if (templated) return;
      const vacuum = readVacuum(utility, text);
      if (vacuum === undefined) return;
      const { form, head, table, tableName, threshold, boost } = vacuum;
      const special = form === 'REINDEX' || form === 'RECLUSTER';
      if (table === undefined) {
        const part = threshold ?? boost ?? (special ? head : undefined);
        const words = threshold !== undefined ? 'TO … PERCENT' : boost !== undefined ? 'BOOST' : form;
        if (part !== undefined) report(part, `${words} needs the name of a table.`);
      } else if (special && threshold !== undefined) {
        report(threshold, `VACUUM ${form} takes no TO … PERCENT.`);
      }
      if (threshold !== undefined && threshold.percent > 100) {
        report(threshold, `A threshold lies between 0 and 100; this one is ${threshold.percent}.`);
      }
      if (form !== 'RECLUSTER' || tableName === undefined) return;
      if (catalog.table(nameParts(tableName))?.distribution?.style === 'all') {
        report(head, `${table ?? ''} has DISTSTYLE ALL, and such a table cannot be reclustered.`);
      }
    },
  },
});

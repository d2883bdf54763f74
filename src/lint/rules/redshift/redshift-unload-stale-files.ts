import { defineRule } from '../../rule';
import { optionWord } from './optionEdits';
import { hasTemplateBehind } from './templates';

// A day, a month or a run in the prefix makes it new each time; so does whatever a template puts there.
const perRun = /\d{4}[-/_]?\d{2}|\b(year|month|day|dt|date|run|ds|run_id|batch)[-_]?\w*=|[{}$%]/i;

/** An UNLOAD that may leave files of an earlier, larger run beside its own. */
export const redshiftUnloadStaleFiles = defineRule({
  code: 'RS213',
  id: 'redshift-unload-stale-files',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'ALLOWOVERWRITE keeps old files that have other names',
  why: 'ALLOWOVERWRITE replaces files of the same name and no others. A run that writes fewer files than the one before leaves the rest of the old ones, and who reads the prefix gets those rows twice. CLEANPATH empties the prefix first, MANIFEST lists what belongs to this run, and a prefix of its own for each run needs neither.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/r_UNLOAD.html'],
  bad: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nALLOWOVERWRITE",
  good: "UNLOAD ('SELECT branch_id, city FROM branches')\nTO 's3://bank-lake/exports/branches/'\nIAM_ROLE default\nFORMAT AS PARQUET\nMANIFEST\nALLOWOVERWRITE",
  on: {
    UnloadStatement(unload, { report, statement }) {
      const option = (wanted: string) => unload.options.find((one) => optionWord(one) === wanted);
      const overwrite = option('ALLOWOVERWRITE');
      if (overwrite === undefined || option('MANIFEST') !== undefined) return;
      if (hasTemplateBehind(statement, unload.to?.end ?? 0)) return;
      // The two together fail, which is another rule's matter.
      if (option('CLEANPATH') !== undefined) return;
      // One writer gives one file of one name, and that one is replaced.
      if (/^(OFF|FALSE)$/i.test(option('PARALLEL')?.value ?? '')) return;
      const to = unload.to?.value;
      if (to === undefined || perRun.test(to)) return;
      report(
        overwrite,
        `ALLOWOVERWRITE replaces only files of the same name: what an earlier run left under ${to} and this one does not write is read again.`,
        {
          fixes: [
            {
              // It deletes whatever else lies under the path: nobody's choice but the user's.
              title: 'Use CLEANPATH, which first deletes everything under the path',
              edits: [{ start: overwrite.start, end: overwrite.end, text: 'CLEANPATH' }],
              scaffold: true,
            },
          ],
        },
      );
    },
  },
});

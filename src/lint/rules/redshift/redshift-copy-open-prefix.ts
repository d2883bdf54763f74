import { defineRule } from '../../rule';
import { hasTemplateBehind } from './templates';
import { optionNamed } from './unloadFormat';

// What may stand for several things, or is still to be filled in.
const unsure = /[{}$%<>*?]/;
// Cut off where a number or a date goes on: the author knows that it is a prefix.
const deliberate = /[-_.=]$|part|\d\d$|=|\d{4}[-_]?\d{2}/i;

/** A COPY whose location is also the beginning of other names. */
export const redshiftCopyOpenPrefix = defineRule({
  code: 'RS204',
  id: 'redshift-copy-open-prefix',
  dialects: ['redshift'],
  severity: 'warning',
  title: 'End the location of a COPY with a slash',
  why: 'COPY loads every object whose key begins with the text: .../cards takes .../cards_old/ and .../cards-test.csv along, without a word. A slash at the end keeps it to the folder, a MANIFEST to the files it lists.',
  sources: ['https://docs.aws.amazon.com/redshift/latest/dg/copy-parameters-data-source-s3.html'],
  bad: "COPY stg_cards\nFROM 's3://bank-lake/landing/cards'\nIAM_ROLE default\nFORMAT AS CSV",
  good: "COPY stg_cards\nFROM 's3://bank-lake/landing/cards/'\nIAM_ROLE default\nFORMAT AS CSV",
  on: {
    CopyStatement(copy, { report, statement }) {
      const { from } = copy;
      if (from?.kind !== 'Literal' || optionNamed(copy, 'MANIFEST') !== undefined) return;
      if (hasTemplateBehind(statement, from.end)) return;
      if (optionNamed(copy, 'SSH') !== undefined || unsure.test(from.value)) return;
      // A bucket alone is all of it, on purpose.
      const last = /^s3:\/\/[^/]+\/(?:.*\/)?([^/]+)$/i.exec(from.value)?.[1];
      if (last === undefined || last.includes('.') || deliberate.test(last)) return;
      report(
        from,
        `Every key that begins with ${from.value} is loaded, ${last}_old/ as well as ${last}/: end it with a slash or load by a manifest.`,
        {
          fixes: [
            {
              // Where the name was meant to be cut off, nothing would be found any more.
              title: 'Add a slash',
              edits: [{ start: from.end - 1, end: from.end - 1, text: '/' }],
              scaffold: true,
            },
          ],
        },
      );
    },
  },
});

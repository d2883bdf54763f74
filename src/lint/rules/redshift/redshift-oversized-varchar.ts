import { defineRule } from '../../rule';
import { characterLength, isVarying, longestVarchar } from './columnTypes';
import { isLaidOut, tableName } from './tableLayout';

const large = 10_000;
// Names of columns that hold whatever somebody wrote or sent.
const long =
  /(^|_)(json|payload|body|raw|text|txt|comments?|urls?|uri|propert(y|ies)|message|msg|descriptions?|desc|notes?|remarks?|sql|query|querytxt|html|xml|content|data|details?|errors?|logs?|attributes?|params?|parameters?|metadata|meta|headers?|agent|useragent|referr?er|tags|list|array|blob|document|script|stack|trace|stacktrace|request|response|value|path|template|settings|config|extra|info|translation|definition|address|instructions|reason|history)$/i;

/** A VARCHAR declared as wide as it can be. */
export const redshiftOversizedVarchar = defineRule({
  code: 'RS112',
  id: 'redshift-oversized-varchar',
  dialects: ['redshift'],
  severity: 'information',
  title: 'Declare a VARCHAR as wide as its values',
  why: 'On disk the width costs nothing, but rows between two steps of a query are not compressed: their declared width takes memory, and what does not fit is written to disk. Columns whose name says that they hold free text or JSON are left alone.',
  sources: [
    'https://docs.aws.amazon.com/redshift/latest/dg/c_best-practices-smallest-column-size.html',
    'https://docs.aws.amazon.com/redshift/latest/dg/advisor-recommendations.html',
  ],
  bad: 'CREATE TABLE shops (\n  shop_id INT DISTKEY SORTKEY,\n  city VARCHAR(MAX)\n)',
  good: 'CREATE TABLE shops (\n  shop_id INT DISTKEY SORTKEY,\n  city VARCHAR(80)\n)',
  on: {
    CreateTable(table, { report }) {
      if (!isLaidOut(table)) return;
      for (const { name, type } of table.columns) {
        const length = characterLength(type);
        if (type === undefined || !isVarying(type) || length === undefined || length < large) continue;
        if (long.test(name.name) || length > longestVarchar) continue;
        report(
          type,
          `${name.name} of ${tableName(table)} is declared with ${length.toLocaleString('en-US')} bytes, which every step of a query reserves for it.`,
        );
      }
    },
  },
});

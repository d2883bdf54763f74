import type { Dialect } from './ast';

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Trino's reserved words (its language reference, "Reserved keywords"): never a bare name. */
const trino =
  list(`ALTER AND AS BETWEEN BY CASE CAST CONSTRAINT CREATE CROSS CUBE CURRENT_CATALOG CURRENT_DATE
CURRENT_PATH CURRENT_ROLE CURRENT_SCHEMA CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER DEALLOCATE DELETE DESCRIBE
DISTINCT DROP ELSE END ESCAPE EXCEPT EXECUTE EXISTS EXTRACT FALSE FOR FROM FULL GROUP GROUPING HAVING IN INNER INSERT
INTERSECT INTO IS JOIN JSON_ARRAY JSON_EXISTS JSON_OBJECT JSON_QUERY JSON_TABLE JSON_VALUE LEFT LIKE LISTAGG LOCALTIME
LOCALTIMESTAMP NATURAL NORMALIZE NOT NULL ON OR ORDER OUTER PREPARE RECURSIVE RIGHT ROLLUP SELECT SKIP TABLE THEN TRIM
TRUE UESCAPE UNION UNNEST USING VALUES WHEN WHERE WITH`);

/** The words of Redshift's list of reserved words that no bare name may be without breaking the grammar. */
const redshift =
  list(`ALL ANALYSE ANALYZE AND ANY ARRAY AS ASC BETWEEN BOTH CASE CAST CHECK COLLATE COLUMN CONSTRAINT
CREATE CROSS CURRENT_DATE CURRENT_TIME CURRENT_TIMESTAMP CURRENT_USER CURRENT_USER_ID DEFAULT DEFERRABLE DESC DISTINCT
DO ELSE END EXCEPT FALSE FOR FOREIGN FROM FULL GRANT GROUP HAVING ILIKE IN INNER INTERSECT INTO IS ISNULL JOIN LEADING
LEFT LIKE LIMIT LOCALTIME LOCALTIMESTAMP MINUS NATURAL NOT NOTNULL NULL OFFSET ON ONLY OR ORDER OUTER OVERLAPS PIVOT
PLACING PRIMARY REFERENCES RIGHT SELECT SESSION_USER SIMILAR SOME TABLE THEN TO TRAILING TRUE UNION UNIQUE
UNPIVOT USER USING VALUES WHEN WHERE WITH`);

/** Words that begin the clause after a table or column even though they could be names. */
const trinoNoAlias = list(`LIMIT OFFSET FETCH WINDOW TABLESAMPLE MATCH_RECOGNIZE LATERAL WHERE`);
const redshiftNoAlias = list(`FETCH WINDOW TABLESAMPLE AT CONNECT START SET WHEN OVER WITHIN QUALIFY`);

/** True for words that cannot stand for a name unless they are quoted. */
export function isReserved(word: string, dialect: Dialect): boolean {
  return (dialect === 'athena' ? trino : redshift).has(word);
}

/** True for words that, where an alias could follow without AS, begin the next clause. */
export function endsItem(word: string, dialect: Dialect): boolean {
  return isReserved(word, dialect) || (dialect === 'athena' ? trinoNoAlias : redshiftNoAlias).has(word);
}

/**
 * The keyword that a word was probably meant to be, or undefined.
 * One edit away (a letter more, less, wrong, or two swapped); at least four letters, since short words are near all.
 */
export function nearest(word: string, keywords: readonly string[]): string | undefined {
  if (word.length < 4) return undefined;
  for (let at = 0; at < keywords.length; at++) {
    const keyword = keywords[at];
    if (keyword === undefined || keyword.length < 4 || Math.abs(keyword.length - word.length) > 1) continue;
    if (keyword !== word && isOneEdit(word, keyword)) return keyword;
  }
  return undefined;
}

function isOneEdit(a: string, b: string): boolean {
  let from = 0;
  while (from < a.length && from < b.length && a.charCodeAt(from) === b.charCodeAt(from)) from++;
  // Another word altogether, as most are: two letters differ and so do their neighbours.
  if (from === 0 && a[0] !== b[1] && a[1] !== b[0] && a[1] !== b[1]) return false;
  const rest = a.slice(from);
  const other = b.slice(from);
  if (rest.slice(1) === other || rest === other.slice(1) || rest.slice(1) === other.slice(1)) return true;
  return rest[0] === other[1] && rest[1] === other[0] && rest.slice(2) === other.slice(2);
}

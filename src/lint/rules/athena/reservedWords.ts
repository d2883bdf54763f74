import type { SyntaxProblem } from '../../../sql/ast';
import { isReserved } from '../../../sql/words';

const list = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/**
 * Athena's words that are reserved in DDL (its guide, "Escape reserved keywords in queries", read in 2026), without
 * `time`, `timestamp` and `start`, which the guide's own tables for access logs use bare.
 */
export const ddlWords =
  list(`ALL ALTER AND ARRAY AS AUTHORIZATION BETWEEN BIGINT BINARY BOOLEAN BOTH BY CASE CAST CHAR
COLUMN CONF CONSTRAINT CREATE CROSS CUBE CURRENT CURRENT_DATE CURRENT_TIMESTAMP CURSOR DATABASE DATE DECIMAL DELETE
DESCRIBE DISTINCT DOUBLE DROP ELSE END EXCHANGE EXISTS EXTENDED EXTERNAL FALSE FETCH FLOAT FOLLOWING FOR FROM FULL
FUNCTION GRANT GROUP GROUPING HAVING IF IMPORT IN INNER INSERT INT INTERSECT INTERVAL INTO IS JOIN LATERAL LEFT LESS
LIKE LOCAL MACRO MAP MORE NONE NOT NULL OF ON OR ORDER OUT OUTER OVER PARTIALSCAN PARTITION PERCENT PRECEDING PRESERVE
PROCEDURE RANGE READS REDUCE REVOKE RIGHT ROLLUP ROW ROWS SELECT SET SMALLINT TABLE TABLESAMPLE THEN TO TRANSFORM
TRIGGER TRUE TRUNCATE UNBOUNDED UNION UNIQUEJOIN UPDATE USER USING VALUES VARCHAR WHEN WHERE WINDOW WITH`);

// Words that begin or join a clause: where a name is missing they are what comes after it.
const clauses =
  list(`AND AS BETWEEN BY CASE CROSS DISTINCT ELSE EXCEPT EXISTS FALSE FROM HAVING IN INNER INTERSECT IS
JOIN LIKE NOT NULL ON OR SELECT THEN TRUE UNION UNNEST WHEN WHERE WITH`);

/** A reserved word that stands where a name has to, as the parser's complaint and the text around it tell. */
export function reservedAt({ start, end }: SyntaxProblem, text: string): string | undefined {
  const word = text.slice(start, end).toUpperCase();
  if (!/^[A-Z_]+$/.test(word) || !isReserved(word, 'athena') || clauses.has(word)) return undefined;
  // An open CASE ends with the same word.
  if (word === 'END' && /\bcase\b/i.test(text)) return undefined;
  return /^\s*(,|\)|=|<|>|!=|\.|from\b|as\b|is\b|in\b|$)/i.test(text.slice(end)) ? word : undefined;
}

import type { Dialect, ParsedStatement } from '../sql/ast';
import type { SqlDocument } from '../sql/document';
import type { Finding } from './finding';
import { syntax } from './rules/shared/syntax';

// A statement that was asked about once is not asked about again.
const accepted = new WeakMap<ParsedStatement, boolean>();

/**
 * Weakens the syntax errors of queries that another SQL parser reads without complaint to hints: of the two,
 * ours may be the one that is wrong. That parser is loaded at the first syntax error and never asked for
 * positions, tables or anything else.
 */
export async function withSecondOpinion(
  document: SqlDocument,
  findings: readonly Finding[],
): Promise<readonly Finding[]> {
  const isDoubted = (finding: Finding): boolean =>
    finding.code === syntax.code && finding.severity === 'error';
  if (!findings.some(isDoubted)) return findings;
  const parse = await parserOf(document.dialect);
  return findings.map((finding) => {
    if (!isDoubted(finding)) return finding;
    const statement = document.statements.find(
      ({ start, end }) => start <= finding.start && finding.start <= end,
    )?.parsed;
    if (statement === undefined || !accepts(statement, parse)) return finding;
    return {
      ...finding,
      severity: 'hint',
      message: `${finding.message.replace(/[.?]?$/, (end) => end || '.')} Another SQL parser reads this query, so it may be right.`,
    };
  });
}

type Parse = (sql: string) => unknown;

function accepts(statement: ParsedStatement, parse: Parse): boolean {
  let answer = accepted.get(statement);
  if (answer === undefined) {
    answer = isQuery(statement.text) && parses(statement.text, parse);
    accepted.set(statement, answer);
  }
  return answer;
}

// It knows queries; of DDL it refuses most that is right and accepts much that is not.
function isQuery(text: string): boolean {
  return text.length <= longest && /^[\s(]*(?:(?:--[^\n]*\n|\/\*.*?\*\/)\s*)*(select|with)\b/is.test(text);
}
const longest = 20_000; // its time grows faster than the text

function parses(text: string, parse: Parse): boolean {
  try {
    parse(text);
    return true;
  } catch {
    return false;
  }
}

// One dialect each, not the whole package: that is 89 MB of which these two are 0.5.
async function parserOf(dialect: Dialect): Promise<Parse> {
  const { Parser } = (
    dialect === 'athena'
      ? await import('node-sql-parser/build/trino.js')
      : await import('node-sql-parser/build/redshift.js')
  ).default;
  const parser = new Parser();
  const database = dialect === 'athena' ? 'trino' : 'redshift';
  return (sql) => parser.astify(sql, { database });
}

import type { Finding } from '../lint/finding';
import { rules } from '../lint/rules/index';
import { positions, type LintedFile } from './lintReport';

const levels = { error: 'error', warning: 'warning', information: 'note', hint: 'note' } as const;

/** SARIF 2.1.0, which GitHub code scanning and others read. */
export function sarifReport(files: readonly LintedFile[]): string {
  const report = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'lake-workbench',
            rules: rules.map(({ code, id, title, why, severity, sources }) => ({
              id: code,
              name: id,
              shortDescription: { text: title },
              fullDescription: { text: why },
              ...(sources[0] === undefined ? {} : { helpUri: sources[0] }),
              defaultConfiguration: { level: levels[severity] },
            })),
          },
        },
        columnKind: 'utf16CodeUnits',
        results: files.flatMap((file) => results(file)),
      },
    ],
  };
  return `${JSON.stringify(report, undefined, 2)}\n`;
}

function results({ path, text, findings }: LintedFile): readonly object[] {
  const at = positions(text);
  return findings.map(({ code, severity, message, start, end }: Finding) => {
    const [from, to] = [at(start), at(end)];
    return {
      ruleId: code,
      ruleIndex: rules.findIndex((rule) => rule.code === code),
      level: levels[severity],
      message: { text: message },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: encodeURI(path) },
            region: {
              startLine: from.line,
              startColumn: from.column,
              endLine: to.line,
              endColumn: to.column,
            },
          },
        },
      ],
    };
  });
}

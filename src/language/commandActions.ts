import type { Span } from '../base/text';
import type { Finding } from '../lint/finding';
import type { SqlDocument } from '../sql/document';
import { statementAt, tablesOf } from './namedTable';

/** An entry of the light bulb that runs a command on a table instead of editing the text. */
export interface CommandAction {
  readonly title: string;
  readonly finding: Finding;
  readonly command: 'repairPartitions';
  /** The table's name as the statement spells it, the table last. */
  readonly parts: readonly string[];
}

/** What a finding's place can be mended with by a command, by rule code. */
const commands: Readonly<Record<string, Pick<CommandAction, 'title' | 'command'>>> = {
  ATH310: { title: 'Repair Partitions…', command: 'repairPartitions' },
  ATH311: { title: 'Repair Partitions…', command: 'repairPartitions' },
  ATH313: { title: 'Repair Partitions…', command: 'repairPartitions' },
};

/** The commands that help about the findings that touch a range, each once a statement. */
export function commandActionsAt(
  document: SqlDocument,
  findings: readonly Finding[],
  range: Span,
): CommandAction[] {
  return findings.flatMap((finding) => {
    const known = commands[finding.code];
    if (known === undefined || finding.start > range.end || range.start > finding.end) return [];
    const statement = statementAt(document, finding.start);
    const parts = statement === undefined ? [] : (tablesOf(statement)[0]?.parts ?? []);
    return parts.length === 0 ? [] : [{ ...known, finding, parts }];
  });
}

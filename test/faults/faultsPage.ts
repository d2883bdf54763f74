import { type FaultCase, faultCases } from './faultList';
import type { Operation } from './operations';
import type { Ending } from './world';

/** What one cell of the matrix came to. */
export interface Outcome {
  readonly operation: Operation;
  readonly fault: FaultCase;
  readonly ending: Ending;
  /** Calls that reached AWS. */
  readonly attempts: number;
}

/** docs/faults.md, from what the matrix saw. Ports and ids, which are new each time, are left out. */
export function faultsPage(operations: readonly Operation[], outcomes: readonly Outcome[]): string {
  const at = (operation: Operation, fault: FaultCase): Outcome | undefined =>
    outcomes.find((one) => one.operation === operation && one.fault === fault);
  const lines = [
    '# When AWS misbehaves',
    '',
    'Each operation that Lake Workbench asks of AWS, and what comes of it in each kind of trouble. The page is written',
    'by `test/faults/matrix.test.ts`, which does all of it to the product on the local lake: a cell here is what was',
    'seen there, with two attempts a call (the product makes three).',
    '',
    'A cell says what the user gets: `ok` at once, `ok²` after the call was repeated by itself, or the kind of problem;',
    'a small ² says that the call was repeated before it was given up. A problem is always one sentence that names the',
    'action and its target, beside the place where it happened; the button beside it tries again, signs in, or shows',
    'the missing permission. Whatever was loaded before stays.',
    '',
    `| Operation | Used by | ${faultCases.map(({ title }) => title).join(' | ')} | Guaranteed |`,
    `| --- | --- | ${faultCases.map(() => '---').join(' | ')} | --- |`,
    ...operations.map(
      (operation) =>
        `| ${operation.command} | ${operation.use} | ${faultCases.map((fault) => word(at(operation, fault))).join(' | ')} | ${operation.guarantee} |`,
    ),
    '',
    '## What the user reads',
    '',
    'One sentence of each kind, for each service.',
  ];
  for (const fault of faultCases) {
    const sentences = new Map<string, string>();
    for (const { operation, ending } of outcomes.filter((one) => one.fault === fault)) {
      if (ending.kind === 'answer') continue;
      const [service = ''] = operation.at.action.split(':');
      if (!sentences.has(service)) sentences.set(service, settled(ending.problem.message));
    }
    lines.push('', `**${capital(fault.title)}**`, '');
    if (sentences.size === 0) lines.push('Nothing: the call is repeated and succeeds.');
    for (const sentence of sentences.values()) lines.push(`- ${sentence}`);
  }
  return `${lines.join('\n')}\n`;
}

function word(outcome: Outcome | undefined): string {
  if (outcome === undefined) return '?';
  const { ending, attempts } = outcome;
  return `${ending.kind === 'answer' ? 'ok' : ending.problem.kind}${attempts > 1 ? '²' : ''}`;
}

function settled(message: string): string {
  return message
    .replaceAll(/http:\/\/127\.0\.0\.1:\d+/g, 'http://127.0.0.1:4566')
    .replaceAll(/\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, '<id>');
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}

import type { DataDocument } from '../documents/data/node';
import type { Finding } from '../lint/finding';
import { aslGraph } from '../lint/rules/asl/asl-graph';
import { validateAsl, type AslDiagnostic } from './aslService';

/**
 * What the schema of the Amazon States Language has against a definition and our own rules do not see: unknown or missing
 * fields, values of a wrong kind. They belong to rule ASL07, whose findings on transitions are left out here, so that
 * one defect is one finding. Warnings only: the schema may be older than what AWS accepts today.
 * The root of the data is the definition; offsets are the file's.
 */
export async function structureFindings(data: DataDocument): Promise<readonly Finding[]> {
  const said = (await validateAsl(data)).filter(({ isGraph }) => !isGraph);
  return said
    .filter((one, at) => said.findIndex(({ start, end }) => start === one.start && end === one.end) === at)
    .map((one) => findingOf(data, one));
}

function findingOf({ text }: DataDocument, { start, end, message }: AslDiagnostic): Finding {
  const { id: rule, code } = aslGraph;
  const written = text.slice(start, end).replace(/^["']|["']$/g, '');
  const isName = written.length > 0 && written.length <= 80 && !/[\n{[]/.test(written);
  return {
    start,
    end,
    rule,
    code,
    severity: 'warning',
    message: isName ? `${written}: ${message}` : message,
    fixes: [],
  };
}

import type { DataDocument } from '../../documents/data/node';
import type { Finding } from '../../lint/finding';

/** What the schema of state machines has against one; its library is loaded for the first of them. */
export async function structure(data: DataDocument): Promise<readonly Finding[]> {
  return (await import('../../language/aslStructure')).structureFindings(data);
}

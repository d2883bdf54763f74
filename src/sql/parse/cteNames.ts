import type { QualifiedName } from '../ast';
import type { Reader } from './reader';

/** From here on a name is a WITH query's, until its query ends. */
export function showCte(r: Reader, name: string): void {
  const key = name.toLowerCase();
  r.ctes.set(key, (r.ctes.get(key) ?? 0) + 1);
}

/** Behind its query the name is a table's again, or that of a WITH query further out. */
export function hideCte(r: Reader, name: string): void {
  const key = name.toLowerCase();
  r.ctes.set(key, (r.ctes.get(key) ?? 0) - 1);
}

/** True when a name of one part means a WITH query here. */
export function isCte(r: Reader, { parts }: QualifiedName): boolean {
  const name = parts.length === 1 && r.ctes.size > 0 ? parts[0]?.name.toLowerCase() : undefined;
  return name !== undefined && (r.ctes.get(name) ?? 0) > 0;
}

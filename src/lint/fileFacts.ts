import type { ParsedStatement, StatementBody } from '../sql/ast';
import type { FileFacts, TableUse } from './rule';

/** The facts of a file while its statements are gone through in order. */
export interface RunningFacts extends FileFacts {
  /** Takes in a statement, after it has been linted. */
  readonly pass: (statement: ParsedStatement) => void;
}

/** Starts at the top of a file, with nothing passed yet. */
export function runningFacts(use: (table: string) => TableUse): RunningFacts {
  let open = false;
  const temporary = new Set<string>();
  const appended = new Set<string>();
  return {
    inTransaction: () => open,
    isTemporary: (table) => temporary.has(table),
    isAppendedTo: (table) => appended.has(table),
    use,
    pass({ body }) {
      open = transactionAfter(body, open);
      const name = 'name' in body && body.name?.kind === 'QualifiedName' ? lastName(body.name) : undefined;
      if (name === undefined) return;
      if ((body.kind === 'CreateTable' || body.kind === 'CreateTableAs') && isTemporaryTable(body)) {
        temporary.add(name);
      }
      if (body.kind === 'AlterTable' && body.actions.some(({ action }) => action === 'APPEND FROM')) {
        appended.add(name);
      }
    },
  };
}

/** Redshift drops it at the end of the session: declared so, or named with a leading `#`. */
export function isTemporaryTable(table: {
  readonly temporary: boolean;
  readonly name: { readonly parts: readonly { readonly name: string }[] };
}): boolean {
  return table.temporary || lastName(table.name)?.startsWith('#') === true;
}

function lastName(name: { readonly parts: readonly { readonly name: string }[] }): string | undefined {
  return name.parts.at(-1)?.name;
}

function transactionAfter(body: StatementBody, open: boolean): boolean {
  if (body.kind !== 'UtilityStatement') return open;
  if (/^(BEGIN|START TRANSACTION)\b/.test(body.verb)) return true;
  if (/^(COMMIT|END|ROLLBACK|ABORT)\b/.test(body.verb)) return false;
  return open;
}

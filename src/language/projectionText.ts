import type { Span } from '../base/text';
import type { Table } from '../catalog/catalog';
import { checkProjection } from './projectionCheck';

/** A fault of a projection that is being written, at the property it is about. */
export interface ProjectionTextFault {
  readonly span: Span;
  readonly message: string;
}

const statement = /ALTER\s+TABLE\b[^;]*?\bSET\s+TBLPROPERTIES\s*\(/gi;
const pair = /'((?:[^']|'')*)'\s*=\s*'((?:[^']|'')*)'/g;

/**
 * What is wrong with the projection that an `ALTER TABLE … SET TBLPROPERTIES` of a text would give a table, beside the
 * properties that the table has already.
 */
export function projectionTextFaults(text: string, table: Table): readonly ProjectionTextFault[] {
  const written = propertiesIn(text);
  const [first] = written.values();
  if (first === undefined) return [];
  const parameters = {
    ...table.parameters,
    ...Object.fromEntries([...written].map(([key, { value }]) => [key, value])),
  };
  return checkProjection({ ...table, parameters }).map(({ property, message }) => ({
    // A property that is missing is told at the first one of its key, or of all.
    span: (written.get(property) ?? siblingOf(property, written) ?? first).span,
    message: `${property}: ${message}`,
  }));
}

interface Written {
  readonly value: string;
  readonly span: Span;
}

/** The properties of the first statement of that kind which is no comment. */
function propertiesIn(text: string): ReadonlyMap<string, Written> {
  const found = new Map<string, Written>();
  // Quoted texts are met first, so that two dashes in one begin no comment.
  const plain = text.replaceAll(/'(?:[^']|'')*'|--.*$/gm, (part) =>
    part.startsWith('--') ? ' '.repeat(part.length) : part,
  );
  statement.lastIndex = 0;
  const start = statement.exec(plain);
  if (start === null) return found;
  const from = start.index + start[0].length;
  const end = plain.indexOf(';', from);
  const body = plain.slice(from, end < 0 ? undefined : end);
  for (const match of body.matchAll(pair)) {
    const [all, key = '', value = ''] = match;
    const at = from + match.index;
    found.set(unquoted(key).toLowerCase(), {
      value: unquoted(value),
      span: { start: at, end: at + all.length },
    });
  }
  return found;
}

function siblingOf(property: string, written: ReadonlyMap<string, Written>): Written | undefined {
  const key = /^(projection\.[^.]+\.)/.exec(property)?.[1];
  if (key === undefined) return undefined;
  return [...written].find(([name]) => name.startsWith(key))?.[1];
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'");
}

import { isDeepStrictEqual } from 'node:util';
import type { CatalogSnapshot } from '../catalog/catalog';
import type { FileFacts } from './rule';

/** Something a rule asked that its statement alone does not tell. */
export type Question =
  | { readonly kind: 'table'; readonly parts: readonly string[] }
  | { readonly kind: 'transaction' }
  | { readonly kind: 'temporary' | 'appended' | 'use'; readonly table: string };

/** A question with the answer it got. */
export interface Answered {
  readonly question: Question;
  readonly answer: unknown;
}

/** What the questions are put to. */
export interface World {
  readonly catalog: CatalogSnapshot;
  readonly file: FileFacts;
}

/** The same world, but each question and its answer is written down once. */
export function recording(world: World): World & { readonly answered: ReadonlyMap<string, Answered> } {
  const answered = new Map<string, Answered>();
  const note = <T>(question: Question, answer: T): T => {
    const key = keyOf(question);
    if (!answered.has(key)) answered.set(key, { question, answer });
    return answer;
  };
  const { catalog, file } = world;
  return {
    answered,
    catalog: { table: (parts) => note({ kind: 'table', parts }, catalog.table(parts)) },
    file: {
      inTransaction: () => note({ kind: 'transaction' }, file.inTransaction()),
      isTemporary: (table) => note({ kind: 'temporary', table }, file.isTemporary(table)),
      isAppendedTo: (table) => note({ kind: 'appended', table }, file.isAppendedTo(table)),
      use: (table) => note({ kind: 'use', table }, file.use(table)),
    },
  };
}

function keyOf(question: Question): string {
  if (question.kind === 'table') return question.parts.join('\0');
  return question.kind === 'transaction' ? '\0' : `\0${question.kind}\0${question.table}`;
}

/** Whether the world would still answer everything the same way. */
export function stillHolds(answered: Iterable<Answered>, world: World): boolean {
  for (const { question, answer } of answered) {
    const now = ask(question, world);
    if (now !== answer && !isDeepStrictEqual(now, answer)) return false;
  }
  return true;
}

function ask(question: Question, { catalog, file }: World): unknown {
  switch (question.kind) {
    case 'table':
      return catalog.table(question.parts);
    case 'transaction':
      return file.inTransaction();
    case 'temporary':
      return file.isTemporary(question.table);
    case 'appended':
      return file.isAppendedTo(question.table);
    case 'use':
      return file.use(question.table);
    default:
      return question satisfies never;
  }
}

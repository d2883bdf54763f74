import type { Dialect } from '../../src/sql/ast';
import { lex } from '../../src/sql/lex';
import { parseStatement } from '../../src/sql/parse';
import type { Random } from '../fuzz/random';
import type { CorpusStatement } from './corpus';
import type { Accepts } from './oracles';

/** What happened to one token. */
export type Mutation = 'deleted' | 'doubled' | 'swapped' | 'truncated';

const mutations = ['deleted', 'doubled', 'swapped', 'truncated'] as const;

/** A statement with one accident that an oracle rejects and our parser does not. */
export interface Missed {
  readonly id: string;
  readonly mutation: Mutation;
  readonly text: string;
}

/** How many mutants an oracle rejected, and those of them that raise no SQL001. */
export interface Judged {
  readonly tried: number;
  readonly rejected: number;
  readonly missed: readonly Missed[];
}

/** One token deleted, doubled, swapped with the next, or the text cut behind it; undefined where nothing would change. */
export function mutant(
  text: string,
  dialect: Dialect,
  chance: Random,
): { readonly mutation: Mutation; readonly text: string } | undefined {
  const { tokens } = lex(text, dialect);
  const at = chance.below(Math.max(1, tokens.length - 1));
  const token = tokens[at];
  const after = tokens[at + 1];
  if (token === undefined || after === undefined) return undefined;
  const mutation = chance.pick(mutations);
  const word = text.slice(token.start, token.end);
  const next = text.slice(after.start, after.end);
  if (mutation === 'swapped' && word === next) return undefined;
  switch (mutation) {
    case 'deleted':
      return { mutation, text: text.slice(0, token.start) + text.slice(token.end) };
    case 'doubled':
      return { mutation, text: `${text.slice(0, token.end)} ${word}${text.slice(token.end)}` };
    case 'swapped':
      return { mutation, text: `${text.slice(0, token.start)}${next} ${word}${text.slice(after.end)}` };
    case 'truncated':
      return { mutation, text: text.slice(0, token.end) };
  }
}

/** Judges `count` random mutants of statements that the oracle accepts as they are. */
export function judgeMutants(
  valid: readonly CorpusStatement[],
  given: { readonly accepts: Accepts; readonly count: number; readonly chance: Random },
): Judged {
  const missed: Missed[] = [];
  let rejected = 0;
  for (let done = 0; done < given.count; done++) {
    const statement = valid[given.chance.below(valid.length)];
    if (statement === undefined) break;
    const { dialect, id, text } = statement;
    const changed = mutant(text, dialect, given.chance);
    if (changed === undefined || changed.text.trim() === '' || given.accepts(changed.text)) continue;
    rejected++;
    if (parseStatement(changed.text, dialect).problems.length === 0) missed.push({ id, ...changed });
  }
  return { tried: given.count, rejected, missed };
}

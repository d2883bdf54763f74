import type { Expression } from '../sql/ast';
import type { Term } from './term';

/** More expressions than this are found by a map. */
const few = 40;

/**
 * What the expressions of a statement were read as; of one that is read twice the last counts.
 * Two lists, since a map entry for each expression costs more than reading it, and few are asked for.
 */
export class TermNotes {
  private readonly expressions: Expression[] = [];
  private readonly terms: Term[] = [];
  private index: Map<Expression, Term> | undefined;

  add(expression: Expression, term: Term): void {
    this.expressions.push(expression);
    this.terms.push(term);
  }

  /** To be asked when the whole statement has been read. */
  get(expression: Expression): Term | undefined {
    if (this.expressions.length <= few) {
      const at = this.expressions.lastIndexOf(expression);
      return at < 0 ? undefined : this.terms[at];
    }
    this.index ??= new Map(this.entries());
    return this.index.get(expression);
  }

  /** In the order they were read. */
  entries(): readonly (readonly [Expression, Term])[] {
    return this.expressions.flatMap((expression, at) => {
      const term = this.terms[at];
      return term === undefined ? [] : [[expression, term] as const];
    });
  }
}

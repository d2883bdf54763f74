import assert from 'node:assert/strict';
import test from 'node:test';
import type { Expression } from '../../src/sql/ast';
import type { Term } from '../../src/scan/term';
import { TermNotes } from '../../src/scan/termNotes';

const literal = (at: number): Expression => ({
  kind: 'Literal',
  start: at,
  end: at + 1,
  type: 'number',
  value: String(at),
});
const term = (name: string): Term => ({ kind: 'column', relation: 0, name, type: undefined });

for (const count of [3, 300]) {
  test(`of ${count} expressions each is found as it was read last`, () => {
    const notes = new TermNotes();
    const expressions = Array.from({ length: count }, (_, at) => literal(at));
    for (const expression of expressions) notes.add(expression, term(`first ${expression.start}`));
    for (const expression of expressions.slice(0, 2))
      notes.add(expression, term(`again ${expression.start}`));
    assert.deepEqual(
      expressions.slice(0, 3).map((expression) => notes.get(expression)),
      ['again 0', 'again 1', 'first 2'].map(term),
    );
    assert.equal(notes.get(literal(0)), undefined, 'an equal expression is another one');
  });
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { choicesAt } from '../../src/crawlers/choices';

/** The choices where a bar stands, and what they replace. */
function at(marked: string): readonly [replaced: string, values: readonly string[]] | undefined {
  const offset = marked.indexOf('|');
  const text = marked.replace('|', '');
  const found = choicesAt(text, offset);
  return found === undefined
    ? undefined
    : [text.slice(found.start, found.end), found.choices.map(({ value }) => value)];
}

test('a member of few values offers them inside its quotes, and others offer nothing', () => {
  assert.deepEqual(at('{"SchemaChangePolicy":{"UpdateBehavior":"L|OG"}}'), [
    'LOG',
    ['LOG', 'UPDATE_IN_DATABASE'],
  ]);
  assert.deepEqual(at('{"Configuration":{"Grouping":{"TableGroupingPolicy":"|"}}}'), [
    '',
    ['CombineCompatibleSchemas'],
  ]);
  assert.equal(at('{"RecrawlPolicy":{"RecrawlBehavior":"|"}, "Targets":{}}')?.[1].length, 3);
  assert.equal(at('{"Name":"|x"}'), undefined);
  assert.equal(at('{"UpdateBehavior|":"LOG"}'), undefined);
  assert.equal(at('|'), undefined);
});

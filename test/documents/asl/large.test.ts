import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readAsl } from '../../../src/documents/asl/document';
import { reaching } from '../../../src/documents/asl/graph';
import { readJson } from '../../../src/documents/data/json';
import { aslOutputLost } from '../../../src/lint/rules/asl/asl-output-lost';
import { documentChecker } from '../../support/documentChecker';

function chain(count: number): string {
  const states = Array.from({ length: count }, (_, at) => [
    `Load${at}`,
    {
      Type: 'Task',
      Resource: 'arn:aws:states:::glue:startJobRun.sync',
      Parameters: { JobName: 'load', Arguments: { '--day.$': `$.day${at % 7}` } },
      ResultPath: '$.load',
      ...(at === count - 1
        ? { End: true }
        : {
            Catch: [{ ErrorEquals: ['States.ALL'], Next: `Load${count - 1}` }],
            Next: `Load${at + 1}`,
          }),
    },
  ]);
  return JSON.stringify({ StartAt: 'Load0', States: Object.fromEntries(states) });
}

test('what leads to the last state of a long chain is all of it but itself', () => {
  const [machine] = readAsl(readJson(chain(500))).machines;
  const last = machine?.states.get('Load499');
  assert.ok(machine !== undefined && last !== undefined);
  assert.equal(reaching(machine, last).size, 499);
});

test('a definition of many hundred states is followed in full', async () => {
  const found = await documentChecker(aslOutputLost, 'asl').find(chain(600));
  // Lost is what the last state reads, day4, once a state on the way has read it: from Load4 on.
  assert.equal(found.length, 599 - 4);
});

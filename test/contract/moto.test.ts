import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { motoAbsent, motoContract, motoDifferences, motoServer } from './moto';

test('every file of the contract suite is asked of moto, or left out with a reason', () => {
  const { asked, leftOut, differences } = motoDifferences();
  const files = readdirSync('test/contract')
    .filter((name) => name.endsWith('.test.ts') && name !== 'moto.test.ts')
    .map((name) => name.replace('.test.ts', ''));
  assert.deepEqual([...asked, ...Object.keys(leftOut)].toSorted(), files.toSorted());
  for (const reason of [...Object.values(leftOut), ...Object.values(differences)]) {
    assert.match(reason, /^\S.{15,}\.$/);
  }
});

// Its absence is said and not counted: a test that looks at nothing would pass for one that did.
const program = motoServer();
// Against another server this file would start itself.
if (process.env['LAKE_CONTRACT_ENDPOINT'] === undefined) {
  if (program === undefined) console.log(motoAbsent);
  else {
    test('moto agrees with the local lake but for the differences that are known', async () => {
      const { passed, wrong } = await motoContract(program);
      assert.deepEqual(wrong, []);
      assert.ok(passed > 0);
    });
  }
}

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { childrenOf, childText, readXml } from '../../../src/locallake/wire/xmlReader';

const read = (text: string) => readXml(Buffer.from(text), 'Delete');

test('elements, references, comments and CDATA are read', () => {
  const root = read(
    '<?xml version="1.0"?><!-- a > b --><Delete xmlns="http://x/"><Object><Key>a &amp; b &#233;</Key></Object>' +
      '<Object><Key><![CDATA[<c>]]></Key></Object><Object><Key/></Object></Delete>',
  );
  assert.deepEqual(
    childrenOf(root, 'Object').map((each) => childText(each, 'Key')),
    ['a & b é', '<c>', ''],
  );
});

test('what is no XML, and another root, is malformed', () => {
  for (const text of ['', 'text', '<Other/>', '<Delete>', '<Delete></Other>', '<Delete><a></Delete></a>'])
    assert.throws(() => read(text), { code: 'MalformedXML' }, text);
});

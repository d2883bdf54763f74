import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { test } from 'node:test';
import { schemaFault } from '../../src/catalog/schemaCheck';
import { snapshotSchema } from '../../src/catalog/snapshotSchema';
import { configSchema } from '../../src/lint/configSchema';
import { rulesDocument } from '../../src/lint/ruleDocs';
import { rules } from '../../src/lint/rules/index';

/** The committed file; with UPDATE=1 it is written first. */
function committed(path: string, text: string): string {
  if (process.env['UPDATE'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  return readFileSync(path, 'utf8').replaceAll('\r\n', '\n');
}

test('docs/rules.md says what the rules say (UPDATE=1 writes it)', () => {
  const text = rulesDocument(rules);
  assert.equal(committed('docs/rules.md', text), text);
});

test('the schemas in media/ are those of the code (UPDATE=1 writes them)', () => {
  const schemas = {
    'media/lake-workbench.schema.json': configSchema(rules),
    'media/lake.catalog.schema.json': snapshotSchema,
  };
  for (const [path, schema] of Object.entries(schemas)) {
    const text = `${JSON.stringify(schema, undefined, 2)}\n`;
    // The formatter may lay it out anew: what it says counts.
    assert.deepEqual(JSON.parse(committed(path, text)), JSON.parse(text), path);
  }
});

test('the schema of the configuration allows what it should and nothing else', () => {
  const schema = configSchema(rules);
  assert.equal(schemaFault({ version: 1, rules: { RS101: 'off', syntax: 'hint' } }, schema), undefined);
  assert.equal(schemaFault({ version: 1, rules: { RS999: 'off' } }, schema)?.path, 'rules.RS999');
  assert.equal(schemaFault({ version: 1, rules: { RS101: 'loud' } }, schema)?.path, 'rules.RS101');
  assert.equal(schemaFault({ version: 1, dialects: { '*': 'mysql' } }, schema)?.path, 'dialects.*');
});

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { command } from '../../src/cli/lint';
import { inFolder, ran } from '../support/commandLine';

const orders = 'CREATE TABLE orders (id BIGINT DISTKEY, made_on DATE SORTKEY, total DECIMAL(12,2));\n';
const bad = '-- dialect: redshift\nDELETE FROM orders;\n';

test('findings are printed a line each with their place, and fail only from --fail-on upwards', async () => {
  await inFolder({ 'a.sql': bad }, async (cwd) => {
    const plain = await ran(command, ['lint', 'a.sql'], { cwd });
    assert.equal(plain.code, 0);
    assert.match(
      plain.out,
      /^a\.sql:2:1 {2}warning {2}This deletes every row of orders.+RS306 redshift-delete-all\n\n1 warning\n$/,
    );
    assert.equal((await ran(command, ['lint', 'a.sql', '--fail-on', 'warning'], { cwd })).code, 1);
    assert.equal((await ran(command, ['lint', 'a.sql', '--fail-on', 'never'], { cwd })).code, 0);
    assert.equal((await ran(command, ['lint', 'a.sql', '--rule', 'RS306=error'], { cwd })).code, 1);
    assert.equal((await ran(command, ['lint', 'a.sql', '--rule', 'RS306=off'], { cwd })).out, '');
  });
});

test('the JSON form is version 1 with offsets, lines and columns', async () => {
  const { code, out } = await ran(command, ['lint', '-', '--dialect', 'redshift', '--format', 'json'], {
    cwd: process.cwd(),
    stdin: 'SELECT 1;\r\n  SELCT 2;',
  });
  assert.equal(code, 1);
  const report = JSON.parse(out) as { files: { findings: { message: string }[] }[] };
  const message = report.files[0]?.findings[0]?.message;
  assert.deepEqual(report, {
    version: 1,
    files: [
      {
        path: '-',
        dialect: 'redshift',
        findings: [
          {
            rule: 'syntax',
            code: 'SQL001',
            severity: 'error',
            message,
            start: { offset: 13, line: 2, column: 3 },
            end: { offset: 18, line: 2, column: 8 },
            fix: { title: 'Write SELECT', edits: [{ start: 13, end: 18, text: 'SELECT' }] },
          },
        ],
      },
    ],
  });
});

test('a folder is walked without node_modules and what .gitignore leaves out; a named file always counts', async () => {
  const files = {
    '.gitignore': 'build/\n*.gen.sql\n!keep.gen.sql\n',
    'a.sql': bad,
    'b.gen.sql': bad,
    'keep.gen.sql': bad,
    'build/c.sql': bad,
    'node_modules/d/e.sql': bad,
    'sub/.gitignore': '/f.sql\n',
    'sub/f.sql': bad,
    'sub/g.SQL': bad,
    'notes.txt': bad,
  };
  await inFolder(files, async (cwd) => {
    const paths = async (...args: string[]) => {
      const { out } = await ran(command, ['lint', '--format', 'json', ...args], { cwd });
      return (JSON.parse(out) as { files: { path: string }[] }).files.map(({ path }) => path);
    };
    assert.deepEqual(await paths(), ['a.sql', 'keep.gen.sql', 'sub/g.SQL']);
    assert.deepEqual(await paths('sub'), ['sub/g.SQL']);
    assert.deepEqual(await paths('build/c.sql', 'notes.txt'), ['build/c.sql', 'notes.txt']);
  });
});

test('DDL of the checked files, of a snapshot and of --catalog is known to the rules', async () => {
  const star = '-- dialect: redshift\nSELECT * FROM orders;\n';
  const table = {
    database: 'public',
    name: 'orders',
    partitionKeys: [],
    kind: 'native',
    columns: [
      { name: 'one', type: 'int' },
      { name: 'two', type: 'int' },
    ],
  };
  const files = {
    'q/star.sql': star,
    'ddl/orders.sql': `-- dialect: redshift\n${orders}`,
    'lake.catalog.json': JSON.stringify({ version: 1, tables: [table] }),
  };
  await inFolder(files, async (cwd) => {
    const message = async (...args: string[]) => (await ran(command, ['lint', ...args], { cwd })).out;
    assert.match(await message('q'), /every column of orders/);
    assert.match(await message('q', 'ddl'), /all 3 columns of orders/);
    assert.match(await message('q', '--catalog', 'ddl/orders.sql'), /all 3 columns of orders/);
    assert.match(await message('q', '--catalog', 'lake.catalog.json'), /all 2 columns of orders/);
  });
});

test('the nearest configuration gives rules, dialects, exclusions and the catalog', async () => {
  const config = {
    version: 1,
    rules: { RS306: 'error', RS401: 'off' },
    dialects: { 'warehouse/**': 'redshift' },
    exclude: ['warehouse/old/'],
    catalog: ['ddl/*.sql'],
  };
  const files = {
    '.lake-workbench.json': JSON.stringify(config),
    'warehouse/a.sql': 'DELETE FROM orders;\nSELECT * FROM orders;',
    'warehouse/old/b.sql': 'DELETE FROM orders;',
  };
  await inFolder(files, async (folder) => {
    const { code, out } = await ran(command, ['lint', '.'], { cwd: join(folder, 'warehouse') });
    assert.equal(code, 1);
    assert.match(out, /^a\.sql:1:1 {2}error .*\n\n1 error\n$/);
  });
});

test('a folder of a larger repository is checked by its own configuration', async () => {
  const files = {
    'team/.lake-workbench.json': '{"version":1,"dialects":{"sql/**":"redshift"},"rules":{"RS306":"error"}}',
    'team/sql/a.sql': 'DELETE FROM orders;',
    'other/b.sql': 'DELETE FROM orders;',
  };
  await inFolder(files, async (cwd) => {
    const own = await ran(command, ['lint', 'team/sql/a.sql'], { cwd });
    assert.equal(own.code, 1);
    const both = await ran(command, ['lint', 'team', 'other'], { cwd });
    assert.equal(both.code, 0);
    assert.match(both.err, /the dialect is not known/);
  });
});

test('a configuration with faults applies as far as it goes, and each fault is a sentence', async () => {
  const files = {
    '.lake-workbench.json': '{"version":1,"rules":{"RS3O6":"off","RS401":"off"}}',
    'a.sql': bad,
  };
  await inFolder(files, async (cwd) => {
    const { code, out, err } = await ran(command, ['lint'], { cwd });
    assert.equal(code, 2);
    assert.match(out, /RS306/);
    assert.equal(err, 'lake-workbench: .lake-workbench.json: no rule is called RS3O6: did you mean RS306?\n');
  });
});

test('a file of unknown dialect is not checked, which is said once', async () => {
  await inFolder({ 'a.sql': 'DELETE FROM t;', 'b.sql': 'DELETE FROM u;' }, async (cwd) => {
    const { code, out, err } = await ran(command, ['lint'], { cwd });
    assert.deepEqual([code, out], [0, '']);
    assert.match(
      err,
      /^lake-workbench: not checked, because the dialect is not known: a\.sql, b\.sql\. Write [^\n]+\n$/,
    );
    assert.equal((await ran(command, ['lint', '--quiet'], { cwd })).err, '');
    assert.match((await ran(command, ['lint', '--dialect', 'redshift'], { cwd })).out, /2 warnings/);
  });
});

test('--fix writes the fixes that need no choice, keeps the encoding, and a second run changes nothing', async () => {
  const sql = '-- dialect: redshift\r\nSELCT id FROM t;\r\nDELETE FROM t;\r\n';
  await inFolder({ 'a.sql': Buffer.from(`\uFEFF${sql}`, 'utf16le') }, async (cwd) => {
    const first = await ran(command, ['lint', '--fix'], { cwd });
    assert.equal(first.code, 0);
    assert.match(first.out, /^a\.sql:3:1 {2}warning .*RS306/);
    const written = readFileSync(join(cwd, 'a.sql'));
    assert.equal(written.toString('utf16le'), `\uFEFF${sql.replace('SELCT', 'SELECT')}`);
    await ran(command, ['lint', '--fix'], { cwd });
    assert.deepEqual(readFileSync(join(cwd, 'a.sql')), written);
  });
});

test('--fix of standard input prints the mended text, and the findings on standard error', async () => {
  const { out, err } = await ran(command, ['lint', '-', '--fix', '--dialect', 'redshift'], {
    cwd: process.cwd(),
    stdin: 'SELCT 1; DELETE FROM t;',
  });
  assert.equal(out, 'SELECT 1; DELETE FROM t;');
  assert.match(err, /^-:1:11 {2}warning/);
});

test('what cannot be read is a sentence and exit code 2, and hides nothing', async () => {
  const files = {
    'a.sql': bad,
    'b.sql': Buffer.from([0, 1, 2, 3]),
    'cut.json': '{"version": 1, "tab',
    'new.json': '{"version": 2, "tables": []}',
  };
  await inFolder(files, async (cwd) => {
    const binary = await ran(command, ['lint'], { cwd });
    assert.equal(binary.code, 2);
    assert.match(binary.out, /RS306/);
    assert.equal(
      binary.err,
      'lake-workbench: b.sql holds binary data and not SQL: leave it out, or save it as UTF-8.\n',
    );
    const sentences: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
      [['c.sql'], /^lake-workbench: c\.sql is not there: [^\n]+\n$/],
      [['a.sql', '--catalog', 'cut.json'], /^lake-workbench: cut\.json is not whole JSON[^\n]+\n$/],
      [['a.sql', '--catalog', 'new.json'], /^lake-workbench: new\.json has version 2[^\n]+\n$/],
      [['a.sql', '--catalog', 'none.json'], /^lake-workbench: none\.json cannot be opened[^\n]+\n$/],
      [['a.sql', '--catalog', 'redshift'], /^lake-workbench: --catalog redshift is not read live[^\n]+\n$/],
      [
        ['a.sql', '--config', 'none.json'],
        /^lake-workbench: The configuration none\.json cannot be read[^\n]+\n$/,
      ],
      [['a.sql', '--rule', 'RS306'], /^lake-workbench: --rule RS306 lacks its severity[^\n]+\n$/],
      [['a.sql', '--rule', 'RS306=loud'], /^lake-workbench: --rule: "loud" is no severity[^\n]+\n$/],
      [['a.sql', '--dialect', 'mysql'], /^lake-workbench: --dialect does not know mysql[^\n]+\n$/],
    ];
    for (const [args, sentence] of sentences) {
      const { code, err } = await ran(command, ['lint', ...args], { cwd });
      assert.equal(code, 2, args.join(' '));
      assert.match(err, sentence);
    }
  });
});

test('an aborted run exits 130 and prints nothing', async () => {
  await inFolder({ 'a.sql': bad }, async (cwd) => {
    const { code, out, err } = await ran(command, ['lint'], { cwd, signal: AbortSignal.abort() });
    assert.deepEqual([code, out, err], [130, '', '']);
  });
});

test('the sarif and github forms name the same place', async () => {
  await inFolder({ 'a b.sql': bad }, async (cwd) => {
    const sarif = JSON.parse((await ran(command, ['lint', '--format', 'sarif'], { cwd })).out) as {
      version: string;
      runs: { results: { ruleId: string; locations: unknown[] }[] }[];
    };
    assert.equal(sarif.version, '2.1.0');
    assert.deepEqual(sarif.runs[0]?.results[0]?.locations, [
      {
        physicalLocation: {
          artifactLocation: { uri: 'a%20b.sql' },
          region: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 19 },
        },
      },
    ]);
    assert.match(
      (await ran(command, ['lint', '--format', 'github'], { cwd })).out,
      /^::warning file=a b\.sql,line=2,endLine=2,col=1,endColumn=19,title=RS306 redshift-delete-all::This deletes/,
    );
  });
});

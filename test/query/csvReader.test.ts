import assert from 'node:assert/strict';
import { test } from 'node:test';
import { csvReader, CsvFault } from '../../src/query/csvReader';
import { resultStore } from '../../src/query/resultStore';
import { seeded } from '../grid/seeded';

/** Reads a text in chunks of so many bytes. */
function read(
  text: string | Uint8Array,
  columns: number,
  step = 1_000_000,
): readonly (readonly (string | null)[])[] {
  const bytes = Buffer.from(text as string);
  const store = resultStore(columns);
  const reader = csvReader(store, columns);
  for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
  reader.end();
  return store.rows({ from: 0, to: store.rowCount, columnFrom: 0, columnTo: columns });
}

/** The slow and simple reader that the fast one must agree with. */
function reference(text: string): readonly (readonly (string | null)[])[] {
  const rows: (string | null)[][] = [];
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/gy;
  let row: (string | null)[] = [];
  while (field.lastIndex < text.length) {
    const [, quoted, plain = '', end] = field.exec(text) ?? assert.fail('not CSV');
    row.push(quoted === undefined ? (plain === '' ? null : plain) : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    rows.push(row);
    row = [];
  }
  return rows.slice(1);
}

test('NULL is a field without quotes, the empty text has them', () => {
  assert.deepEqual(read('"a","b","c"\n,"","x"\n"y",,\n', 3), [
    [null, '', 'x'],
    ['y', null, null],
  ]);
});

test('quotes, commas and line ends within a text are part of it', () => {
  assert.deepEqual(read('a,b\n"say ""hi""","1,2"\n"two\nlines","three\r\n"\n', 2), [
    ['say "hi"', '1,2'],
    ['two\nlines', 'three\r\n'],
  ]);
});

test('lines may end with CR LF, and the last needs no end', () => {
  assert.deepEqual(read('a,b\r\n1,2\r\n"3","4"', 2), [
    ['1', '2'],
    ['3', '4'],
  ]);
});

test('in a result of one column an empty line is a NULL', () => {
  assert.deepEqual(read('"a"\n\n""\n\n', 1), [[null], [''], [null]]);
});

test('a header alone is no rows, and so is an empty file', () => {
  assert.deepEqual(read('"a","b"\n', 2), []);
  assert.deepEqual(read('', 2), []);
});

test('chunks of any size give the same rows, cut in characters, quotes and line ends', () => {
  const text = '"a","b"\r\n"grün ""漢字"" 😀",\r\n,"x\r\ny"\r\nplain,"z"';
  const whole = read(text, 2);
  assert.equal(whole.length, 3);
  for (let step = 1; step < 40; step++) assert.deepEqual(read(text, 2, step), whole, `chunks of ${step}`);
});

test('a file that ends within quotes is cut off', () => {
  assert.throws(() => read('"a","b"\n"1","2"\n"3","4', 2), new CsvFault('cut-off', 1));
  assert.throws(() => read('"a","b"\n"1","2"\n"3"', 2), new CsvFault('cut-off', 1));
});

test('a row of more or fewer values, or with text behind a quote, is a fault with its number', () => {
  assert.throws(() => read('a,b\n1,2\n1,2,3\n', 2), new CsvFault('ragged', 1));
  assert.throws(() => read('a,b\n1\n1,2\n', 2), new CsvFault('ragged', 0));
  assert.throws(() => read('a,b\n"1"x,2\n', 2), new CsvFault('ragged', 0));
});

test('binary is a fault or rows, never a crash (20,000 inputs, seed 11)', () => {
  const next = seeded(11);
  const alphabet = [0x22, 0x22, 0x2c, 0x0a, 0x0d, 0x61, 0x00, 0xff, 0xc3];
  for (let round = 0; round < 20_000; round++) {
    const bytes = Uint8Array.from({ length: next(24) }, () => alphabet[next(alphabet.length)] ?? 0);
    try {
      read(bytes, 2, 1 + next(8));
    } catch (error) {
      assert.ok(error instanceof CsvFault, `round ${round}: ${String(error)}`);
    }
  }
});

test('20,000 random tables read as the simple reader reads them (seed 3)', () => {
  const next = seeded(3);
  const pieces = ['a', 'bc', '""', ',', '\n', '\r\n', 'é', '😀', ' '];
  for (let round = 0; round < 20_000; round++) {
    const columns = 1 + next(4);
    const field = (): string => {
      if (next(4) === 0) return '';
      if (next(4) === 0) return 'plain';
      return `"${Array.from({ length: next(5) }, () => pieces[next(pieces.length)]).join('')}"`;
    };
    const lines = Array.from({ length: 1 + next(5) }, () => Array.from({ length: columns }, field).join(','));
    const text = lines.map((line) => line + (next(2) === 0 ? '\n' : '\r\n')).join('');
    assert.deepEqual(
      read(text, columns, 1 + next(20)),
      reference(text),
      `round ${round}: ${JSON.stringify(text)}`,
    );
  }
});

test('a file that is one endless row is given up, not read again and again', () => {
  const store = resultStore(2);
  const reader = csvReader(store, 2);
  const chunk = Buffer.alloc(40 * 1024 * 1024, 'x');
  assert.throws(
    () => {
      for (let count = 0; count < 10; count++) reader.push(chunk);
    },
    new CsvFault('ragged', 0),
  );
});

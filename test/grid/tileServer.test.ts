import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FromView, TileKey, TileMessage } from '../../src/grid/messages';
import { readTile } from '../../src/grid/tile';
import { tileClient } from '../../src/grid/tileClient';
import { tileServer, tilesInFlight } from '../../src/grid/tileServer';
import { memoryRows } from './memoryRows';

function served(rows = 100_000, columns = 40) {
  const sent: TileMessage[] = [];
  const source = memoryRows(columns, rows);
  const server = tileServer({ source, epoch: 1, send: (message) => sent.push(message) });
  const need = (...want: TileKey[]) => server.need({ kind: 'need', epoch: 1, want });
  return { sent, source, server, need, keys: () => sent.map(({ key }) => key.join()) };
}

test('tiles come in the order of the wish list, four before the first answer', () => {
  const { sent, server, need, keys } = served();
  need([5, 0], [4, 0], [6, 0], [3, 0], [7, 0], [2, 0]);
  assert.equal(tilesInFlight, 4);
  assert.deepEqual(keys(), ['5,0', '4,0', '6,0', '3,0']);
  server.ack({ epoch: 1, seq: sent[0]?.seq ?? 0 });
  assert.deepEqual(keys().slice(4), ['7,0']);
});

test('what is no longer wished for is never sent', () => {
  const { sent, server, need, keys } = served();
  need([0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [5, 0]);
  need([90, 0]);
  for (const { seq } of sent.slice()) server.ack({ epoch: 1, seq });
  assert.deepEqual(keys(), ['0,0', '1,0', '2,0', '3,0', '90,0']);
});

test('a tile on its way is not sent twice, but again when it is asked for after it came', () => {
  const { sent, server, need, keys } = served();
  need([0, 0]);
  need([0, 0], [1, 0]);
  assert.deepEqual(keys(), ['0,0', '1,0']);
  server.ack({ epoch: 1, seq: sent[0]?.seq ?? 0 });
  need([0, 0]);
  assert.deepEqual(keys(), ['0,0', '1,0', '0,0']);
});

test('an answer that was already counted makes no room', () => {
  const { server, need, keys } = served();
  need([0, 0], [1, 0], [2, 0], [3, 0], [4, 0], [5, 0]);
  server.ack({ epoch: 1, seq: 1 });
  server.ack({ epoch: 1, seq: 1 });
  server.ack({ epoch: 0, seq: 2 });
  assert.equal(keys().length, 5);
});

test('wishes of another order of the rows and tiles outside the result are passed over', () => {
  const { server, need, keys } = served(130, 33);
  server.need({ kind: 'need', epoch: 2, want: [[0, 0]] });
  need([2, 0], [0, 2], [1, 1]);
  assert.deepEqual(keys(), ['1,1']);
});

test('the last tile has the rows and columns that are left', () => {
  const { sent, need } = served(130, 33);
  need([1, 1]);
  const tile = readTile(sent[0]?.buffer ?? new ArrayBuffer(0));
  assert.equal(tile.rows, 2);
  assert.equal(tile.columns, 1);
  assert.equal(tile.cell(1, 0)?.text, 'r129c32');
});

test('view and host together: a scroll to a place shows it, and a short tile is filled when rows come', () => {
  const { sent, source, server } = served(50, 3);
  const posted: FromView[] = [];
  const client = tileClient({
    epoch: 1,
    columns: 3,
    rowCount: 50,
    post(message) {
      posted.push(message);
      if (message.kind === 'need') server.need(message);
      if (message.kind === 'ack') server.ack(message);
    },
  });
  const viewed = { firstRow: 40, lastRow: 60, firstColumn: 0, lastColumn: 2, speed: 0 };
  const deliver = () => sent.splice(0).forEach((message) => client.take(message));
  client.wish(viewed);
  assert.equal(client.cell(45, 1), undefined);
  deliver();
  assert.equal(client.cell(45, 1)?.text, 'r45c1');
  assert.equal(client.cell(55, 1), undefined);
  client.wish(viewed);
  const before = posted.length;
  client.wish(viewed);
  assert.equal(posted.length, before, 'the same wish is not said twice');
  source.rowCount = 1_000;
  client.grown(1_000);
  client.wish(viewed);
  deliver();
  assert.equal(client.cell(55, 1)?.text, 'r55c1');
});

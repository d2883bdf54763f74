import type { FromPartitionsPage, ToPartitionsPage } from '../grid/partitionMessages';
import { protocolVersion, type Open } from '../grid/messages';
import { connectHost } from './host';
import { makePartitionsFrame } from './partitionsFrame';
import { showResult, type ResultView } from './resultView';

const host = connectHost<ToPartitionsPage, FromPartitionsPage>();
const frame = makePartitionsFrame(
  document.getElementById('app') ?? document.body,
  (message) => host.post(message),
  () => {
    const row = rows?.active()?.row;
    if (rows !== undefined && row !== undefined) host.post({ kind: 'reveal', epoch: rows.epoch, row });
  },
);
let rows: ResultView | undefined;

host.onMessage(take);
host.post({ kind: 'ready', version: protocolVersion });

/** Puts rows in another order in place of those before; the focus stays in the grid. */
function show(message: Open): void {
  const focused = frame.content.contains(document.activeElement);
  rows?.remove();
  rows = showResult(message, frame, host);
  const grid = frame.content.querySelector<HTMLElement>('[role="grid"]');
  grid?.setAttribute('aria-label', 'Partitions');
  if (focused) grid?.focus();
}

function take(message: ToPartitionsPage): void {
  switch (message.kind) {
    case 'view':
      frame.show(message);
      break;
    case 'open':
      show(message);
      break;
    case 'grow':
      if (message.epoch === rows?.epoch) rows.grow(message);
      break;
    case 'tile':
      rows?.tile(message);
      break;
    case 'cell':
      if (message.epoch === rows?.epoch) rows.cell(message);
      break;
    case 'status':
      frame.say(message.text);
      break;
  }
}

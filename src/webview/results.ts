import { protocolVersion, type ToView } from '../grid/messages';
import { makeFrame } from './frame';
import { connectHost } from './host';
import { showResult, type ResultView } from './resultView';
import { showNote, showProblem, showRunning } from './states';

const idleText = 'Run a statement, and its rows stand here.';

const host = connectHost();
const app = document.getElementById('app') ?? document.body;
const frame = makeFrame(app, { host, copy: () => result?.copy() });
let result: ResultView | undefined;
let running: ReturnType<typeof showRunning> | undefined;
let takeDown = showNote(frame.content, idleText);

host.onMessage(take);
host.post({ kind: 'ready', version: protocolVersion });

function take(message: ToView): void {
  switch (message.kind) {
    case 'idle':
      clear();
      takeDown = showNote(frame.content, idleText);
      break;
    case 'running':
      if (running === undefined) {
        clear();
        running = showRunning(frame.content, host);
        frame.say('Statement running');
      }
      running.update(message);
      break;
    case 'error':
      clear();
      takeDown = showProblem(frame.content, message, host);
      break;
    case 'open':
      clear();
      frame.showHeader(message.header);
      result = showResult(message, frame, host);
      sayRows(message);
      break;
    case 'header':
      frame.showHeader(message.header);
      break;
    case 'grow':
      if (message.epoch !== result?.epoch) break;
      result.grow(message);
      sayRows(message);
      break;
    case 'tile':
      result?.tile(message);
      break;
    case 'cell':
      if (message.epoch === result?.epoch) result.cell(message);
      break;
    case 'status':
      frame.say(message.text);
      break;
  }
}

function sayRows({ rowCount, final }: { readonly rowCount: number; readonly final: boolean }): void {
  if (!final) frame.say('Reading rows…');
  else frame.say(rowCount === 1 ? '1 row' : `${rowCount.toLocaleString('en')} rows`);
}

/** Takes down whatever stands on the page. */
function clear(): void {
  takeDown();
  takeDown = (): void => undefined;
  running?.remove();
  running = undefined;
  result?.remove();
  result = undefined;
  frame.showHeader(undefined);
  frame.say('');
}

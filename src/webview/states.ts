import type { Failed, Running } from '../grid/messages';
import { button, element, roled, setText } from './dom';
import type { Host } from './host';

/** A page without a grid: a sentence, and what can be done. Returns how to take it down. */
type Shown = () => void;

/** Nothing was run yet, or there is nothing to show. */
export function showNote(content: Element, text: string): Shown {
  const box = element('div', 'note', content);
  element('p', '', box).textContent = text;
  return () => box.remove();
}

/** Why there is no result, with the way to its place in the editor. */
export function showProblem(content: Element, failed: Failed, host: Host): Shown {
  const box = roled('alert', 'problem', content);
  const message = element('p', 'message', box);
  message.textContent = failed.message;
  if (failed.place !== undefined) {
    button(`Go to ${failed.place}`, box, () => host.post({ kind: 'revealError' })).className = 'link';
  }
  return () => box.remove();
}

/** A running statement: state and seconds, which count on between two messages, and how to cancel. */
export function showRunning(content: Element, host: Host) {
  const box = element('div', 'running', content);
  const bar = roled('progressbar', 'progress', box);
  bar.setAttribute('aria-label', 'Statement running');
  const line = element('p', 'message', box);
  line.setAttribute('role', 'timer');
  const cancel = button('Cancel', box, () => {
    cancel.disabled = true;
    setText(cancel, 'Cancelling…');
    host.post({ kind: 'cancel' });
  });
  let shown: Running | undefined;
  let since = 0;
  const paint = (): void => {
    if (shown === undefined) return;
    const seconds = (shown.elapsedMs + performance.now() - since) / 1000;
    const parts = [shown.state, `${seconds.toFixed(1)} s`, shown.detail].filter((part) => part !== undefined);
    setText(line, parts.join(' · '));
  };
  const tick = setInterval(paint, 100);
  return {
    update(running: Running): void {
      shown = running;
      since = performance.now();
      cancel.hidden = !running.cancellable;
      paint();
    },
    remove(): void {
      clearInterval(tick);
      box.remove();
    },
  };
}

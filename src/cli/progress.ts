import { optionFlag, type CommandContext } from './command';

/** One line on standard error that is written over; only on a terminal and without --quiet. */
export interface Progress {
  show(text: string): void;
  /** Takes the line away. */
  clear(): void;
}

export function progressOf(context: Pick<CommandContext, 'stderr' | 'isTerminal' | 'options'>): Progress {
  if (!context.isTerminal || optionFlag(context.options, 'quiet')) {
    return { show: () => undefined, clear: () => undefined };
  }
  let shown = false;
  return {
    show(text) {
      shown = true;
      context.stderr.write(`\r\u001b[K${text.replace(/[\r\n]+/g, ' ')}`);
    },
    clear() {
      if (shown) context.stderr.write('\r\u001b[K');
      shown = false;
    },
  };
}

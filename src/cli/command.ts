/**
 * 0 done; 1 found, over budget, or the run failed; 2 wrong use, an unreadable file, a broken
 * configuration or an AWS error; 130 stopped by Ctrl-C.
 */
export type ExitCode = 0 | 1 | 2 | 130;

/** One option of a command, as `--help` shows it and as it is read. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** One letter: `-o`. */
  readonly short?: string;
  /** May be given several times. */
  readonly multiple?: boolean;
  /** What stands behind it in the help: `FILE`. */
  readonly value?: string;
  /** The only values it takes. */
  readonly choices?: readonly string[];
  readonly description: string;
}

/** What was given, by option name; absent when not given. */
export type OptionValues = Readonly<Record<string, string | boolean | readonly string[] | undefined>>;

/** Something to write text to: a process's stream, or a list in a test. */
export interface TextSink {
  write(text: string): unknown;
}

/** All that a command may touch of the process it runs in. */
export interface CommandContext {
  /** What is left after the options: paths, names. */
  readonly arguments: readonly string[];
  readonly options: OptionValues;
  readonly stdout: TextSink;
  readonly stderr: TextSink;
  /** Everything that standard input holds, as text. */
  readonly stdin: () => Promise<string>;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute; relative paths of the arguments start here. */
  readonly cwd: string;
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Whether standard error is a terminal: progress is shown only there. */
  readonly isTerminal: boolean;
}

/** One command of the command line; its file exports it as `command`. */
export interface Command {
  readonly name: string;
  /** One line for the list of commands. */
  readonly summary: string;
  /** What follows the name in the usage line: `[PATH…]`. */
  readonly usage: string;
  /** Paragraphs below the usage: what it does, its JSON form. */
  readonly help: string;
  /** Its own options; the common ones (`commonOptions` in arguments.ts) are added to them. */
  readonly options: Readonly<Record<string, OptionSpec>>;
  /** A thrown Problem becomes one sentence on standard error and exit code 2. */
  readonly run: (context: CommandContext) => Promise<ExitCode>;
}

/** The value of an option that takes one; the last one when it was given several times. */
export function optionText(options: OptionValues, name: string): string | undefined {
  const value = options[name];
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? value.at(-1) : undefined;
}

/** All values of an option, in the order given. */
export function optionTexts(options: OptionValues, name: string): readonly string[] {
  const value = options[name];
  if (typeof value === 'string') return [value];
  return typeof value === 'object' ? value : [];
}

/** Whether a flag was given. */
export function optionFlag(options: OptionValues, name: string): boolean {
  return options[name] === true;
}

import { isCancel, Problem } from '../base/problem';
import { nearest } from '../lint/settings';
import { optionsOf, readArguments, wrongUse } from './arguments';
import { optionFlag, type Command, type CommandContext, type ExitCode } from './command';
import { commandHelp, generalHelp } from './helpText';

/** A command that is read from its file only when it is used, and what the list of commands says of it. */
export interface CommandEntry {
  readonly name: string;
  readonly summary: string;
  readonly load: () => Promise<{ readonly command: Command }>;
}

/** The process that a command line runs in, without what its arguments say. */
export type Surroundings = Omit<CommandContext, 'arguments' | 'options'> & {
  readonly commands: readonly CommandEntry[];
  readonly version: string;
};

/** Runs one command line (without node and the script). Never throws: a failure is one sentence on standard error. */
export async function runCommandLine(args: readonly string[], surroundings: Surroundings): Promise<ExitCode> {
  const { signal, stderr } = surroundings;
  try {
    return await run(args, surroundings);
  } catch (error) {
    if (signal.aborted || isCancel(error)) return 130;
    stderr.write(`lake-workbench: ${sentence(error)}\n`);
    return 2;
  }
}

async function run(
  args: readonly string[],
  { commands, version, ...process }: Surroundings,
): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === '--help' || name === '-h' || name === 'help') {
    process.stdout.write(generalHelp(commands));
    return name === undefined ? 2 : 0;
  }
  if (name === '--version') {
    process.stdout.write(`${version}\n`);
    return 0;
  }
  const entry = commands.find((command) => command.name === name);
  if (entry === undefined) throw unknownCommand(name, commands);
  const { command } = await entry.load();
  const { options, positionals } = readArguments(rest, optionsOf(command));
  if (optionFlag(options, 'help') || optionFlag(options, 'version')) {
    process.stdout.write(optionFlag(options, 'help') ? commandHelp(command) : `${version}\n`);
    return 0;
  }
  return command.run({ ...process, options, arguments: positionals });
}

function unknownCommand(name: string, commands: readonly CommandEntry[]): Problem {
  const meant = nearest(
    name,
    commands.map((command) => command.name),
  );
  return wrongUse(
    meant === undefined
      ? `There is no command ${name}: lake-workbench --help lists the commands.`
      : `There is no command ${name}: did you mean ${meant}?`,
  );
}

// Anything but a Problem is a fault of ours: still one sentence, but it says so.
function sentence(error: unknown): string {
  if (error instanceof Problem) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  return `A fault in lake-workbench itself, please report it: ${message.split('\n')[0] ?? ''}`;
}

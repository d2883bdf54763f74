import { optionsOf } from './arguments';
import type { Command, OptionSpec } from './command';

/** The page of one command. */
export function commandHelp(command: Command): string {
  const options = Object.entries(optionsOf(command));
  return [
    `lake-workbench ${command.name} ${command.usage}`.trimEnd(),
    '',
    command.help.trim(),
    '',
    'Options:',
    ...columns(options.map(([name, spec]) => [optionUsage(name, spec), described(spec)])),
    '',
  ].join('\n');
}

/** The page without a command: all of them in a line each. */
export function generalHelp(
  commands: readonly { readonly name: string; readonly summary: string }[],
): string {
  return [
    'lake-workbench COMMAND [ARGUMENTS] [OPTIONS]',
    '',
    'Checks Athena and Redshift SQL, and shows and queries a data lake on AWS.',
    '',
    'Commands:',
    ...columns(commands.map(({ name, summary }) => [name, summary])),
    '',
    'Exit codes: 0 done; 1 something was found or a run failed; 2 it could not be done; 130 stopped.',
    'lake-workbench COMMAND --help shows the options of a command.',
    '',
  ].join('\n');
}

function optionUsage(name: string, { short, value }: OptionSpec): string {
  const long = `--${name}${value === undefined ? '' : ` ${value}`}`;
  return short === undefined ? `    ${long}` : `-${short}, ${long}`;
}

function described({ description, choices, multiple }: OptionSpec): string {
  const values = choices === undefined ? '' : `: ${choices.join(', ')}`;
  return `${description}${values}${multiple === true ? ' (may be repeated)' : ''}`;
}

function columns(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`);
}

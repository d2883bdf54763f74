import { parseArgs } from 'node:util';
import { Problem } from '../base/problem';
import { nearest } from '../lint/settings';
import type { Command, OptionSpec, OptionValues } from './command';

/** Options that every command takes. */
export const commonOptions: Readonly<Record<string, OptionSpec>> = {
  profile: { type: 'string', value: 'NAME', description: 'profile of ~/.aws, instead of AWS_PROFILE' },
  region: {
    type: 'string',
    value: 'REGION',
    description: 'region, instead of the environment’s or the profile’s',
  },
  'endpoint-url': { type: 'string', value: 'URL', description: 'send every AWS call there' },
  format: {
    type: 'string',
    value: 'FORMAT',
    choices: ['text', 'json'],
    description: 'how the result is written (default: text)',
  },
  quiet: { type: 'boolean', short: 'q', description: 'no progress and no notes on standard error' },
  help: { type: 'boolean', short: 'h', description: 'this page' },
  version: { type: 'boolean', description: 'the version of lake-workbench' },
};

/** The options of a command with the common ones; its own win where both have a name. */
export function optionsOf(command: Pick<Command, 'options'>): Readonly<Record<string, OptionSpec>> {
  return {
    ...command.options,
    ...Object.fromEntries(Object.entries(commonOptions).filter(([name]) => !(name in command.options))),
  };
}

/** What stood on a command line. */
export interface ReadArguments {
  readonly options: OptionValues;
  readonly positionals: readonly string[];
}

/**
 * Reads the arguments behind a command's name. A Problem of kind `invalid` for an option that does not exist
 * (with the nearest one that does), lacks its value, has one too many, or has a value outside its choices.
 */
export function readArguments(
  args: readonly string[],
  specs: Readonly<Record<string, OptionSpec>>,
): ReadArguments {
  const { tokens } = parseArgs({
    args: [...args],
    options: Object.fromEntries(
      Object.entries(specs).map(([name, { type, short, multiple = false }]) => [
        name,
        { type, multiple, ...(short === undefined ? {} : { short }) },
      ]),
    ),
    allowPositionals: true,
    strict: false,
    tokens: true,
  });
  const options: Record<string, string | boolean | readonly string[]> = {};
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') positionals.push(token.value);
    if (token.kind !== 'option') continue;
    const spec = Object.hasOwn(specs, token.name) ? specs[token.name] : undefined;
    if (spec === undefined) throw unknownOption(token.rawName, Object.keys(specs));
    const value = valueOf(token, spec);
    const before = options[token.name];
    options[token.name] =
      spec.multiple === true && typeof value === 'string'
        ? [...(typeof before === 'object' ? before : []), value]
        : value;
  }
  return { options, positionals };
}

function valueOf(
  token: {
    readonly rawName: string;
    readonly value: string | undefined;
    readonly inlineValue: boolean | undefined;
  },
  spec: OptionSpec,
): string | true {
  const { rawName, value, inlineValue } = token;
  if (spec.type === 'boolean') {
    if (inlineValue === true) throw wrongUse(`${rawName} takes no value: write just ${rawName}.`);
    return true;
  }
  // `--output --quiet`: the next option was taken for the value.
  const isOption = inlineValue !== true && value !== undefined && /^--?[a-z]/i.test(value);
  if (value === undefined || isOption) {
    throw wrongUse(`${rawName} needs a value: write ${rawName} ${spec.value ?? 'VALUE'}.`);
  }
  if (spec.choices !== undefined && !spec.choices.includes(value)) {
    const meant = nearest(value, spec.choices);
    const hint = meant === undefined ? `use ${spec.choices.join(', ')}` : `did you mean ${meant}`;
    throw wrongUse(`${rawName} does not know ${value}: ${hint}${meant === undefined ? '.' : '?'}`);
  }
  return value;
}

function unknownOption(rawName: string, names: readonly string[]): Problem {
  const meant = nearest(rawName.replace(/^-+/, ''), names);
  return wrongUse(
    meant === undefined
      ? `There is no option ${rawName}: --help lists the options.`
      : `There is no option ${rawName}: did you mean --${meant}?`,
  );
}

/** The Problem for a command line that cannot be used; exit code 2. */
export function wrongUse(message: string): Problem {
  return new Problem(message, 'invalid');
}

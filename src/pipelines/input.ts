import { Problem } from '../base/problem';

/** Step Functions takes 262,144 bytes of input; Lambda 6 MB. */
export function checkJson(
  input: string,
  limits: { readonly what: string; readonly mostBytes: number },
): Problem | undefined {
  const parsed = parse(input, limits.what);
  if (parsed instanceof Problem) return parsed;
  const bytes = Buffer.byteLength(input);
  if (bytes > limits.mostBytes) {
    return new Problem(
      `The input of the ${limits.what} has ${bytes.toLocaleString('en-US')} bytes; at most ${limits.mostBytes.toLocaleString('en-US')} are taken.`,
      'invalid',
    );
  }
  return undefined;
}

/** Glue job arguments: one flat object of text, every name beginning with `--`. */
export function checkArguments(input: string): Problem | undefined {
  const parsed = parse(input, 'Glue job');
  if (parsed instanceof Problem) return parsed;
  const wrong = (why: string): Problem =>
    new Problem(
      `The arguments of a Glue job are one object of text, {"--name": "value"}: ${why}.`,
      'invalid',
    );
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return wrong('this is none');
  for (const [name, value] of Object.entries(parsed)) {
    if (!name.startsWith('--')) return wrong(`${name} must be written --${name.replace(/^-+/, '')}`);
    if (typeof value !== 'string') return wrong(`${name} must be text in quotes`);
  }
  return undefined;
}

function parse(input: string, what: string): unknown {
  try {
    return JSON.parse(input) as unknown;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    return new Problem(`The input of the ${what} is no JSON: ${why}.`, 'invalid', { cause });
  }
}

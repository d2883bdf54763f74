import { AwsError } from '../service';

interface Key {
  readonly name: string;
  readonly type: string;
}
type Test = (values: readonly string[]) => boolean;
type Scalar = string | number;
interface Operand {
  readonly numeric: boolean;
  value(values: readonly string[]): Scalar;
}

/**
 * A GetPartitions expression as a test of partition values: comparisons of keys with literals, AND, OR, NOT, IN,
 * BETWEEN, LIKE and IS NULL. Number keys compare as numbers, so that `month = 1` finds `01`; others as text.
 * InvalidInputException for anything else, as Glue answers.
 */
export function partitionFilter(expression: string, keys: readonly Key[]): Test {
  const tokens = [
    ...expression.matchAll(
      /\s*(?:('(?:[^']|'')*')|("[^"]*"|`[^`]*`)|(-?\d+(?:\.\d+)?)|([A-Za-z_]\w*)|(<=|>=|<>|!=|[=<>(),]))/gy,
    ),
  ];
  const read = tokens.reduce((sum, token) => sum + token[0].length, 0);
  if (expression.slice(read).trim() !== '') throw refused(expression, expression.slice(read).trim());
  let at = 0;
  const peek = (): string => tokens[at]?.[0]?.trim() ?? '';
  const accept = (word: string): boolean => {
    if (peek().toUpperCase() !== word) return false;
    at++;
    return true;
  };
  const expect = (word: string): void => {
    if (!accept(word)) throw refused(expression, peek());
  };

  const or = (): Test => {
    const left = and();
    if (!accept('OR')) return left;
    const right = or();
    return (values) => left(values) || right(values);
  };
  const and = (): Test => {
    const left = not();
    if (!accept('AND')) return left;
    const right = and();
    return (values) => left(values) && right(values);
  };
  const not = (): Test => {
    if (!accept('NOT')) return primary();
    const inner = not();
    return (values) => !inner(values);
  };
  const primary = (): Test => {
    if (accept('(')) {
      const inner = or();
      expect(')');
      return inner;
    }
    return comparison();
  };
  const comparison = (): Test => {
    const left = operand();
    const negated = accept('NOT');
    const maybe = (test: Test): Test => (negated ? (values) => !test(values) : test);
    if (accept('IN')) {
      expect('(');
      const choices = [operand()];
      while (accept(',')) choices.push(operand());
      expect(')');
      return maybe((values) => choices.some((choice) => compare(left, choice, values) === 0));
    }
    if (accept('BETWEEN')) {
      const low = operand();
      expect('AND');
      const high = operand();
      return maybe((values) => compare(left, low, values) >= 0 && compare(left, high, values) <= 0);
    }
    if (accept('LIKE')) {
      const pattern = likePattern(String(operand().value([])));
      return maybe((values) => pattern.test(String(left.value(values))));
    }
    if (accept('IS')) {
      const positive = !accept('NOT');
      expect('NULL');
      return (values) => (left.value(values) === '__HIVE_DEFAULT_PARTITION__') === positive;
    }
    const sign = peek();
    const decide = comparisons[sign];
    if (decide === undefined) throw refused(expression, sign);
    at++;
    const right = operand();
    return (values) => decide(compare(left, right, values));
  };
  const operand = (): Operand => {
    const token = tokens[at++];
    const [, quoted, quotedName, digits, word] = token ?? [];
    if (quoted !== undefined) {
      const value = quoted.slice(1, -1).replaceAll("''", "'");
      return { numeric: false, value: () => value };
    }
    if (digits !== undefined) return { numeric: true, value: () => Number(digits) };
    // `date '2024-01-01'` compares like its text.
    if (word?.toLowerCase() === 'date' && tokens[at]?.[1] !== undefined) return operand();
    const name = (word ?? quotedName?.slice(1, -1) ?? '').toLowerCase();
    const index = keys.findIndex((key) => key.name === name);
    const key = keys[index];
    if (key === undefined) throw refused(expression, token?.[0]?.trim() ?? '');
    const numeric = /^(tinyint|smallint|int|integer|bigint|decimal|float|double)/.test(key.type);
    return { numeric, value: (values) => values[index] ?? '' };
  };

  const test = or();
  if (at < tokens.length) throw refused(expression, peek());
  return test;
}

const comparisons: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '!=': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function compare(left: Operand, right: Operand, values: readonly string[]): number {
  const a = left.value(values);
  const b = right.value(values);
  if (left.numeric || right.numeric) return Number(a) - Number(b);
  return a === b ? 0 : String(a) < String(b) ? -1 : 1;
}

function likePattern(pattern: string): RegExp {
  const escaped = pattern.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('%', '.*').replaceAll('_', '.')}$`, 's');
}

function refused(expression: string, near: string): AwsError {
  return new AwsError(
    'InvalidInputException',
    `Unsupported expression '${expression}'${near === '' ? '' : ` near '${near}'`}`,
  );
}

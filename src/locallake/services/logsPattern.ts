import { AwsError } from '../service';

/**
 * What a filter pattern of CloudWatch Logs asks of a line, for patterns of terms: all plain terms must be in it, none of
 * those after `-`, or else one of those after `?`; a phrase stands in double quotes. Words match as a whole and by case.
 * InvalidParameterException for patterns of other kinds.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
export function logPattern(pattern: string): (line: string) => boolean {
  const trimmed = pattern.trim();
  if (trimmed === '' || trimmed === '" "') return () => true;
  if (/^[{[%]/.test(trimmed)) {
    throw new AwsError(
      'InvalidParameterException',
      `The local lake filters by terms only, not by ${trimmed}.`,
    );
  }
  const plain: ((line: string) => boolean)[] = [];
  const without: ((line: string) => boolean)[] = [];
  const either: ((line: string) => boolean)[] = [];
  let rest = trimmed;
  while (rest !== '') {
    const [whole, sign, quoted, word = ''] = /^([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\w+))(?=\s|$)/.exec(rest) ?? [];
    if (whole === undefined)
      throw new AwsError('InvalidParameterException', `Invalid filter pattern: ${pattern}`);
    rest = rest.slice(whole.length).trimStart();
    const phrase = quoted?.replace(/\\(.)/g, '$1');
    const test = phrase === undefined ? wordTest(word) : (line: string): boolean => line.includes(phrase);
    (sign === '?' ? either : sign === '-' ? without : plain).push(test);
  }
  return (line) => {
    if (without.some((test) => test(line))) return false;
    // Beside plain terms AWS ignores those with a question mark.
    if (plain.length > 0 || either.length === 0) return plain.every((test) => test(line));
    return either.some((test) => test(line));
  };
}

function wordTest(word: string): (line: string) => boolean {
  const pattern = new RegExp(`(?<![A-Za-z0-9_])${word}(?![A-Za-z0-9_])`);
  return (line) => pattern.test(line);
}

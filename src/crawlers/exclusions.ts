/** What is wrong with an exclusion. */
export interface ExclusionProblem {
  readonly severity: 'error' | 'warning' | 'information';
  readonly message: string;
  readonly mended?: string;
}

/**
 * What is wrong with an exclusion of a crawler: a glob over the path below the target, in which `*` stops at a slash
 * and `**` does not (AWS Glue Developer Guide, "Include and exclude patterns").
 */
export function exclusionProblem(pattern: string): ExclusionProblem | undefined {
  if (pattern === '') return { severity: 'error', message: 'An empty exclusion excludes nothing.' };
  if (/^s3[an]?:\/\//i.test(pattern)) {
    return {
      severity: 'warning',
      message: 'An exclusion is a path below the target: with s3:// it never fits.',
    };
  }
  if (pattern.startsWith('/')) {
    const mended = pattern.replace(/^\/+/, '');
    return {
      severity: 'warning',
      message: 'A path below the target begins without a slash: this never fits.',
      mended,
    };
  }
  if (/^\*\*(?:\/\*\*?)?$/.test(pattern)) return { severity: 'error', message: 'This excludes every file.' };
  const open = bracketLeftOpen(pattern);
  if (open !== undefined) return { severity: 'error', message: `The ${open} is not closed.` };
  if (/^\*\.\w+$/.test(pattern)) {
    return {
      severity: 'information',
      message: 'A single * stops at a slash, so that files in folders below the target are not excluded.',
      mended: `**${pattern.slice(1)}`,
    };
  }
  return undefined;
}

function bracketLeftOpen(pattern: string): string | undefined {
  const open: string[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const sign = pattern.charAt(at);
    if (sign === '\\') at++;
    else if (open.at(-1) === '[') {
      if (sign === ']') open.pop();
    } else if (sign === '[' || sign === '{') open.push(sign);
    else if (sign === '}') open.pop();
  }
  return open.at(-1);
}

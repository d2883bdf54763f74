/**
 * A test for the exclusions of a crawler, which are globs over the path below the target: `*` and `?` stop at a slash,
 * `**` does not, `[a-z]` and `{a,b}` choose. https://docs.aws.amazon.com/glue/latest/dg/define-crawler.html
 */
export function globTest(patterns: readonly string[]): (path: string) => boolean {
  const tests = patterns.map((pattern) => new RegExp(`^${source(pattern)}$`));
  return (path) => tests.some((test) => test.test(path));
}

function source(pattern: string): string {
  let made = '';
  let inBraces = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    switch (character) {
      case '*':
        if (pattern.charAt(at + 1) === '*') {
          made += '.*';
          at++;
        } else made += '[^/]*';
        break;
      case '?':
        made += '[^/]';
        break;
      case '{':
        made += '(?:';
        inBraces = true;
        break;
      case '}':
        made += ')';
        inBraces = false;
        break;
      case ',':
        made += inBraces ? '|' : ',';
        break;
      case '[': {
        const end = pattern.indexOf(']', at + 1);
        if (end < 0) made += '\\[';
        else {
          made += `[${pattern
            .slice(at + 1, end)
            .replace(/^!/, '^')
            .replaceAll('\\', '\\\\')}]`;
          at = end;
        }
        break;
      }
      case '\\':
        made += escape(pattern.charAt(++at));
        break;
      default:
        made += escape(character);
    }
  }
  return made;
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

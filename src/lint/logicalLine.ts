/** Where a Python statement that begins at an offset ends: at the end of a line with no bracket, string or backslash open. */
export function logicalLineEnd(text: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < text.length) {
    const letter = text.charAt(at);
    if (letter === '\n' && depth <= 0) return at;
    if (letter === '#') {
      at = lineEnd(text, at);
      continue;
    }
    if (letter === '"' || letter === "'") {
      at = stringEnd(text, at);
      continue;
    }
    // A backslash joins the next line, whatever ends this one.
    if (letter === '\\') at += text.startsWith('\r\n', at + 1) ? 2 : 1;
    else if ('([{'.includes(letter)) depth++;
    else if (')]}'.includes(letter)) depth--;
    at++;
  }
  return text.length;
}

function stringEnd(text: string, start: number): number {
  const quote = text.charAt(start);
  const triple = quote.repeat(3);
  const isTriple = text.startsWith(triple, start);
  for (let at = start + (isTriple ? 3 : 1); at < text.length; at++) {
    if (text.charAt(at) === '\\') at++;
    else if (isTriple ? text.startsWith(triple, at) : text.charAt(at) === quote)
      return at + (isTriple ? 3 : 1);
    else if (!isTriple && text.charAt(at) === '\n') return at;
  }
  return text.length;
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}

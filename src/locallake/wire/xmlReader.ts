import { AwsError } from '../service';
import { unescapeXml } from './xml';

/** One element of a request body. */
export interface XmlElement {
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
}

interface Open {
  readonly name: string;
  readonly children: XmlElement[];
  text: string;
}

/** Reads a request body; S3's MalformedXML when it is no XML or its root has another name. */
export function readXml(body: Buffer, root: string): XmlElement {
  const top: Open = { name: '', children: [], text: '' };
  const open = [top];
  for (const [, end, name, empty, data, text] of body
    .toString()
    .matchAll(
      /<\?[\s\S]*?\?>|<!--[\s\S]*?-->|<(\/?)([\w.:-]+)(?:\s[^>]*?)?(\/?)>|<!\[CDATA\[([\s\S]*?)\]\]>|([^<]+)/g,
    )) {
    const current = open.at(-1) ?? top;
    if (data !== undefined) current.text += data;
    if (text !== undefined) current.text += unescapeXml(text);
    if (name === undefined) continue;
    if (end === '/') {
      if (current.name !== name) throw malformedXml();
      open.pop();
      continue;
    }
    const element: Open = { name, children: [], text: '' };
    current.children.push(element);
    if (empty !== '/') open.push(element);
  }
  const [found] = top.children;
  if (found?.name !== root || open.length > 1) throw malformedXml();
  return found;
}

/** The first child of that name. */
export function child(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((each) => each.name === name);
}

/** The text of the first child of that name. */
export function childText(element: XmlElement, name: string): string | undefined {
  return child(element, name)?.text;
}

/** All children of that name. */
export function childrenOf(element: XmlElement, name: string): readonly XmlElement[] {
  return element.children.filter((each) => each.name === name);
}

/** S3's answer to a body that its schema does not allow. */
export function malformedXml(): AwsError {
  return new AwsError(
    'MalformedXML',
    'The XML you provided was not well-formed or did not validate against our published schema',
  );
}

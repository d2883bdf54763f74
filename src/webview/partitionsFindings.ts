import type { ShownFinding } from '../grid/partitionMessages';
import { button, element } from './dom';
import type { Post } from './partitionsFrame';

/** Sentences above the grid; what a sentence counts can be opened under it. */
export function makeFindings(parent: Element, post: Post) {
  const list = element('ul', 'findings', parent);
  list.setAttribute('aria-label', 'Findings');
  let shown = '';
  return {
    show(findings: readonly ShownFinding[]): void {
      const now = JSON.stringify(findings);
      if (now === shown) return;
      shown = now;
      list.replaceChildren(...findings.map((finding) => itemOf(finding, post)));
      list.hidden = findings.length === 0;
    },
  };
}

function itemOf({ severity, sentence, items = [], action }: ShownFinding, post: Post): HTMLLIElement {
  const item = element('li', severity);
  // The mark before a problem is seen and not read out.
  if (severity === 'problem') element('span', 'spoken', item).textContent = 'Warning: ';
  if (items.length === 0) element('span', '', item).textContent = sentence;
  else {
    const details = element('details', '', item);
    element('summary', '', details).textContent = sentence;
    const told = element('ul', 'items', details);
    for (const text of items) element('li', '', told).textContent = text;
  }
  if (action !== undefined) {
    item.append(' ');
    button(action.label, item, () => post({ kind: 'act', action: action.kind })).className = 'link';
  }
  return item;
}

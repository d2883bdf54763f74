import { element } from './dom';

const shortestRow = 22;

/** Width of a character and height of a row in pixels, with the editor's font at its present size. */
export function measureFont(parent: Element): { readonly charWidth: number; readonly rowHeight: number } {
  const probe = element('span', 'probe', parent);
  probe.textContent = '0'.repeat(100);
  const { width, height } = probe.getBoundingClientRect();
  probe.remove();
  return {
    charWidth: width > 0 ? width / 100 : 7.2,
    rowHeight: Math.max(shortestRow, Math.ceil(height) + 6),
  };
}

import type { CellPlace } from '../grid/selection';
import { button, element } from './dom';

/** The whole text of one cell, below the grid; Escape closes it. */
export interface Detail {
  readonly place: CellPlace | undefined;
  show(place: CellPlace, name: string, text: string | null | undefined): void;
  close(): void;
}

/** Hidden until a cell is shown; `closed` gets the focus back. */
export function makeDetail(parent: Element, closed: () => void): Detail {
  const box = element('section', 'detail', parent);
  box.hidden = true;
  box.setAttribute('aria-label', 'Cell');
  const bar = element('div', 'detail-bar', box);
  const title = element('h2', '', bar);
  let place: CellPlace | undefined;
  const close = (): void => {
    if (place === undefined) return;
    place = undefined;
    box.hidden = true;
    closed();
  };
  button('Close', bar, close);
  const text = element('pre', '', box);
  text.tabIndex = 0;
  box.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  });
  return {
    get place() {
      return place;
    },
    show(next, name, value) {
      place = next;
      title.textContent = `${name}, row ${(next.row + 1).toLocaleString('en')}`;
      text.classList.toggle('null', value === null);
      text.textContent = value === undefined ? '…' : (value ?? 'NULL');
      if (!box.hidden) return;
      box.hidden = false;
      text.focus();
    },
    close,
  };
}

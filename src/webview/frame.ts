import { button, element, roled, setText } from './dom';
import type { HeaderInfo } from '../grid/messages';
import type { Host } from './host';

/** The page: a header line, the place for the grid or what stands there instead, and a status line. */
export interface Frame {
  readonly content: HTMLElement;
  showHeader(header: HeaderInfo | undefined): void;
  /** Said by screen readers when it changes. */
  say(text: string): void;
  /** Where the focus stands in the grid. */
  showPlace(text: string): void;
}

/** Builds the page into `app`. */
export function makeFrame(app: Element, actions: { readonly host: Host; copy(): void }): Frame {
  const header = element('header', 'header', app);
  header.hidden = true;
  const facts = element('p', 'facts', header);
  const bar = roled('group', 'actions', header);
  bar.setAttribute('aria-label', 'Result');
  button('Copy', bar, () => actions.copy()).title =
    'Copy the selected cells, or all rows when one cell is selected';
  button('Export CSV', bar, () => actions.host.post({ kind: 'exportCsv' })).title =
    'Write all rows to a file';
  const open = button('Open as file', bar, () => actions.host.post({ kind: 'openFile' }));
  open.title = 'Open the result as a text document';
  const notice = element('p', 'notice', app);
  notice.hidden = true;
  notice.setAttribute('aria-live', 'polite');
  const content = element('main', 'content', app);
  const footer = element('footer', 'footer', app);
  const place = element('span', 'place', footer);
  const status = roled('status', 'status', footer);
  return {
    content,
    showHeader(info) {
      header.hidden = info === undefined;
      notice.hidden = info?.notice === undefined;
      setText(notice, info?.notice ?? '');
      facts.replaceChildren(document.createTextNode((info?.facts ?? []).join(' · ')));
      if (info?.location === undefined) return;
      if (info.facts.length > 0) facts.append(' · ');
      const location = button(info.location, facts, () => actions.host.post({ kind: 'copyLocation' }));
      location.className = 'link location';
      location.title = 'Copy the address of the result file';
    },
    say: (text) => setText(status, text),
    showPlace: (text) => setText(place, text),
  };
}

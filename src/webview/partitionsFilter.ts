import type { PartitionsView } from '../grid/partitionMessages';
import { button, element, roled, setText } from './dom';
import type { Post } from './partitionsFrame';

const errorId = 'filter-error';

/** The box whose expression goes to the server, with examples made from the table's own values. */
export function makeFilter(parent: Element, post: Post) {
  const form = element('form', 'filter', parent);
  form.setAttribute('role', 'search');
  const label = element('label', '', form);
  label.textContent = 'Filter ';
  const input = element('input', '', label);
  input.type = 'text';
  input.spellcheck = false;
  input.autocomplete = 'off';
  input.setAttribute('list', 'filter-examples');
  const examples = element('datalist', '', form);
  examples.id = 'filter-examples';
  const go = element('button', 'action', form);
  go.type = 'submit';
  go.textContent = 'Filter';
  const clear = button('Clear', form, () => {
    input.value = '';
    post({ kind: 'filter', text: '' });
    input.focus();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    post({ kind: 'filter', text: input.value });
  });
  const error = roled('alert', 'filter-error', parent);
  error.id = errorId;
  const note = element('p', 'filter-note', parent);
  const noteText = element('span', '', note);
  const act = button('', note, () => post({ kind: 'act', action: act.value }));
  act.className = 'link';
  let sent: string | undefined;
  let shownExamples = '';

  return {
    show(filter: PartitionsView['filter']): void {
      // What somebody is typing is not replaced by what was sent before.
      if (filter.text !== sent) {
        sent = filter.text;
        if (document.activeElement !== input || input.value === '') input.value = filter.text;
      }
      clear.hidden = filter.text === '';
      input.placeholder = filter.suggestions[2] ?? filter.suggestions[0] ?? '';
      if (filter.suggestions.join('\n') !== shownExamples) {
        shownExamples = filter.suggestions.join('\n');
        examples.replaceChildren(
          ...filter.suggestions.map((text) => {
            const option = element('option', '');
            option.value = text;
            return option;
          }),
        );
      }
      error.hidden = filter.error === undefined;
      setText(error, filter.error ?? '');
      input.setAttribute('aria-invalid', String(filter.error !== undefined));
      if (filter.error === undefined) input.removeAttribute('aria-describedby');
      else input.setAttribute('aria-describedby', errorId);
      note.hidden = filter.note === undefined;
      setText(noteText, filter.note === undefined ? '' : `${filter.note} `);
      act.hidden = filter.action === undefined;
      act.value = filter.action?.kind ?? '';
      setText(act, filter.action?.label ?? '');
    },
  };
}

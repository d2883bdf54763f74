import type { FromPartitionsPage, PartitionsView } from '../grid/partitionMessages';
import { button, element, roled, setText } from './dom';
import { makeChart } from './partitionsChart';
import { makeFilter } from './partitionsFilter';
import { makeFindings } from './partitionsFindings';

/** The page of partitions around its grid. */
export interface PartitionsFrame {
  readonly content: HTMLElement;
  show(view: PartitionsView): void;
  /** Said by screen readers when it changes. */
  say(text: string): void;
  /** Where the focus stands in the grid. */
  showPlace(text: string): void;
}

export type Post = (message: FromPartitionsPage) => void;

/** Builds the page into `app`; `reveal` shows the place of the row that has the focus. */
export function makePartitionsFrame(app: Element, post: Post, reveal: () => void): PartitionsFrame {
  const above = element('section', 'above', app);
  above.setAttribute('aria-label', 'About the partitions');
  const header = element('header', 'header', above);
  const title = element('h1', '', header);
  const facts = element('p', 'facts', header);
  const bar = roled('group', 'actions', header);
  bar.setAttribute('aria-label', 'Partitions');
  const all = button('Load all', bar, () => post({ kind: 'loadAll' }));
  const measure = button('Measure…', bar, () => post({ kind: 'measure' }));
  measure.title = 'Count files and bytes of each partition by listing S3; what it costs is told first';
  button('Reload', bar, () => post({ kind: 'reload' })).title = 'Read the first page of the catalog again';
  const filter = makeFilter(above, post);
  const busy = makeBusy(above, post);
  const question = makeQuestion(above, post);
  const findings = makeFindings(above, post);
  const chart = makeChart(above);
  const order = makeOrder(app, post);
  button('Reveal in Zones', order.box, reveal).title = 'Show where the partition of the focused row lies';
  const content = element('main', 'content', app);
  const footer = element('footer', 'footer', app);
  const place = element('span', 'place', footer);
  const status = roled('status', 'status', footer);
  return {
    content,
    show(view) {
      setText(title, view.title);
      setText(facts, view.facts.join(' · '));
      all.hidden = !view.canLoadAll;
      const idle = view.busy === undefined;
      all.disabled = !idle;
      measure.disabled = !idle;
      setText(measure, view.measured ? 'Measure again…' : 'Measure…');
      filter.show(view.filter);
      busy.show(view.busy);
      question.show(view.question);
      findings.show(view.findings);
      chart.show(view.bars);
      order.show(view);
    },
    say: (text) => setText(status, text),
    showPlace: (text) => setText(place, text),
  };
}

/** What is under way, and the button that stops it. */
function makeBusy(parent: Element, post: Post) {
  const box = element('div', 'busy', parent);
  box.hidden = true;
  const bar = roled('progressbar', 'progress', box);
  bar.setAttribute('aria-label', 'Reading');
  const text = roled('status', '', box);
  button('Stop', box, () => post({ kind: 'cancel' })).title = 'What has been read stays';
  return {
    show(what: string | undefined): void {
      box.hidden = what === undefined;
      setText(text, what ?? '');
    },
  };
}

/** What measuring costs, to be confirmed. */
function makeQuestion(parent: Element, post: Post) {
  const box = roled('alertdialog', 'question', parent);
  box.setAttribute('aria-label', 'Measure partitions');
  box.hidden = true;
  const text = element('p', '', box);
  const yes = button('List now', box, () => post({ kind: 'confirmMeasure' }));
  button('Not now', box, () => post({ kind: 'dismissMeasure' }));
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') post({ kind: 'dismissMeasure' });
  });
  return {
    show(question: string | undefined): void {
      setText(text, question ?? '');
      const fresh = box.hidden && question !== undefined;
      box.hidden = question === undefined;
      if (fresh) yes.focus();
    },
  };
}

/** In which order the rows stand. */
function makeOrder(parent: Element, post: Post) {
  const box = element('div', 'order', parent);
  const label = element('label', '', box);
  label.textContent = 'Order ';
  const select = element('select', '', label);
  select.addEventListener('change', () => post({ kind: 'sort', by: select.value }));
  let shown = '';
  return {
    box,
    show({ sort, sorts }: PartitionsView): void {
      const ids = sorts.map(({ id }) => id).join();
      if (ids !== shown) {
        shown = ids;
        select.replaceChildren(
          ...sorts.map(({ id, label: text }) => {
            const option = element('option', '');
            option.value = id;
            option.textContent = text;
            return option;
          }),
        );
      }
      select.value = sort;
    },
  };
}

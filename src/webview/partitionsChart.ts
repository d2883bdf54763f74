import { formatBytes, formatCount } from '../base/format';
import type { ChartBar } from '../grid/partitionMessages';
import { element, setText } from './dom';

const svg = 'http://www.w3.org/2000/svg';
const height = 100;
const barWidth = 10;

type Figure = 'bytes' | 'files';

/** How much lies in each partition, in the order of keys; the same as a table for whoever does not see it. */
export function makeChart(parent: Element) {
  const box = element('details', 'chart', parent);
  box.open = true;
  box.hidden = true;
  const summary = element('summary', '', box);
  summary.textContent = 'Bytes and files by partition';
  const label = element('label', '', box);
  label.textContent = 'Show ';
  const select = element('select', '', label);
  for (const [value, text] of [
    ['bytes', 'bytes'],
    ['files', 'files'],
  ] as const) {
    const option = element('option', '', select);
    option.value = value;
    option.textContent = text;
  }
  const most = element('p', 'chart-most', box);
  const place = element('div', 'chart-place', box);
  const ends = element('p', 'chart-ends', box);
  const table = element('details', 'chart-table', box);
  element('summary', '', table).textContent = 'As a table';
  const tablePlace = element('div', '', table);
  let shown: readonly ChartBar[] = [];
  const draw = (): void => {
    const figure: Figure = select.value === 'files' ? 'files' : 'bytes';
    const peak = Math.max(0, ...shown.map((bar) => (figure === 'bytes' ? bar.largestBytes : bar.mostFiles)));
    setText(most, `Largest: ${textOf(figure, peak)}${grouped(shown)}`);
    place.replaceChildren(picture(shown, figure, peak));
    ends.replaceChildren();
    element('span', '', ends).textContent = shown[0]?.from ?? '';
    element('span', '', ends).textContent = shown.at(-1)?.to ?? '';
    tablePlace.replaceChildren(tableOf(shown));
  };
  select.addEventListener('change', draw);
  let before = '';
  return {
    show(bars: readonly ChartBar[]): void {
      const now = JSON.stringify(bars);
      if (now === before) return;
      before = now;
      shown = bars;
      box.hidden = bars.length === 0;
      draw();
    },
  };
}

function grouped(bars: readonly ChartBar[]): string {
  const each = bars[0]?.partitions ?? 1;
  return each === 1
    ? ''
    : `; a bar stands for ${formatCount(each)} partitions, dark their average and light the largest`;
}

function picture(bars: readonly ChartBar[], figure: Figure, peak: number): SVGSVGElement {
  const drawn = document.createElementNS(svg, 'svg');
  drawn.setAttribute('viewBox', `0 0 ${Math.max(1, bars.length) * barWidth} ${height}`);
  drawn.setAttribute('preserveAspectRatio', 'none');
  drawn.setAttribute('role', 'img');
  drawn.setAttribute(
    'aria-label',
    `${figure} by partition, in the order of keys; the table below has the same`,
  );
  for (const [at, bar] of bars.entries()) {
    const total = figure === 'bytes' ? bar.bytes : bar.files;
    const largest = figure === 'bytes' ? bar.largestBytes : bar.mostFiles;
    const group = document.createElementNS(svg, 'g');
    const title = document.createElementNS(svg, 'title');
    title.textContent = sentenceOf(bar);
    group.append(
      title,
      rect({ at, value: peak, peak, name: 'ground' }),
      rect({ at, value: largest, peak, name: 'peak' }),
      rect({ at, value: total / bar.partitions, peak, name: 'bar' }),
    );
    drawn.append(group);
  }
  return drawn;
}

function rect(of: {
  readonly at: number;
  readonly value: number;
  readonly peak: number;
  readonly name: string;
}): SVGRectElement {
  const drawn = document.createElementNS(svg, 'rect');
  // A pixel at least for what is not nothing.
  const tall = of.peak === 0 || of.value === 0 ? 0 : Math.max(1, (height * of.value) / of.peak);
  drawn.setAttribute('class', of.name);
  drawn.setAttribute('x', String(of.at * barWidth));
  drawn.setAttribute('y', String(height - tall));
  drawn.setAttribute('width', String(barWidth * 0.8));
  drawn.setAttribute('height', String(tall));
  return drawn;
}

function sentenceOf(bar: ChartBar): string {
  const name = bar.partitions === 1 ? bar.from : `${bar.from} to ${bar.to}`;
  return `${name}: ${formatBytes(bar.bytes)} in ${formatCount(bar.files)} files`;
}

function textOf(figure: Figure, value: number): string {
  return figure === 'bytes' ? formatBytes(value) : `${formatCount(value)} files`;
}

function tableOf(bars: readonly ChartBar[]): HTMLTableElement {
  const table = element('table', '');
  const head = element('tr', '', element('thead', '', table));
  for (const name of ['From', 'To', 'Partitions', 'Bytes', 'Files', 'Largest', 'Most files']) {
    const cell = element('th', '', head);
    cell.scope = 'col';
    cell.textContent = name;
  }
  const body = element('tbody', '', table);
  for (const bar of bars) {
    const row = element('tr', '', body);
    for (const text of [
      bar.from,
      bar.to,
      formatCount(bar.partitions),
      formatBytes(bar.bytes),
      formatCount(bar.files),
      formatBytes(bar.largestBytes),
      formatCount(bar.mostFiles),
    ]) {
      element('td', '', row).textContent = text;
    }
  }
  return table;
}

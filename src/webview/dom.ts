/** A new element with a class, put at the end of `parent` when there is one. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  parent?: Element,
): HTMLElementTagNameMap[K] {
  const made = document.createElement(tag);
  if (className !== '') made.className = className;
  parent?.append(made);
  return made;
}

/** A `div` that has a role for screen readers. */
export function roled(role: string, className: string, parent?: Element): HTMLDivElement {
  const made = element('div', className, parent);
  made.setAttribute('role', role);
  return made;
}

/** A push button with a text. */
export function button(text: string, parent: Element, press: () => void): HTMLButtonElement {
  const made = element('button', 'action', parent);
  made.type = 'button';
  made.textContent = text;
  made.addEventListener('click', press);
  return made;
}

/** Sets the text only when it differs, since each set costs a layout. */
export function setText(node: Element, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

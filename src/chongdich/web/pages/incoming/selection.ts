// Where a selection stands in a text, counted as the server counts: in characters, not in UTF-16 units.
export function lengthOf(text: string): number {
  return [...text].length;
}

export interface Found {
  start: number;
  end: number;
}

/** Start and end of the selection (equal for a caret) inside an element, or null when it is elsewhere. */
export function selectionIn(element: Element | null): Found | null {
  const selection = getSelection();
  if (!element || !selection?.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!element.contains(range.startContainer) || !element.contains(range.endContainer)) return null;
  const before = document.createRange();
  before.setStart(element, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const start = lengthOf(before.toString());
  return { start, end: start + lengthOf(range.toString()) };
}

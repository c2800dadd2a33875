/** The nearest ancestor of an event's target that matches, or null. */
export function closest<T extends HTMLElement>(event: Event, selector: string): T | null {
  return event.target instanceof Element ? event.target.closest<T>(selector) : null;
}

export function all<T extends HTMLElement>(selector: string, inside: ParentNode = document): T[] {
  return [...inside.querySelectorAll<T>(selector)];
}

/** Words written in the page by the server (translated), so that scripts hold none. */
export function word(name: string): string {
  return document.body.getAttribute(`data-word-${name}`) ?? "";
}

export function isVisible(element: HTMLElement): boolean {
  return element.getClientRects().length > 0;
}

/** Lower case without diacritics or đ, as the server folds. */
export function fold(text: string): string {
  return text.replace(/[đĐ]/g, "d").normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

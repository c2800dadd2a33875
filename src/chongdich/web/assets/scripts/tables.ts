// Choosing rows: "all on this page", the number chosen, and the bar of what can be done with them.
import { all, closest } from "./dom";

export function startTables(): void {
  foldFilters();
  document.addEventListener("htmx:afterSwap", foldFilters);
  document.addEventListener("change", onChange);
  document.addEventListener("change", ignoreLeftSearch, { capture: true });
  document.addEventListener("htmx:afterSwap", () => all("[data-selectable]").forEach(count));
  all("[data-selectable]").forEach(count);
}

/** On a phone the filters fold away once there is a script to open them again. */
function foldFilters(): void {
  if (window.matchMedia("(min-width: 48rem)").matches) return;
  for (const more of all<HTMLDetailsElement>("details[data-fold]")) {
    more.open = false;
    more.removeAttribute("data-fold");
  }
}

/** A search has asked while it was typed; leaving its box must not ask again. */
function ignoreLeftSearch(event: Event): void {
  if (closest(event, ".filters input[type=search]")) event.stopPropagation();
}

function onChange(event: Event): void {
  const list = closest(event, "[data-selectable]");
  if (!list) return;
  const everything = closest<HTMLInputElement>(event, "[data-select-all]");
  if (everything) boxes(list).forEach((box) => (box.checked = everything.checked));
  if (everything || closest(event, "[data-select]")) count(list);
}

function boxes(list: HTMLElement): HTMLInputElement[] {
  return all<HTMLInputElement>("[data-select]", list);
}

function count(list: HTMLElement): void {
  const chosen = boxes(list).filter((box) => box.checked).length;
  const bar = list.querySelector<HTMLElement>("[data-bulk]");
  if (bar) bar.hidden = chosen === 0;
  all("[data-chosen]", list).forEach((place) => (place.textContent = String(chosen)));
}

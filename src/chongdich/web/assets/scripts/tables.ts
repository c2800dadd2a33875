// Choosing rows: "all on this page", the number chosen, and the bar of what can be done with them.
import { all, closest } from "./dom";

export function startTables(): void {
  document.addEventListener("change", onChange);
  document.addEventListener("htmx:afterSwap", () => all("[data-selectable]").forEach(count));
  all("[data-selectable]").forEach(count);
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

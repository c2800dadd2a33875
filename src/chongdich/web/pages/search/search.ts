// Up and down walk from the box through the results and back; Enter opens the one in focus, as any link.
import { all } from "@kit/dom";

const box = document.querySelector<HTMLInputElement>("[data-search-box]");

document.addEventListener("keydown", (event) => {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (!step || event.isComposing || !box) return;
  const stops: HTMLElement[] = [box, ...all<HTMLElement>("[data-hit]")];
  const here = stops.indexOf(document.activeElement as HTMLElement);
  if (here < 0) return;
  event.preventDefault();
  stops[Math.min(Math.max(here + step, 0), stops.length - 1)].focus();
});

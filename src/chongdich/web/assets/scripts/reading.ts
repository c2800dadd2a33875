// Reading side by side: what has data-shows="#mark" lights up that place in the document while it has focus or the pointer.
import { all, closest } from "./dom";

export function startReading(): void {
  document.addEventListener("focusin", (event) => show(closest(event, "[data-shows]"), true));
  document.addEventListener("pointerover", (event) => show(closest(event, "[data-shows]"), false));
  document.addEventListener("click", jump);
}

function show(source: HTMLElement | null, scroll: boolean): void {
  if (!source) return;
  all("mark.shown").forEach((mark) => mark.classList.remove("shown"));
  const marks = all<HTMLElement>(source.dataset.shows ?? "");
  marks.forEach((mark) => mark.classList.add("shown"));
  if (scroll && marks.length) bring(marks[0]);
}

/** Into sight inside the document's own frame, without moving the page under the reader. */
function bring(mark: HTMLElement): void {
  const frame = mark.closest<HTMLElement>(".document");
  if (!frame || frame.scrollHeight <= frame.clientHeight) return mark.scrollIntoView({ block: "nearest" });
  const above = mark.getBoundingClientRect().top - frame.getBoundingClientRect().top;
  const below = mark.getBoundingClientRect().bottom - frame.getBoundingClientRect().bottom;
  if (above < 0) frame.scrollTop += above - 24;
  else if (below > 0) frame.scrollTop += below + 24;
}

/** And back: a click on a place in the document goes to what was read there. */
function jump(event: MouseEvent): void {
  const mark = closest(event, "mark[id]");
  const target = mark && all("[data-shows]").find((one) => one.dataset.shows?.split(/,\s*/).includes(`#${mark.id}`));
  target?.focus();
  target?.scrollIntoView({ block: "nearest" });
}

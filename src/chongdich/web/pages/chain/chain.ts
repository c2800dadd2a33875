// The picture of chains: drag and zoom it, light up the line of the case under the pointer, find a code. Holds no words.
import { all, fold } from "@kit/dom";

const view = document.querySelector<HTMLElement>("[data-chain]");
const svg = view?.querySelector<SVGSVGElement>("svg");
if (view && svg) start(view, svg);

function start(view: HTMLElement, svg: SVGSVGElement): void {
  const zoom = startZoom(view, svg);
  startDragging(view);
  startLighting(view, svg);
  startFinding(view, svg, zoom);
}

type Zoom = (scale: number) => void;

function startZoom(view: HTMLElement, svg: SVGSVGElement): Zoom {
  const [width, height] = [svg.width.baseVal.value, svg.height.baseVal.value];
  let scale = 1;
  const zoom: Zoom = (next) => {
    const wanted = Math.min(Math.max(next, 0.05), 4);
    const middle = [view.scrollLeft + view.clientWidth / 2, view.scrollTop + view.clientHeight / 2];
    svg.setAttribute("width", String(Math.round(width * wanted)));
    svg.setAttribute("height", String(Math.round(height * wanted)));
    svg.classList.toggle("is-close", wanted >= 1.4);
    view.scrollTo((middle[0] * wanted) / scale - view.clientWidth / 2, (middle[1] * wanted) / scale - view.clientHeight / 2);
    scale = wanted;
  };
  const fit = (): void => {
    zoom(Math.min(1, (view.clientWidth - 2) / width));
    view.scrollTo(0, 0);
  };
  const steps: Record<string, () => void> = { in: () => zoom(scale * 1.4), out: () => zoom(scale / 1.4), fit };
  for (const button of all("[data-chain-zoom]")) {
    button.addEventListener("click", () => steps[button.dataset.chainZoom ?? "fit"]());
  }
  view.addEventListener("keydown", (event) => {
    const step = { "+": "in", "=": "in", "-": "out", "0": "fit" }[event.key];
    if (!step) return;
    event.preventDefault();
    steps[step]();
  });
  view.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(scale * (event.deltaY < 0 ? 1.15 : 1 / 1.15));
  }, { passive: false });
  if (view.dataset.kind === "do-thi" && width > view.clientWidth && view.clientWidth > 600) fit();
  return (next) => zoom(Math.max(scale, next));
}

function startDragging(view: HTMLElement): void {
  let from: [number, number, number, number] | null = null;
  view.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "mouse" || event.button) return;
    from = [event.clientX, event.clientY, view.scrollLeft, view.scrollTop];
  });
  window.addEventListener("pointermove", (event) => {
    if (!from) return;
    view.classList.add("is-held");
    view.scrollTo(from[2] + from[0] - event.clientX, from[3] + from[1] - event.clientY);
  });
  window.addEventListener("pointerup", () => {
    from = null;
    view.classList.remove("is-held");
  });
}

function startLighting(view: HTMLElement, svg: SVGSVGElement): void {
  const marks = [...svg.querySelectorAll<SVGGElement>(".mark")];
  const arrows = [...svg.querySelectorAll<SVGPathElement>(".arrow")];
  const ways = [neighbours(arrows, "a", "b"), neighbours(arrows, "b", "a")];
  const card = document.querySelector<HTMLElement>("[data-chain-card]");
  const ids = (view.dataset.ids ?? "").split(",");
  let kept: SVGGElement | null = null;

  const light = (mark: SVGGElement | null): void => {
    svg.classList.toggle("has-lit", mark !== null);
    const line = mark ? lineOf(Number(mark.dataset.n), ways) : new Set<number>();
    marks.forEach((one) => one.classList.toggle("is-lit", line.has(Number(one.dataset.n))));
    arrows.forEach((one) => one.classList.toggle("is-lit", line.has(Number(one.dataset.a)) && line.has(Number(one.dataset.b))));
  };
  const keep = (mark: SVGGElement | null): void => {
    kept = mark;
    light(mark);
    if (card) show(card, view, mark, ids);
  };
  const markAt = (event: Event): SVGGElement | null => (event.target as Element).closest<SVGGElement>(".mark");
  svg.addEventListener("pointerover", (event) => { if (!kept) light(markAt(event)); });
  svg.addEventListener("pointerleave", () => { if (!kept) light(null); });
  svg.addEventListener("click", (event) => keep(markAt(event)));
  card?.querySelector("[data-chain-close]")?.addEventListener("click", () => keep(null));
  view.addEventListener("keydown", (event) => { if (event.key === "Escape") keep(null); });
}

type Neighbours = Map<number, number[]>;

function neighbours(arrows: SVGPathElement[], from: string, to: string): Neighbours {
  const found: Neighbours = new Map();
  for (const arrow of arrows) {
    const here = Number(arrow.dataset[from]);
    found.set(here, [...(found.get(here) ?? []), Number(arrow.dataset[to])]);
  }
  return found;
}

/** The case, those before it and those after it. */
function lineOf(node: number, ways: Neighbours[]): Set<number> {
  const found = new Set([node]);
  for (const way of ways) {
    const [left, seen] = [[node], new Set([node])];
    for (let here = left.pop(); here !== undefined; here = left.pop()) {
      for (const next of way.get(here) ?? []) {
        if (seen.has(next)) continue;
        seen.add(next);
        found.add(next);
        left.push(next);
      }
    }
  }
  return found;
}

function show(card: HTMLElement, view: HTMLElement, mark: SVGGElement | null, ids: string[]): void {
  card.hidden = mark === null;
  if (!mark) return;
  const id = ids[Number(mark.dataset.n)];
  card.querySelector("[data-chain-words]")!.textContent = mark.querySelector("title")?.textContent ?? "";
  card.querySelector<HTMLAnchorElement>("[data-chain-open]")!.href = (view.dataset.case ?? "").replace("/0/", `/${id}/`);
  card.querySelector<HTMLAnchorElement>("[data-chain-own]")!.href = (view.dataset.own ?? "").replace("case=0", `case=${id}`);
}

function startFinding(view: HTMLElement, svg: SVGSVGElement, zoom: Zoom): void {
  const box = document.querySelector<HTMLInputElement>("[data-chain-find]");
  const said = document.querySelector<HTMLElement>("[data-chain-found]");
  box?.addEventListener("input", () => {
    svg.querySelectorAll(".is-found").forEach((one) => one.classList.remove("is-found"));
    const words = fold(box.value.trim());
    const found = words ? find(svg, words) : undefined;
    if (said) said.textContent = words && !found ? (view.dataset.nothing ?? "") : "";
    if (!found) return;
    found.classList.add("is-found");
    zoom(1);
    const [at, frame] = [found.getBoundingClientRect(), view.getBoundingClientRect()];
    view.scrollBy(at.left - frame.left - frame.width / 2, at.top - frame.top - frame.height / 2);
  });
}

/** The case of exactly this code, else the first whose words begin with it. */
function find(svg: SVGSVGElement, words: string): SVGGElement | undefined {
  const marks = [...svg.querySelectorAll<SVGGElement>(".mark")];
  const label = (mark: SVGGElement): string => fold(mark.querySelector(".name")?.textContent ?? "");
  return marks.find((mark) => label(mark) === words) ?? marks.find((mark) => label(mark).startsWith(words));
}

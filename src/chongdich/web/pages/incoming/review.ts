// The review screen under the fingers: one key per clause, the text and the clauses pointing at each other.
import { all, closest, isVisible } from "@kit/dom";
import { startFinders } from "./finder";
import { selectionIn } from "./selection";

const root = document.querySelector<HTMLElement>("[data-review]");
const phone = window.matchMedia("(max-width: 61.99rem)");

if (root) start(root);

function start(review: HTMLElement): void {
  startFinders(document);
  document.addEventListener("htmx:load", onNewPart);
  document.addEventListener("keydown", onKey);
  document.addEventListener("click", onClick);
  document.addEventListener("htmx:configRequest", addSelection);
  document.addEventListener("htmx:beforeRequest", goOn);
  document.addEventListener("htmx:afterSettle", whenAllIsDone);
  document.addEventListener("review:focus", (event) => focusOn((event as CustomEvent<{ key: string }>).detail.key));
  startPanes(review);
  focusOn(location.hash.slice(1)) || next()?.focus({ preventScroll: true });
}

/** What was just opened takes the focus: the first thing to fill in, unless an error is to be read first. */
function onNewPart(event: Event): void {
  const part = event.target as HTMLElement;
  startFinders(part);
  const form = part.matches(".adding") ? part : part.querySelector(".panel-form");
  if (!form || form.contains(document.activeElement) || form.querySelector(".error-summary")) return;
  const wanted = "textarea, input:not([type=hidden], [type=radio], .native-day), input[type=radio]:checked, select";
  all(wanted, form).find(isVisible)?.focus();
}

/** Enter confirms the clause in focus, Ctrl+Enter saves a panel, Escape puts it away. */
function onKey(event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  if (document.querySelector("dialog[open]") || event.isComposing) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) return press(event, target.closest("form")?.querySelector("[data-save], .btn-primary"));
  if (event.key === "Escape" && !event.defaultPrevented) return press(event, target.closest(".panel-form, .adding")?.querySelector("[data-cancel]"));
  if (event.key === "Enter" && target.matches(".clause[data-state]")) press(event, target.querySelector("[data-confirms]"));
}

function press(event: Event, control: Element | null | undefined): void {
  if (!(control instanceof HTMLElement)) return;
  event.preventDefault();
  control.click();
}

function onClick(event: MouseEvent): void {
  const pane = closest(event, "[data-pane]");
  if (pane) showPane(pane.dataset.pane ?? "");
  const mark = closest(event, "mark[data-of]");
  if (mark && getSelection()?.isCollapsed) focusOn(smallest(mark));
  if (closest(event, "[data-close-adding]")) closeAdding(event);
}

/** Where places overlap, the one that covers least is meant. */
function smallest(mark: HTMLElement): string {
  const size = (key: string) => all(`mark[data-of~="${key}"]`).reduce((sum, one) => sum + (one.textContent?.length ?? 0), 0);
  return (mark.dataset.of ?? "").split(" ").sort((one, other) => size(one) - size(other))[0];
}

function closeAdding(event: Event): void {
  event.preventDefault();
  document.querySelector("#adding")?.replaceChildren();
  next()?.focus();
}

function focusOn(key: string): boolean {
  const target = key ? document.getElementById(key) : null;
  if (!target) return false;
  if (target.closest(".pane-clauses")) showPane("clauses");
  target.focus({ preventScroll: true });
  target.scrollIntoView({ block: "nearest" });
  return true;
}

/** The selected words of the text go along when a clause is added; the caret in a clause when it is split. */
function addSelection(event: Event): void {
  const { elt, parameters } = (event as CustomEvent).detail as { elt: HTMLElement; parameters: Record<string, string> };
  if (elt.matches("[data-adds]")) {
    const found = selectionIn(document.querySelector("#document-text"));
    if (found && found.end > found.start) Object.assign(parameters, { start: found.start, end: found.end });
    else Object.assign(parameters, { after: lastCard?.id.replace("dk-", "") ?? "" });
  }
  if (elt.matches("[data-splits]")) {
    const found = selectionIn(elt.closest(".clause")?.querySelector(".clause-text") ?? null);
    if (found) parameters.at = String(found.start);
  }
}

let lastCard: HTMLElement | null = null;
document.addEventListener("focusin", (event) => {
  lastCard = closest(event, ".clause[data-state]") ?? lastCard;
});

/** A clause confirmed or dropped: on to the next at once; the answer comes in behind. */
function goOn(event: Event): void {
  const control = (event as CustomEvent).detail.elt as HTMLElement;
  if (!control.matches("[data-moves]")) return;
  const card = control.closest<HTMLElement>(".clause");
  if (!card) return;
  card.dataset.state = "sent";
  const following = next(card);
  if (following) focusOn(following.id);
}

/** The next clause nobody has looked at, after this one, else from the top. */
function next(after?: HTMLElement): HTMLElement | null {
  const waiting = all('#cards .clause[data-state="read"]').filter(isVisible);
  const later = after && waiting.find((one) => after.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
  return later ?? waiting[0] ?? null;
}

function whenAllIsDone(): void {
  const open = all('#cards .clause:is([data-state="read"], [data-state="sent"])').length;
  const lost = document.activeElement === null || document.activeElement === document.body;
  if (!open && lost) document.querySelector<HTMLElement>("#give")?.focus();
}

/** On a phone one of the two is shown at a time. */
function startPanes(review: HTMLElement): void {
  const panes = review.querySelector<HTMLElement>(".panes");
  if (panes) panes.hidden = false;
  showPane("clauses");
}

function showPane(name: string): void {
  if (!root) return;
  root.dataset.shown = name;
  all("[data-pane]", root).forEach((one) => one.setAttribute("aria-pressed", String(one.dataset.pane === name)));
  if (name === "text" && phone.matches) showPlace();
}

function showPlace(): void {
  const mark = lastCard && document.querySelector(`mark[data-of~="${lastCard.id}"]`);
  mark?.scrollIntoView({ block: "center" });
}


// Finding a unit by typing without diacritics: the server searches, the chosen one becomes a checked box of the form.
import { all, word } from "@kit/dom";

interface Unit {
  id: number;
  name: string;
  full: string;
}

export function startFinders(inside: ParentNode): void {
  for (const frame of all("[data-finder]", inside)) if (!frame.dataset.started) new Finder(frame);
}

class Finder {
  private readonly input: HTMLInputElement;
  private readonly list: HTMLUListElement;
  private found: Unit[] = [];
  private active = 0;
  private timer = 0;
  private asked = 0;
  private answered = 0;
  private hurried = false; // Enter was pressed before the answer to what is typed came

  constructor(private readonly frame: HTMLElement) {
    frame.dataset.started = "1";
    const box = frame.querySelector<HTMLElement>("[data-finder-box]")!;
    box.hidden = false;
    this.input = box.querySelector("input")!;
    this.list = box.querySelector("ul")!;
    this.input.addEventListener("input", () => this.soon());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => this.onPick(event));
    for (const button of all<HTMLButtonElement>("[data-drop-group]", frame)) {
      button.hidden = false;
      button.addEventListener("click", () => this.dropGroup(button));
    }
    frame.closest("form")?.querySelector("[data-plain]")?.remove(); // what works without scripts
    if (this.input.autofocus) this.input.focus();
  }

  private dropGroup(button: HTMLElement): void {
    button.closest("li")?.remove();
    this.input.dispatchEvent(new Event("input", { bubbles: true })); // the form has changed
    this.input.focus();
  }

  private soon(): void {
    window.clearTimeout(this.timer);
    this.hurried = false;
    this.asked++;
    this.timer = window.setTimeout(() => void this.ask(), 120);
  }

  private async ask(): Promise<void> {
    const typed = this.input.value.trim();
    const asked = this.asked;
    if (!typed) return this.close();
    const answer = await fetch(`${this.frame.dataset.url}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
    if (asked !== this.asked || !answer.ok) return;
    this.found = (await answer.json()) as Unit[];
    this.answered = asked;
    if (this.hurried && this.found.length) return this.choose(this.found[0]);
    this.open();
  }

  private open(): void {
    this.active = 0;
    this.list.replaceChildren(...(this.found.length ? this.found.map((unit, at) => this.line(unit, at)) : [this.none()]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  private line(unit: Unit, at: number): HTMLLIElement {
    const line = document.createElement("li");
    line.id = `${this.list.id}-${at}`;
    line.setAttribute("role", "option");
    line.textContent = unit.name;
    line.title = unit.full;
    return line;
  }

  private none(): HTMLLIElement {
    const line = document.createElement("li");
    line.className = "picker-none";
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    line.textContent = word("nothing-found");
    return line;
  }

  private mark(): void {
    const lines = all("[role=option]", this.list);
    lines.forEach((line, at) => line.setAttribute("aria-selected", String(this.found.length > 0 && at === this.active)));
    lines[this.active]?.scrollIntoView({ block: "nearest" });
    if (this.found.length) this.input.setAttribute("aria-activedescendant", `${this.list.id}-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private onKey(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step && !this.list.hidden) {
      event.preventDefault();
      this.active = Math.min(Math.max(this.active + step, 0), this.found.length - 1);
      return this.mark();
    }
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      return this.close();
    }
    if (event.key === "Enter" && !event.ctrlKey && this.input.value.trim()) {
      event.preventDefault();
      this.hurried = this.answered !== this.asked;
      if (!this.hurried && !this.list.hidden && this.found[this.active]) this.choose(this.found[this.active]);
    }
  }

  private onPick(event: PointerEvent): void {
    event.preventDefault();
    const line = (event.target as Element).closest("[role=option]");
    const unit = line && this.found[[...this.list.children].indexOf(line)];
    if (unit) this.choose(unit);
  }

  /** A unit stands on one side only: chosen here, it leaves the other. */
  private choose(unit: Unit): void {
    const form = this.frame.closest("form");
    if ("single" in this.frame.dataset) for (const box of all<HTMLInputElement>("input[type=checkbox]", this.frame)) box.checked = false;
    for (const box of all<HTMLInputElement>(`input[type=checkbox][value="${unit.id}"]`, form ?? this.frame)) box.checked = false;
    this.frame.querySelector("[data-chosen]")?.append(this.box(unit));
    this.input.value = "";
    this.asked++;
    this.hurried = false;
    this.close();
  }

  private box(unit: Unit): HTMLLIElement {
    const line = document.createElement("li");
    line.className = "unit-box";
    const label = document.createElement("label");
    const box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: this.frame.dataset.finder, value: String(unit.id), checked: true, className: "form-check-input" });
    label.append(box, ` ${unit.name}`);
    line.append(label);
    return line;
  }

  private close(): void {
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

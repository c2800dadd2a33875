// <select data-picker> becomes a box in which one types "ba be" and finds "UBND huyện Ba Bể" (ARIA combobox).
// The select stays in the form and keeps the values: without this script it is an ordinary list.
import { all, fold, word } from "./dom";

let serial = 0;

export function startPickers(inside: ParentNode): void {
  for (const select of all<HTMLSelectElement>("select[data-picker]", inside)) if (!select.hidden) new Picker(select);
}

class Picker {
  private readonly id = `picker-${++serial}`;
  private readonly input = document.createElement("input");
  private readonly list = document.createElement("ul");
  private readonly chips = document.createElement("ul");
  private active = 0;
  private shown: HTMLOptionElement[] = [];

  constructor(private readonly select: HTMLSelectElement) {
    this.dress();
    this.input.addEventListener("input", () => this.open());
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("click", () => this.open());
    this.input.addEventListener("keydown", (event) => this.onKey(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => this.onPick(event));
    this.chips.addEventListener("click", (event) => this.onDrop(event));
    this.show();
  }

  private dress(): void {
    const { select, input, list, chips } = this;
    const label = document.querySelector<HTMLElement>(`label[for="${select.id}"]`);
    input.type = "text";
    input.className = "form-select";
    input.placeholder = word("type-to-find");
    input.autocomplete = "off";
    input.id = `${select.id}-type`;
    list.id = `${this.id}-list`;
    list.className = "picker-list";
    list.hidden = true;
    chips.className = "picker-chips";
    list.setAttribute("role", "listbox");
    const name = label?.textContent?.trim() ?? select.getAttribute("aria-label") ?? "";
    for (const part of [list, chips]) part.setAttribute("aria-label", name);
    for (const [attribute, value] of this.inputAttributes(name)) input.setAttribute(attribute, value);
    if (label) label.htmlFor = input.id;
    const frame = document.createElement("div");
    frame.className = "picker";
    select.hidden = true;
    select.before(frame);
    frame.append(...(select.multiple ? [chips] : []), input, list);
  }

  private inputAttributes(name: string): [string, string][] {
    const kept = ["aria-describedby", "aria-invalid", "data-key", "placeholder"].flatMap((attribute): [string, string][] => {
      const value = this.select.getAttribute(attribute);
      return value ? [[attribute, value]] : [];
    });
    this.select.removeAttribute("data-key");
    const required: [string, string][] = this.select.required ? [["aria-required", "true"]] : [];
    const combobox: [string, string][] = [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"]];
    return [...kept, ...required, ...combobox, ["aria-controls", this.list.id], ["aria-label", name]];
  }

  private options(): HTMLOptionElement[] {
    return [...this.select.options].filter((option) => option.value && !option.disabled);
  }

  private open(): void {
    const words = fold(this.typed()).split(/\s+/).filter(Boolean);
    const fits = (option: HTMLOptionElement) => words.every((one) => fold(option.text).includes(one));
    this.shown = this.options().filter((option) => (!this.select.multiple || !option.selected) && fits(option)).slice(0, 60);
    this.active = 0;
    this.list.replaceChildren(...(this.shown.length ? this.shown.map((option, at) => this.line(option, at)) : [this.none()]));
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
    this.mark();
  }

  /** What was typed to filter; the name of the chosen one is no filter. */
  private typed(): string {
    const chosen = this.select.multiple ? "" : (this.select.selectedOptions[0]?.text ?? "");
    return this.input.value === chosen ? "" : this.input.value;
  }

  private line(option: HTMLOptionElement, at: number): HTMLLIElement {
    const line = document.createElement("li");
    line.id = `${this.id}-${at}`;
    line.setAttribute("role", "option");
    line.textContent = option.text;
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
    lines.forEach((line, at) => line.setAttribute("aria-selected", String(this.shown.length > 0 && at === this.active)));
    lines[this.active]?.scrollIntoView({ block: "nearest" });
    if (this.shown.length) this.input.setAttribute("aria-activedescendant", `${this.id}-${this.active}`);
    else this.input.removeAttribute("aria-activedescendant");
  }

  private onKey(event: KeyboardEvent): void {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step) return this.step(step, event);
    if (event.key === "Enter" && !this.list.hidden) return this.choose(this.shown[this.active], event);
    if (event.key === "Escape" && !this.list.hidden) return this.close(event);
    if (event.key === "Backspace" && !this.input.value && this.select.multiple) this.drop([...this.select.selectedOptions].pop());
  }

  private step(step: number, event: Event): void {
    event.preventDefault();
    if (this.list.hidden) return this.open();
    this.active = Math.min(Math.max(this.active + step, 0), this.shown.length - 1);
    this.mark();
  }

  private onPick(event: PointerEvent): void {
    event.preventDefault();
    const line = (event.target as Element).closest("[role=option]");
    if (line) this.choose(this.shown[[...this.list.children].indexOf(line)], event);
  }

  private choose(option: HTMLOptionElement | undefined, event: Event): void {
    event.preventDefault();
    if (!option) return;
    option.selected = true;
    this.changed();
    this.close();
  }

  private onDrop(event: MouseEvent): void {
    const value = (event.target as Element).closest<HTMLElement>("[data-value]")?.dataset.value;
    this.drop(this.options().find((option) => option.value === value));
    this.input.focus();
  }

  private drop(option: HTMLOptionElement | undefined): void {
    if (!option) return;
    option.selected = false;
    this.changed();
  }

  private changed(): void {
    this.show();
    this.select.dispatchEvent(new Event("input", { bubbles: true }));
    this.select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  private close(event?: Event): void {
    event?.preventDefault();
    if (!event && !this.select.multiple && !this.input.value && this.select.value) this.clear();
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.show();
  }

  /** An emptied box means nothing is chosen, where the list allows nothing. */
  private clear(): void {
    const nothing = [...this.select.options].find((option) => !option.value);
    if (!nothing) return;
    nothing.selected = true;
    this.changed();
  }

  private show(): void {
    const chosen = [...this.select.selectedOptions].filter((option) => option.value);
    this.input.value = this.select.multiple ? "" : (chosen[0]?.text ?? "");
    if (this.select.multiple) this.chips.replaceChildren(...chosen.map(chip));
  }
}

function chip(option: HTMLOptionElement): HTMLLIElement {
  const line = document.createElement("li");
  line.className = "chip";
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.value = option.value;
  button.setAttribute("aria-label", `${word("remove")} ${option.text}`);
  button.textContent = "×";
  line.append(option.text, button);
  return line;
}

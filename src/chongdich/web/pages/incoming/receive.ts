// Handing in: the frame around a file control says what was chosen or dropped. The control works without this.
import { all } from "@kit/dom";

for (const frame of all("[data-drop]")) {
  const input = frame.querySelector<HTMLInputElement>("input");
  const words = frame.querySelector<HTMLElement>("[data-drop-name]");
  if (!input || !words) continue;
  const empty = words.textContent ?? "";
  for (const name of ["dragenter", "dragover"]) frame.addEventListener(name, () => frame.classList.add("over"));
  for (const name of ["dragleave", "drop"]) frame.addEventListener(name, () => frame.classList.remove("over"));
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    frame.classList.toggle("filled", files.length > 0);
    words.textContent = files.length > 2 ? `${files.length} ${words.dataset.many}` : files.map((file) => file.name).join(", ") || empty;
  });
}
